// Words selected in the text can be discussed: data-passages on the text, data-passage-article on
// each article, data-passage on the bar that offers it. Without this module one copies the passage.

const text = document.querySelector("[data-passages]");
const bar = document.querySelector("[data-passage]");
const LONGEST = 600;

if (text && bar) {
  const link = bar.querySelector("[data-passage-link]");
  const words = bar.querySelector("[data-passage-words]");
  const address = link.getAttribute("href");
  const shown = 140;

  const follow = () => {
    const selection = getSelection();
    const quoted = selection.toString().replace(/\s+/g, " ").trim();
    const article = quoted && articleOf(selection);
    // A selection that leaves the text for the bar's own link keeps the bar in place.
    if (!article) {
      if (!bar.contains(document.activeElement)) bar.hidden = true;
      return;
    }
    const passage = quoted.slice(0, LONGEST);
    const query = new URLSearchParams({ article, passage });
    link.setAttribute("href", `${address}?${query}`);
    words.textContent = `« ${passage.length > shown ? `${passage.slice(0, shown)}…` : passage} »`;
    bar.hidden = false;
  };

  const articleOf = (selection) => {
    if (!selection.rangeCount) return null;
    const start = selection.getRangeAt(0).startContainer;
    const element = start.nodeType === Node.ELEMENT_NODE ? start : start.parentElement;
    // Notes and proposals quote the text; they are not it.
    if (!text.contains(element) || element.closest(".legal__notes, .offers, .legal__acts")) return null;
    return element.closest("[data-passage-article]")?.dataset.passageArticle ?? null;
  };

  let waiting;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(follow, 200);
  });
  bar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") bar.hidden = true;
  });
}
