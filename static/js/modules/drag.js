// Lets a mouse drag what rolls inside an element. Fingers do so by themselves.

const slack = 4; // pixels within which a press is still a click

export function draggable(roll, handle) {
  let from = null;
  let dragged = false;

  roll.addEventListener("pointerdown", (event) => {
    dragged = false;
    if (event.pointerType !== "mouse" || event.button !== 0 || !event.target.closest(handle)) return;
    from = { x: event.clientX, y: event.clientY, left: roll.scrollLeft, top: roll.scrollTop };
  });
  roll.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [right, down] = [event.clientX - from.x, event.clientY - from.y];
    if (!dragged && Math.hypot(right, down) < slack) return;
    if (!dragged) roll.setPointerCapture(event.pointerId);
    dragged = true;
    roll.scrollLeft = from.left - right;
    roll.scrollTop = from.top - down;
  });
  for (const end of ["pointerup", "pointercancel"]) roll.addEventListener(end, () => { from = null; });
  // The browser's own dragging of links and pictures would take the mouse away.
  roll.addEventListener("dragstart", (event) => { if (from) event.preventDefault(); });
  roll.addEventListener("click", (event) => {
    if (!dragged || event.detail === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
}
