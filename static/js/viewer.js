// Lets officers turn, enlarge and page through papers, by buttons and, while the papers have the
// focus, by keys. Nothing is changed on the server.

const step = 0.25;
const most = 4;

for (const papers of document.querySelectorAll("[data-papers]")) view(papers);

function view(papers) {
  const tools = papers.querySelector("[data-papers-tools]");
  const images = [...papers.querySelectorAll("img")];
  if (!tools || images.length === 0) return;
  let zoom = 1;
  let at = 0;
  const turns = new Map();

  tools.hidden = false;
  const acts = {
    larger: () => enlarge(step),
    smaller: () => enlarge(-step),
    turn: () => { turns.set(images[at], ((turns.get(images[at]) ?? 0) + 1) % 4); lay(images[at]); },
    next: () => go(at + 1),
    previous: () => go(at - 1),
  };
  const keys = { "+": "larger", "=": "larger", "-": "smaller", r: "turn", n: "next", ArrowRight: "next", p: "previous", ArrowLeft: "previous" };

  tools.addEventListener("click", (event) => acts[event.target.closest("[data-act]")?.dataset.act]?.());
  papers.addEventListener("keydown", (event) => {
    if (event.target !== papers || event.ctrlKey || event.altKey || event.metaKey) return;
    const act = acts[keys[event.key]];
    if (!act) return;
    event.preventDefault();
    act();
  });
  papers.addEventListener("scroll", () => {
    const middle = papers.getBoundingClientRect().top + papers.clientHeight / 2;
    const seen = images.findIndex((image) => image.getBoundingClientRect().bottom > middle);
    if (seen >= 0) tell(seen);
  }, { passive: true });
  window.addEventListener("resize", () => images.forEach(lay));
  tell(0);

  function go(to) {
    const image = images[Math.min(Math.max(to, 0), images.length - 1)];
    tell(images.indexOf(image));
    image.scrollIntoView({ block: "start" });
  }

  function tell(now) {
    at = now;
    const place = tools.querySelector("[data-place]");
    const text = place.dataset.text.replace("#", now + 1).replace("#", images.length);
    if (place.textContent !== text) place.textContent = text;
  }

  function enlarge(by) {
    zoom = Math.min(Math.max(zoom + by, 1), most);
    for (const image of images) {
      const frame = image.parentElement;
      frame.style.maxWidth = "none";
      frame.style.width = `${zoom * 100}%`;
      lay(image);
    }
  }

  // A picture that lies on its side takes the width of its frame and the height that it then needs.
  function lay(image) {
    const frame = image.parentElement;
    const turn = turns.get(image) ?? 0;
    image.style.transform = "";
    frame.style.height = "";
    if (turn === 0) return;
    const { clientWidth: width, clientHeight: height } = image;
    image.style.transformOrigin = "top left";
    if (turn === 2) {
      image.style.transform = `translate(${width}px, ${height}px) rotate(180deg)`;
      return;
    }
    const scale = width / height;
    frame.style.height = `${width * scale}px`;
    image.style.transform = turn === 1 ? `translateX(${width}px) rotate(90deg) scale(${scale})` : `translateY(${width * scale}px) rotate(-90deg) scale(${scale})`;
  }
}
