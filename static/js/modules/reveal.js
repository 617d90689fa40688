// Lets a person look at the password they type.

export function revealPasswords(part) {
  for (const button of part.querySelectorAll("button[data-reveal]")) {
    const input = document.getElementById(button.dataset.reveal);
    if (!input || !button.hidden) continue;
    button.hidden = false;
    const set = (shown) => {
      input.type = shown ? "text" : "password";
      button.textContent = shown ? button.dataset.hide : button.dataset.show;
    };
    button.addEventListener("click", () => set(input.type === "password"));
    // A password that is shown would be offered as a name by the browser later.
    input.form?.addEventListener("submit", () => set(false));
    set(false);
  }
}
