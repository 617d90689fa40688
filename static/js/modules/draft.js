// Keeps what is typed into a form with files for as long as its tab lives: phones end the browser while the
// camera is open. It never leaves the tab, and is forgotten when the form was sent and at signing out.
const prefix = "naik-kelas-isian:";
const leftKey = "naik-kelas-keluar";

const place = () => prefix + location.pathname.replace(/^\/en(?=\/|$)/, "");

// keepDraft gives back what was typed before, and returns what is to be called when a file arrived.
export function keepDraft(form, restored, showFile) {
  const token = form.elements.token;
  const kind = form.elements.type?.value;
  const typed = () => [...form.elements].filter((e) => e.name && !["hidden", "file", "password", "submit", "button"].includes(e.type));
  const save = (sent = false) => {
    const fields = typed().map((e) => [e.name, e.value, e.checked ?? false]);
    const files = [...form.querySelectorAll("input[type=hidden][name=uploads]")].map((e) => ({ ref: e.value, name: e.closest("li").dataset.name }));
    sessionStorage.setItem(place(), JSON.stringify({ at: Date.now(), token: token.value, kind, sent, fields, files }));
  };

  const draft = JSON.parse(sessionStorage.getItem(place()) ?? "null");
  // A page that answers what was sent holds what was typed by itself.
  if (draft && draft.kind === kind && !("answer" in form.dataset) && draft.at > Number(localStorage.getItem(leftKey))) {
    giveBack(draft);
  }
  form.addEventListener("input", () => save());
  form.addEventListener("change", () => save());
  form.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) save(true);
  });
  return save;

  function giveBack({ fields, files, token: earlier }) {
    token.value = earlier;
    const rest = typed();
    const before = JSON.stringify(rest.map((e) => [e.value, e.checked]));
    for (const [name, value, checked] of fields) {
      const at = rest.findIndex((e) => e.name === name && (!["checkbox", "radio"].includes(e.type) || e.value === value));
      if (at < 0) continue;
      const [field] = rest.splice(at, 1);
      if (["checkbox", "radio"].includes(field.type)) field.checked = checked;
      else field.value = value;
    }
    let news = JSON.stringify(typed().map((e) => [e.value, e.checked])) !== before;
    // Files that are gone from the library meanwhile are not claimed.
    for (const file of files) {
      const choice = form.querySelector(`input[type=checkbox][name=uploads][value="${CSS.escape(file.ref)}"]`);
      if (!choice) continue;
      choice.closest("li").remove();
      showFile(file);
      news = true;
    }
    if (!news) return;
    const line = document.createElement("p");
    line.className = "upload-note";
    line.setAttribute("role", "status");
    form.prepend(line);
    line.textContent = restored;
  }
}

// forgetDrafts takes off what is no longer needed: all of it where nobody is signed in, and what was sent once
// another page came.
export function forgetDrafts() {
  const mine = () => Object.keys(sessionStorage).filter((key) => key.startsWith("naik-kelas-"));
  const signOut = document.querySelector('form[action$="/keluar"]');
  const forget = () => {
    mine().forEach((key) => sessionStorage.removeItem(key));
    localStorage.setItem(leftKey, Date.now());
  };
  if (!signOut && document.querySelector("input[type=password]")) forget();
  for (const key of mine()) {
    if (key.startsWith(prefix) && key !== place() && JSON.parse(sessionStorage.getItem(key)).sent) sessionStorage.removeItem(key);
  }
  signOut?.addEventListener("submit", forget);
}
