// Warns five minutes before the session ends for want of presses, and keeps it by one press. A press in another tab
// counts in this one too.

const warning = 5 * 60;
const sign = "naikkelas-seen";

export function stayAwake() {
  const dialog = document.querySelector("dialog[data-stay]");
  if (!dialog) return;
  let timer;
  const wait = (left) => {
    clearTimeout(timer);
    timer = setTimeout(() => dialog.open || dialog.showModal(), Math.max(left - warning, 1) * 1000);
  };
  const told = (left) => {
    wait(left);
    if (dialog.open) dialog.close();
  };
  dialog.querySelector("[data-keep]").addEventListener("click", async () => {
    const answer = await fetch(dialog.dataset.stay, { redirect: "manual" }).catch(() => null);
    // Whoever was signed out meanwhile is led to sign in, by the page itself: what was typed is kept when it is sent.
    if (!answer?.ok) return dialog.close();
    const left = Number(await answer.text());
    localStorage.setItem(sign, `${Date.now()} ${left}`);
    told(left);
  });
  window.addEventListener("storage", (event) => {
    if (event.key === sign && event.newValue) told(Number(event.newValue.split(" ")[1]));
  });
  const left = Number(dialog.dataset.left);
  localStorage.setItem(sign, `${Date.now()} ${left}`);
  wait(left);
}
