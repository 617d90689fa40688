// Moves the focus to the summary of a form's errors, so that it is read first, and from
// its links to the fields with their labels in sight.

export function focusErrors(part) {
  const summary = part.querySelector("[data-error-summary]");
  if (!summary || summary.dataset.ready) return;
  summary.dataset.ready = "yes";
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    (field.closest("fieldset, .field") ?? field).scrollIntoView();
    field.focus({ preventScroll: true });
  });
  summary.focus();
}
