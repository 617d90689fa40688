// Asks before a page is left on which something was typed that is not sent: by a link, by the browser's Back, or by
// closing the tab. Kembali sends the form itself, so it asks nothing here.
export function askBeforeLeaving() {
  let typed = false;
  document.addEventListener("input", (event) => {
    if (event.target.form?.hasAttribute("data-keep")) typed = true;
  });
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) typed = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (typed) event.preventDefault();
  });
}
