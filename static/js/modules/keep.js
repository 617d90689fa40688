// Keeps what is typed into a form on this phone, only where its writer asked for that: until it is sent, until they leave,
// for a day at most. Elsewhere nothing of it is kept.
const prefix = "bantuan-isian:";
const day = 24 * 60 * 60 * 1000;

export function keepUnsent() {
  forget((left) => !(Date.now() - left.at < day)); // also what cannot be read
  if (document.querySelector("[data-sent]")) forget(() => true);
  for (const form of document.querySelectorAll("form[data-write]")) keep(form);
}

function keep(form) {
  // A form that came without a line has no name of its own yet; without https the server gives it one.
  if (form.elements.token) form.elements.token.value ||= crypto.randomUUID?.() ?? "";
  if (!stores()) return;
  const box = form.querySelector("[data-keep]");
  box.hidden = false;
  const tick = box.querySelector("input");
  const key = keyOf(form);
  const answered = document.querySelector("[data-error-summary], .err"); // the page holds what was typed by itself
  const left = read(key);
  if (left.fields) {
    tick.checked = true;
    if (!answered) giveBack(form, left.fields);
  }
  const save = () => {
    if (!tick.checked) return localStorage.removeItem(key);
    const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string"); // never a file
    localStorage.setItem(key, JSON.stringify({ at: left.at ?? Date.now(), fields }));
  };
  form.addEventListener("input", save);
  form.addEventListener("submit", save);
}

// keyOf names a form by where it goes: each door has one, and so has each page behind number and PIN.
function keyOf(form) {
  return prefix + new URL(form.action).pathname.split("/").pop();
}

// forgetSent takes away what was kept of a form that was sent.
export function forgetSent(form) {
  if (stores()) localStorage.removeItem(keyOf(form));
}

// forget takes away what the rule says of what was kept. A browser without a store kept nothing.
export function forget(rule) {
  try {
    for (const key of Object.keys(localStorage).filter((k) => k.startsWith(prefix))) {
      if (rule(read(key))) localStorage.removeItem(key);
    }
  } catch {
    // nothing to forget
  }
}

// stores says whether the browser lets pages keep anything.
function stores() {
  try {
    return Boolean(window.localStorage);
  } catch {
    return false;
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? {};
  } catch {
    return {}; // what is not ours goes
  }
}

// giveBack fills a form in again, with its name: one that came through after all is no second one.
function giveBack(form, fields) {
  for (const field of form.elements) {
    const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "radio" || field.type === "checkbox") field.checked = field.closest("[data-keep]") ? true : values.includes(field.value);
    else if (field.name && field.type !== "file" && values.length > 0) field.value = values[0];
  }
}
