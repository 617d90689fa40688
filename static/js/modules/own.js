// A form that is sent to its own address may come back with errors, as the answer to a POST. When it is sent
// again, that page becomes one that the browser asks for anew: otherwise Back would ask whether to send the
// form again, which nobody can answer. A page from the browser's memory is asked for anew too: the server
// knows what became of its form.
export function forgetAnswers() {
  let sent = false;
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !event.target.matches("form[data-own-page]")) return;
    sent = true;
    history.replaceState(history.state, "", location.href);
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && sent) location.reload();
  });
}
