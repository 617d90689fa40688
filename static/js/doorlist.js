// The list of a session's door on a phone. What is ticked stays there until it arrives, until the session's day ends or
// somebody takes it off, and the page with it (doorworker.js). Without this the form needs a line, and works as any other.
const prefix = "pintu:"; // also that of doorworker.js
const soon = 15_000;
const patience = 30_000;

const door = document.querySelector("[data-door]");
const form = door.querySelector("form");
const until = Number(door.dataset.until);
const page = door.dataset.door.replace("/sw.js", "");
const key = prefix + page;

if (form && Date.now() < until) keep();
else forget();

async function keep() {
  const ticks = read();
  const refused = document.querySelector("[role=alert]"); // the page holds what was ticked by itself
  if (ticks && !refused) {
    for (const box of form.elements.absent.length ? form.elements.absent : [form.elements.absent]) box.checked = ticks.absent.includes(box.value);
    say("waiting", ticks.unsent);
  }
  form.addEventListener("input", () => {
    write(Boolean(waits));
    if (waits) again(); // a list that somebody corrects goes out when they have done so
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  addEventListener("online", () => read()?.unsent && waits && send());
  setTimeout(async () => {
    await forget();
    location.reload();
  }, until - Date.now());
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(door.dataset.door, { scope: page });
  const { active } = await navigator.serviceWorker.ready;
  const answer = new MessageChannel();
  answer.port1.onmessage = () => shown("[data-kept]", true);
  active.postMessage(page, [answer.port2]);
  form.querySelector("[data-forget]").onclick = async () => {
    await forget();
    shown("[data-kept]", false);
  };
}

// send takes the list to the server. Where no line takes it, it is tried again while the page is open; a list that came
// through after all is no second one. The page is opened anew afterwards: it says what is recorded now.
let waits;
let busy = false;

async function send() {
  if (busy) return;
  busy = true;
  clearTimeout(waits);
  write(true);
  const body = new URLSearchParams(new FormData(form));
  fixed(true);
  const answer = await post(body);
  if (answer?.type === "opaqueredirect") return location.replace(page);
  fixed(false);
  if (answer) return form.submit(); // what stands against it is on a page of its own
  busy = false;
  say("unsent", true);
  again();
}

function again() {
  clearTimeout(waits);
  waits = setTimeout(send, soon);
}

// fixed lets nobody tick what is on its way: it would look as if it had been sent.
function fixed(on) {
  for (const part of form.querySelectorAll("fieldset, button[type=submit]")) part.disabled = on;
  shown("[data-sending]", on);
}

// post gives what the server answered, nothing where it was not reached.
async function post(body) {
  try {
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout?.(patience) });
    return answer.type === "opaqueredirect" || answer.status < 500 ? answer : null;
  } catch {
    return null;
  }
}

function say(what, on) {
  shown("[data-unsent]", on && what === "unsent");
  shown("[data-waiting]", on && what === "waiting");
}

function shown(selector, on) {
  form.querySelector(selector).hidden = !on;
}

function read() {
  try {
    const ticks = JSON.parse(localStorage.getItem(key));
    return Date.now() < ticks.until ? ticks : null;
  } catch {
    return null;
  }
}

function write(unsent) {
  try {
    localStorage.setItem(key, JSON.stringify({ until, unsent, absent: new FormData(form).getAll("absent") }));
  } catch {
    // a browser without a store keeps the open page alone
  }
}

// forget takes this list off the phone, with all others whose day is over.
async function forget() {
  try {
    const over = (k) => !(JSON.parse(localStorage.getItem(k)).until > Date.now());
    for (const k of Object.keys(localStorage).filter((k) => k.startsWith(prefix))) if (k === key || over(k)) localStorage.removeItem(k);
  } catch {
    // nothing was kept
  }
  for (const name of await (globalThis.caches?.keys() ?? [])) {
    const [, end, of] = name.split(":");
    if (name.startsWith(prefix) && (of === page || !(Number(end) > Date.now()))) await caches.delete(name);
  }
  const worker = await navigator.serviceWorker?.getRegistration(page);
  if (worker?.scope === new URL(page, location.origin).href) await worker.unregister();
}
