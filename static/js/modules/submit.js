// Takes the second press of an impatient finger off a form. The server decides in any
// case: this only spares it and the person a detour.

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
    mark(form, true);
    setTimeout(() => release(form), patience);
  });
  // A page that comes back from the browser's memory is ready again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sending]").forEach(release);
  });
}

function release(form) {
  delete form.dataset.sending;
  mark(form, false);
}

// aria-disabled and not disabled: a disabled button loses the focus, and its name and
// value would not be sent.
function mark(form, sending) {
  for (const button of form.querySelectorAll("button:not([type=button])")) {
    if (sending) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}
