// The language switch keeps the place on the page.

export function keepPlaceInLanguage() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-language]");
    if (link) link.hash = location.hash;
  });
}
