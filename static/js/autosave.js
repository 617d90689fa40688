// Keeps what is typed into a section of a programme a few seconds after the last key, and shows the preview with it. The
// form goes the same way as by its button and is answered by the same page, which says what is kept now. Without it each
// section is kept by its button.
const pause = 3000; // after the last key
const anew = 15000; // after a try without a line
const longest = 10000; // for an answer

const form = document.querySelector("form[data-autosave]");
const says = document.querySelector("[data-kept]");
const words = says.dataset;
let timer;
let running; // a try that is on its way
let over = false; // somebody else was faster: the person decides, by the button

form.addEventListener("input", () => later(pause));
window.addEventListener("online", () => timer && later(0));
window.addEventListener("offline", () => timer && say(words.offline));

// The button waits for a try that is on its way, or it would be overtaken by its own page.
form.addEventListener("submit", (event) => {
  clearTimeout(timer);
  if (!running) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  running.then(() => form.requestSubmit(event.submitter));
}, { capture: true });

function later(wait) {
  clearTimeout(timer);
  if (!over) timer = setTimeout(keep, wait);
}

async function keep() {
  if (running) return later(pause);
  timer = undefined;
  running = send(new URLSearchParams(new FormData(form)));
  await running;
  running = undefined;
}

async function send(body) {
  body.set("tetap", "ya");
  const signal = AbortSignal.timeout?.(longest);
  let answer, text;
  try {
    answer = await fetch(form.action, { method: "POST", body, signal });
    text = await answer.text();
  } catch {
    say(words.offline);
    return later(anew);
  }
  const page = new DOMParser().parseFromString(text, "text/html");
  const kept = page.querySelector("form[data-autosave]");
  if (answer.ok && kept) return arrived(page, kept);
  over = answer.status === 409;
  say(over ? words.overtaken : answer.status === 422 ? words.wrong : words.failed);
}

// arrived goes on from what is kept now; fields stay as they are, because more may have been typed meanwhile.
function arrived(page, kept) {
  form.elements.version.value = kept.elements.version.value;
  for (const part of ["[data-preview]", "[data-sections]"]) {
    const shown = document.querySelector(part);
    if (!shown.contains(document.activeElement)) shown.replaceWith(page.querySelector(part));
  }
  say(words.saved.replace("#", page.querySelector("[data-kept]").dataset.clock));
}

function say(text) {
  if (says.textContent !== text) says.textContent = text;
}
