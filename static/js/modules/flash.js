// Moves the focus to the message that the page before left, unless the page has errors to read first.

export function focusFlash() {
  if (document.querySelector("[data-error-summary]")) return;
  document.querySelector("[data-flash]")?.focus({ preventScroll: true });
}
