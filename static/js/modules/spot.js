// Where pages lie in the pane that they roll in.

// The middle of the pane on the screen.
export function centre(roll) {
  const { left, top } = roll.getBoundingClientRect();
  return { x: left + roll.clientWidth / 2, y: top + roll.clientHeight / 2 };
}

// The spot of a page nearest to the middle of the pane.
export function middle(roll, page) {
  const { x, y } = centre(roll);
  const { left, right, top, bottom } = page.getBoundingClientRect();
  return { x: Math.min(Math.max(x, left), right), y: Math.min(Math.max(y, top), bottom) };
}

// Whether anything of a page is seen.
export function shows(roll, page) {
  const frame = roll.getBoundingClientRect();
  const { top, bottom } = page.getBoundingClientRect();
  return bottom > frame.top && top < frame.bottom;
}

// Changes pages so that the spot of a page that lies under a point of the screen stays there.
export function keep(roll, page, { x, y }, change) {
  const before = page.getBoundingClientRect();
  change();
  const after = page.getBoundingClientRect();
  roll.scrollLeft += after.left + ((x - before.left) / before.width) * after.width - x;
  roll.scrollTop += after.top + ((y - before.top) / before.height) * after.height - y;
}
