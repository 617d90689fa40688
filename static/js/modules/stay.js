// Warns five minutes before the session ends. For want of presses it is kept by one press; a press in another tab counts
// in this one too. At the end that no press moves, it says once that one has to sign in again.

const warning = 5 * 60;
const sign = "naikkelas-seen";
const told = "naikkelas-ending";

export function stayAwake() {
  const stay = document.querySelector("[data-stay]");
  if (!stay) return;
  const [idle, ending] = ["[data-idle]", "[data-ending]"].map((name) => stay.querySelector(name));
  let timer;
  const end = () => {
    if (Date.now() - Number(sessionStorage.getItem(told)) < warning * 1000) return;
    sessionStorage.setItem(told, Date.now());
    ending.showModal();
  };
  const wait = ([left, most]) => {
    clearTimeout(timer);
    const warn = idle && most - left >= warning ? () => idle.open || idle.showModal() : end;
    timer = setTimeout(warn, Math.max(left - warning, 1) * 1000);
  };
  const read = (text) => text.split(" ").map(Number);
  idle?.querySelector("[data-keep]").addEventListener("click", async () => {
    const answer = await fetch(stay.dataset.stay, { redirect: "manual" }).catch(() => null);
    if (!answer) return; // without a line nothing is known yet: the button stays
    idle.close();
    // Whoever was signed out meanwhile is told so: what was typed is kept when it is sent.
    if (!answer.ok) return end();
    const text = await answer.text();
    localStorage.setItem(sign, `${text} ${Date.now()}`);
    wait(read(text));
  });
  window.addEventListener("storage", (event) => {
    if (event.key !== sign || !event.newValue) return;
    if (idle?.open) idle.close();
    wait(read(event.newValue));
  });
  const now = `${stay.dataset.left} ${stay.dataset.most}`;
  localStorage.setItem(sign, `${now} ${Date.now()}`);
  wait(read(now));
}
