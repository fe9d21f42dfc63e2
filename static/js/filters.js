// On a phone the filters fold behind one button, unless one is in use: data-filters on the <form>.
// Nothing is sent before the reader presses « Filtrer » (WCAG 3.2.2). Without this module the
// fields simply stay open.

const narrow = matchMedia("(width < 48rem)");

for (const form of document.querySelectorAll("form[data-filters]")) fold(form);

function fold(form) {
  const used = [...new FormData(form).values()].some((value) => value);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet filters__fold";
  button.textContent = "Filtrer la liste";
  button.setAttribute("aria-expanded", "true");
  form.prepend(button);
  const set = (open) => {
    button.setAttribute("aria-expanded", String(open));
    form.classList.toggle("filters--folded", !open);
  };
  button.addEventListener("click", () => set(button.getAttribute("aria-expanded") === "false"));
  const suit = () => {
    button.hidden = !narrow.matches;
    set(!narrow.matches || used);
  };
  narrow.addEventListener("change", suit);
  suit();
}
