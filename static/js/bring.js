// Sends what somebody recorded or chose in pieces, which go on by themselves after a broken line. Without it the form sends
// one small file with its button. Nothing of it is kept on the phone.
import { bring } from "./modules/bring.js";
import { record } from "./modules/record.js";

const way = document.querySelector("[data-way]");
const form = document.querySelector("[data-bring]");
const words = way.dataset;
let busy = false;

form.addEventListener("submit", (event) => {
  const files = [...form.elements.files.files];
  if (files.length === 0) return; // the server says what is missing
  event.preventDefault();
  give(files[0]);
});

const box = document.querySelector("[data-record]");
if (box) record(box, give);

// give sends a file and shows the page anew, with it in the list.
async function give(file) {
  if (busy) return;
  busy = true;
  const say = (text, percent) => {
    const says = text.replace("#", percent);
    if (way.textContent !== says) way.textContent = says;
  };
  way.scrollIntoView({ block: "nearest" });
  const end = await bring(file, words.to, (state, percent) => say(words[state], percent));
  if (document.querySelector(".cover")) return; // they left meanwhile
  busy = false;
  if (end.done) return location.reload();
  say(end.sentence || words[end.state], "");
}
