// Sends files as soon as they are chosen, one after the other, and lets the form wait for them. Without it the
// form sends them with its button.
import { keepDraft } from "./modules/draft.js";
import { finish } from "./modules/finish.js";
import { newRow } from "./modules/row.js";
import { busy, transfer } from "./modules/transfer.js";

// What a page that was left for the next has to tell there: the file to go on at, and refusals.
const newsKey = "naik-kelas-kabar";
const news = JSON.parse(sessionStorage.getItem(newsKey) ?? "{}");
sessionStorage.removeItem(newsKey);
document.getElementById(`milik-${news.ref}`)?.focus();

for (const field of document.querySelectorAll("[data-upload]")) sender(field);

// A sender is one file field with the list of what it sent.
function sender(field) {
  const words = field.dataset;
  const input = field.querySelector("input[type=file]");
  const form = input.form;
  const transfers = new Set();
  let queue = Promise.resolve();
  let held; // the button that was pressed while files were on their way
  let note;
  if (words.then) form.querySelector("button[type=submit]").hidden = true; // there is nothing left to press
  if (words.camera && matchMedia("(pointer: coarse)").matches) straight(field.querySelector(".file-pick label"));
  for (const { name, sentence } of news.purpose === words.purpose ? news.refused : []) tell(name, sentence);
  const saveDraft = "keep" in words ? keepDraft(form, words.restored, (file) => newRow(field, file.name, {}).arrived(file.ref)) : () => {};
  const known = unfinished();

  input.addEventListener("click", () => protocol().catch(() => {}), { once: true });
  input.addEventListener("change", () => {
    const chosen = [...input.files].map((file) => transfer(field, file, { protocol, known, ended }));
    input.value = "";
    if (chosen.length === 0) return;
    right(input);
    for (const t of chosen) {
      transfers.add(t);
      queue = queue.then(t.begin);
    }
    requestAnimationFrame(() => chosen[0].row.focus());
  });
  window.addEventListener("offline", () => transfers.forEach((t) => t.offline()));
  window.addEventListener("online", () => transfers.forEach((t) => t.online()));

  form.addEventListener("submit", (event) => {
    if (open().length === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held = event.submitter ?? form.querySelector("button[type=submit]");
    answer();
  }, { capture: true });

  function open() {
    return [...transfers].filter((t) => t.on());
  }

  // answer says what a pressed button waits for, or does what it was pressed for.
  function answer() {
    const [first] = open();
    if (!first) {
      note?.remove();
      const button = held;
      held = undefined;
      form.requestSubmit(button);
      return;
    }
    const moving = open().some((t) => busy.includes(t.row.dataset.state));
    note ??= notice();
    held.after(note);
    note.textContent = (moving ? words.held : words.stuck).replace("#", () => first.file.name);
    if (moving) return;
    held = undefined;
    first.row.focus();
  }

  function ended(t) {
    if (!t.row.isConnected) input.focus();
    saveDraft();
    if (open().some((other) => busy.includes(other.row.dataset.state))) return;
    if (held) answer();
    else if (words.then && open().length === 0) leave();
  }

  // leave shows on the next page what arrived, and what did not.
  function leave() {
    const state = (name) => [...transfers].filter((t) => t.row.dataset.state === name && t.row.isConnected).map((t) => t.row);
    const arrived = state("arrived");
    if (arrived.length === 0) return;
    const refused = state("refused").map((row) => ({ name: row.dataset.name, sentence: row.querySelector("[data-text]").textContent }));
    sessionStorage.setItem(newsKey, JSON.stringify({ ref: arrived[0].querySelector("input").value, purpose: words.purpose, refused }));
    if (words.then === "reload") anew();
    else form.requestSubmit();
  }

  function tell(name, sentence) {
    const row = newRow(field, name, { drop: () => row.remove() });
    row.show("refused", sentence);
  }

  function notice() {
    const line = document.createElement("p");
    line.className = "upload-note";
    line.setAttribute("role", "status");
    return line;
  }

  // What the page says of files that did not arrive whole: where they go on, by name and size.
  function unfinished() {
    const places = new Map();
    for (const row of field.querySelectorAll("[data-partial]")) {
      const place = `${row.dataset.name}/${row.dataset.size}`;
      if (row.dataset.state !== "refused") places.set(place, row.dataset.partial);
      if (row.dataset.state === "checking") look(row);
      const button = row.querySelector("button");
      button.hidden = false;
      button.onclick = async () => {
        const answer = await fetch(row.dataset.partial, { method: "DELETE", headers: { "Tus-Resumable": "1.0.0" } });
        if (!answer.ok && answer.status !== 404) return;
        places.delete(place);
        row.remove();
        input.focus();
      };
    }
    return places;
  }

  // look tells what becomes of a file that had reached us before this page was opened.
  async function look(row) {
    const text = row.querySelector("[data-text]");
    const name = row.dataset.name;
    const left = () => !row.isConnected;
    const end = await finish(row.dataset.partial, { waits: (state) => { text.textContent = words[state].replace("#", () => name); }, left });
    if (left()) return;
    row.remove();
    const made = newRow(field, name, { drop: () => made.remove(), again: () => anew() });
    if (end.state === "arrived") made.arrived(end.ref);
    else made.show(end.state, end.out ? words.out : end.sentence);
    saveDraft();
    if (words.then === "reload" && end.state === "arrived" && transfers.size === 0) anew();
  }

  // A phone's own list of ways to choose a file hides the camera at the end; this leads straight there.
  function straight(other) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = other.className;
    button.append(other.firstElementChild, words.camera);
    other.className = "btn btn-line";
    other.textContent = words.choose;
    other.before(button);
    button.addEventListener("click", () => {
      input.setAttribute("capture", "environment");
      input.click();
      input.removeAttribute("capture");
    });
  }

  // The part that speaks the protocol comes while the person chooses. A browser remembers a module that did
  // not come, so each new try has an address of its own.
  let tries = 0;
  let client;
  function protocol() {
    client ??= import(tries++ === 0 ? words.client : `${words.client}?${tries}`).catch((error) => {
      client = undefined;
      throw error;
    });
    return client;
  }
}

// anew shows the page as it is now, not the one that answered an earlier form.
function anew() {
  const address = new URL(location.href);
  if (!address.searchParams.has("jawaban")) return location.reload();
  address.searchParams.delete("jawaban");
  location.replace(address);
}

// right takes the fault off a field in which something was chosen.
function right(input) {
  input.required = false;
  input.removeAttribute("aria-invalid");
  input.closest(".field").classList.remove("field-wrong");
  const fault = document.getElementById(`${input.id}-error`);
  if (!fault) return;
  fault.remove();
  const ids = input.getAttribute("aria-describedby").split(" ").filter((id) => id !== fault.id);
  if (ids.length > 0) input.setAttribute("aria-describedby", ids.join(" "));
  else input.removeAttribute("aria-describedby");
}
