// A row says of one file where it stands, and offers what can be done about it. The words come with the
// field, with # where the file's name belongs.

// What the main button does in each state; in the others there is nothing to press.
const mainAct = { sending: "pause", unsaved: "pause", slow: "pause", stalled: "pause", paused: "resume", failed: "again" };
const droppable = ["waiting", "offline", "unsaved", "slow", "stalled", "kept", "paused", "failed", "refused"];

// The picture that is being drawn, of whichever row.
let drawing = Promise.resolve();

export function newRow(field, name, acts) {
  const words = field.dataset;
  const row = field.querySelector("template[data-upload-row]").content.firstElementChild.cloneNode(true);
  const text = row.querySelector("[data-text]");
  const bar = row.querySelector("progress");
  const main = row.querySelector("[data-main]");
  const drop = row.querySelector("[data-drop]");
  bar.setAttribute("aria-label", name);
  main.onclick = () => acts[mainAct[row.dataset.state]]();
  drop.onclick = () => acts.drop();
  row.dataset.name = name;

  row.show = (state, sentence = words[state]) => {
    const focused = row.contains(document.activeElement) && document.activeElement !== row;
    row.dataset.state = state;
    const said = sentence.replace("#", () => name);
    if (text.textContent !== said) text.textContent = said;
    main.hidden = !(state in mainAct);
    if (!main.hidden) main.textContent = words[mainAct[state]];
    drop.hidden = !droppable.includes(state);
    if (state === "arrived" || state === "refused") bar.remove();
    if (focused && document.activeElement.hidden) row.focus();
  };
  // The photo is seen at once, small; one after the other, because a whole photo takes much of a small phone. What the
  // browser cannot draw, such as a PDF, is named alone.
  row.picture = (file) => {
    drawing = drawing.then(async () => {
      const place = row.querySelector("[data-picture]");
      const image = await createImageBitmap(file, { resizeWidth: 640, resizeQuality: "medium" }).catch(() => undefined);
      if (!image) return;
      Object.assign(place, { width: image.width, height: image.height, hidden: false });
      place.getContext("2d").drawImage(image, 0, 0);
      image.close();
    });
    return drawing;
  };
  row.progress = (part) => { bar.value = part; };

  // A file that arrived goes with the form by its reference.
  row.arrived = (ref) => {
    row.show("arrived");
    const hidden = row.appendChild(document.createElement("input"));
    hidden.type = "hidden";
    hidden.name = "uploads";
    hidden.value = ref;
  };
  field.querySelector("[data-upload-list]").append(row);
  return row;
}
