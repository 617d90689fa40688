// Shows the buttons that print the page: without a script they could do nothing.

export function printPages() {
  for (const button of document.querySelectorAll("button[data-print]")) button.hidden = false;
  document.addEventListener("click", (event) => {
    if (event.target.closest("button[data-print]")) window.print();
  });
}
