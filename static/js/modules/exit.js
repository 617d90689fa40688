// Leaves the help pages at once: by the links that lead away, or by three presses of Shift. The page is covered before
// anything is asked of the line, and the address that is left does not stay behind Back. What a browser keeps of these
// pages in its memory is covered there too, and asked for anew when it comes back.

import { forget } from "./keep.js";

// Three presses count when they come within this long.
const within = 5000;

// The step at which the browser forgets: a script puts it in place of the page.
const step = "/lanjut";

export function leaveQuickly() {
  const link = document.querySelector("a[data-exit]");
  if (!link) return;
  const cover = document.createElement("div");
  cover.className = "cover";
  const hide = () => {
    document.body.append(cover);
    document.title = "…";
  };
  const leave = (address) => {
    hide();
    forget(() => true);
    location.replace(address + step);
  };
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest("a[data-exit]");
    if (!pressed || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    leave(pressed.href);
  });
  let presses = [];
  let alone = false; // since Shift went down no other key did
  document.addEventListener("keydown", (event) => {
    alone = event.key === "Shift";
    if (!alone) presses = [];
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    presses = [...presses, event.timeStamp].filter((at) => event.timeStamp - at < within);
    if (presses.length >= 3) leave(link.href);
  });
  window.addEventListener("pagehide", (event) => {
    if (event.persisted) hide();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
