// Takes the second press of an impatient finger off a form. The server decides in any
// case: this only spares it and the person a detour. The buttons stay enabled: a
// disabled one loses the focus, and its value is not sent.

// After this long a form may be sent again: the network may have lost it.
const patience = 8000;

export function guardSubmits() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || "again" in form.dataset) return;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "yes";
    form.setAttribute("aria-busy", "true");
    setTimeout(() => release(form), patience);
  });
  // What was left open in a form that searches does not stand in the address that people share.
  document.addEventListener("formdata", (event) => {
    if (event.target.method !== "get") return;
    for (const [name, value] of [...event.formData]) {
      if (value === "") event.formData.delete(name);
    }
  });
  // A page that comes back from the browser's memory is ready again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sending]").forEach(release);
  });
}

function release(form) {
  delete form.dataset.sending;
  form.removeAttribute("aria-busy");
}
