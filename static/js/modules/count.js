// Says how many letters are left in a text area with data-count. The sentences come
// with the page, with # where the number belongs: data-left and data-over.

// Reading aloud at each letter would be a torment; the line is read after a pause.
const pause = 1000;

export function countCharacters(part) {
  for (const area of part.querySelectorAll("textarea[data-count]")) {
    if (area.dataset.counting) continue;
    area.dataset.counting = "yes";
    watch(area, document.getElementById(`${area.id}-count`));
  }
}

function watch(area, line) {
  if (!line) return;
  const limit = Number(area.dataset.count);
  const number = new Intl.NumberFormat(document.documentElement.lang);
  let timer;
  const show = () => {
    // Letters as the server counts them, not the halves that JavaScript counts.
    const left = limit - [...area.value].length;
    const sentence = left < 0 ? line.dataset.over : line.dataset.left;
    line.textContent = sentence.replace("#", number.format(Math.abs(left)));
    line.classList.toggle("text-error", left < 0);
  };
  area.addEventListener("input", () => {
    line.setAttribute("aria-live", "off");
    show();
    clearTimeout(timer);
    timer = setTimeout(() => {
      line.setAttribute("aria-live", "polite");
      show();
    }, pause);
  });
  show();
}
