// Sends a form without leaving its page, so that nothing typed is lost where no line takes it: a browser's own page of an
// error would be in its place, and Back would bring it empty, since nothing of it may be kept. The form carries a name of its
// own where it can be sent twice, so that one that came through after all is no second one.
import { forgetSent } from "./keep.js";

const patience = 60_000;

export function waitForALine() {
  for (const form of document.querySelectorAll("form[data-write]")) wait(form);
}

function wait(form) {
  const waits = form.querySelector("[data-waits]");
  const underWay = form.querySelector("[data-sending]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!underWay.hidden) return;
    underWay.hidden = false;
    waits.hidden = true;
    const answer = await send(form);
    if (document.querySelector(".cover")) return; // they left meanwhile
    if (answer?.redirected) {
      forgetSent(form);
      return location.assign(answer.url);
    }
    if (answer) return form.submit(); // what is missing stands on a page of its own
    underWay.hidden = true;
    const stored = form.querySelector("[data-keep] input").checked;
    waits.querySelector("[data-stored]").hidden = !stored;
    waits.querySelector("[data-open]").hidden = stored;
    waits.hidden = false;
    waits.firstElementChild.focus();
  });
}

// send gives what the server answered, nothing where it was not reached.
async function send(form) {
  if (!navigator.onLine) return null;
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), patience);
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), signal: stop.signal });
    return answer.status < 500 ? answer : null;
  } catch {
    return null;
  } finally {
    clearTimeout(late);
  }
}
