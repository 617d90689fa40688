// Shows the buttons that print the page: without a script they could do nothing. What is folded is opened for paper,
// in browsers whose stylesheet cannot do that, and shut again.

export function printPages() {
  for (const button of document.querySelectorAll("button[data-print]")) button.hidden = false;
  document.addEventListener("click", (event) => {
    if (event.target.closest("button[data-print]")) window.print();
  });
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main details:not([open], .no-print)")];
    opened.forEach((part) => (part.open = true));
  });
  window.addEventListener("afterprint", () => opened.forEach((part) => (part.open = false)));
}
