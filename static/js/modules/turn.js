// Turns a page to the right by a quarter. One that lies on its side takes the width of its frame and
// the height that it then needs, at any size.
export function turn(page) {
  const image = page.querySelector("img");
  const [width, height] = ["width", "height"].map((name) => Number(image.getAttribute(name)));
  const scale = width / height;
  const quarters = (Number(page.dataset.turned ?? 0) + 1) % 4;
  page.dataset.turned = quarters;
  page.style.aspectRatio = quarters % 2 ? `${height} / ${width}` : "";
  image.style.transformOrigin = "top left";
  image.style.transform = [
    "",
    `translateX(100%) rotate(90deg) scale(${scale})`,
    "translate(100%, 100%) rotate(180deg)",
    `translateY(${scale * scale * 100}%) rotate(-90deg) scale(${scale})`,
  ][quarters];
}
