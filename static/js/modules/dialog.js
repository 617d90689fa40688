// A link with data-dialog leads to a page that asks the question; where the dialog of
// that id is on this page already, the link opens it instead.

export function openDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      dialog.showModal();
      return;
    }
    const shown = event.target.closest("dialog");
    if (shown && (event.target === shown || event.target.closest("[data-close]"))) shown.close();
  });
}
