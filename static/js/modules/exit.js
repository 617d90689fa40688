// Leaves the help pages at once: by the link that stands first on each, or by three presses of Shift. The page is
// covered before anything is asked of the line, and the address that is left does not stay behind Back.

// Three presses count when they come within this long.
const within = 5000;

export function leaveQuickly() {
  const link = document.querySelector("a[data-exit]");
  if (!link) return;
  let cover;
  const leave = (address) => {
    if (!cover) {
      cover = document.createElement("div");
      cover.className = "cover";
      document.body.append(cover);
      document.title = "…";
    }
    location.replace(address);
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
  // A browser that keeps pages in its memory may bring the covered one back.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && cover) location.replace(link.href);
  });
}
