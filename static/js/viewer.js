// Lets officers turn, enlarge, move and page through papers: by buttons, by mouse and, while the focus
// is anywhere in the pane, by keys. Nothing is changed on the server.
import { draggable } from "./modules/drag.js";
import { centre, keep, middle, shows } from "./modules/spot.js";
import { turn } from "./modules/turn.js";

const step = 0.25;
const least = 0.5;
const most = 4;
const near = 2; // what a click enlarges to
const stride = 60; // pixels that an arrow key moves
const gap = 8; // pixels left free above a page

const keys = {
  "+": "larger", "=": "larger", "-": "smaller", 0: "fit", r: "turn",
  n: "next", arrowright: "next", p: "previous", arrowleft: "previous",
  arrowup: "up", arrowdown: "down", "shift+arrowleft": "left", "shift+arrowright": "right",
};

for (const papers of document.querySelectorAll("[data-papers]")) read(papers);

function read(papers) {
  const tools = papers.querySelector("[data-papers-tools]");
  const roll = papers.querySelector("[data-papers-roll]");
  const pages = [...papers.querySelectorAll("[data-page]")];
  if (pages.length === 0) return;
  let zoom = 1;
  let at = 0;
  let settled = -1; // where we rolled to ourselves: the page that we name there stays named

  const acts = {
    larger: () => enlarge(zoom + step),
    smaller: () => enlarge(zoom - step),
    fit: () => enlarge(1),
    turn: () => change(() => turn(pages[at])),
    next: () => go(at + 1),
    previous: () => go(at - 1),
    up: () => move(0, -stride),
    down: () => move(0, stride),
    left: () => move(-stride, 0),
    right: () => move(stride, 0),
  };

  tools.addEventListener("click", (event) => acts[event.target.closest("[data-act]")?.dataset.act]?.());
  papers.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, select, textarea")) return;
    const key = event.key.toLowerCase();
    const act = acts[keys[event.shiftKey && key.startsWith("arrow") ? `shift+${key}` : key]];
    if (act && act() !== false) event.preventDefault();
  });
  draggable(roll, "[data-page]");
  roll.addEventListener("click", (event) => {
    const page = event.target.closest("[data-page]");
    if (!page || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    tell(pages.indexOf(page));
    const byKey = event.detail === 0;
    enlarge(zoom > 1 ? 1 : near, byKey ? undefined : { x: event.clientX, y: event.clientY });
  });
  roll.addEventListener("focusin", (event) => {
    const now = pages.indexOf(event.target);
    if (now >= 0 && shows(roll, pages[now])) settle(now);
  });
  roll.addEventListener("scroll", () => { if (Math.abs(roll.scrollTop - settled) > 1) look(); }, { passive: true });
  window.addEventListener("resize", look);
  for (const name of roll.querySelectorAll("[data-zooms]")) name.textContent = name.dataset.zooms;
  tools.hidden = false;
  papers.dataset.live = "";
  tell(0);
  enlarge(1);

  // The page in the middle of the pane is the one that is read.
  function look() {
    const { y } = centre(roll);
    const now = pages.findIndex((page) => page.getBoundingClientRect().bottom > y);
    settled = -1;
    tell(now < 0 ? pages.length - 1 : now);
  }

  function go(to) {
    const now = Math.min(Math.max(to, 0), pages.length - 1);
    const file = pages[now].closest("article");
    const start = file.querySelector("[data-page]") === pages[now] ? file : pages[now]; // a file's name with its first page
    roll.scrollTop += start.getBoundingClientRect().top - roll.getBoundingClientRect().top - gap;
    if (pages.includes(document.activeElement)) pages[now].focus({ preventScroll: true });
    settle(now);
  }

  function settle(now) {
    tell(now);
    settled = roll.scrollTop;
  }

  function tell(now) {
    pages[at].removeAttribute("aria-current");
    at = now;
    if (pages.length > 1) pages[at].setAttribute("aria-current", "true");
    say("[data-place]", tools.querySelector("[data-place]").dataset.text.replace("#", now + 1).replace("#", pages.length));
  }

  function say(selector, text) {
    const line = tools.querySelector(selector);
    if (line.textContent !== text) line.textContent = text;
  }

  function enlarge(to, point) {
    zoom = Math.min(Math.max(to, least), most);
    change(() => roll.style.setProperty("--zoom", zoom), point);
    papers.toggleAttribute("data-zoomed", zoom > 1);
    say("[data-zoom]", `${Math.round(zoom * 100)}%`);
  }

  // The page that is read stays where it is, whatever becomes of the pages.
  function change(how, point = middle(roll, pages[at])) {
    keep(roll, pages[at], point, how);
    settle(at);
  }

  // Says whether it moved, so that keys roll the whole page on where the pane ends.
  function move(x, y) {
    const before = roll.scrollLeft + roll.scrollTop;
    roll.scrollBy(x, y);
    return roll.scrollLeft + roll.scrollTop !== before;
  }
}
