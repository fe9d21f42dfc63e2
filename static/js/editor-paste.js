// A text pasted from elsewhere, before the editor reads it: Word shows its lists as paragraphs that
// begin by a bullet, and cuts lines where the editor has paragraphs. The server cleans again.

const LEVEL = /mso-list:[^;]*?\blevel(\d)/i;
const WEIGHT = /(?:^|;)\s*font-weight:\s*(\w+)/i;
const IGNORED = /mso-list:\s*ignore/i;

export function cleaned(html) {
  // Styles are read, never applied: the page's content policy would refuse them one by one.
  const read = html.replace(/(<[^>]*?\s)style=/gi, "$1data-style=");
  const page = new DOMParser().parseFromString(read, "text/html");
  for (const unseen of page.querySelectorAll("script, style, title, xml, meta, link")) unseen.remove();
  for (const paragraph of [...page.querySelectorAll("p[data-style*='mso-list'], p[class*='MsoList']")]) {
    intoItem(page, paragraph);
  }
  for (const words of [...page.querySelectorAll("[data-style*='font-weight']")]) setWeight(page, words);
  for (const line of [...page.querySelectorAll("br")]) breakLine(page, line);
  for (const paragraph of page.querySelectorAll("p")) {
    if (!paragraph.textContent.trim() && !paragraph.closest("td, th")) paragraph.remove();
  }
  return page.body.innerHTML;
}

const styleOf = (element) => element.dataset.style ?? "";

function setWeight(page, words) {
  const weight = WEIGHT.exec(styleOf(words))?.[1].toLowerCase() ?? "";
  if (/^(bold|bolder|[6-9]00)$/.test(weight)) {
    const strong = page.createElement("strong");
    strong.append(...words.childNodes);
    words.append(strong);
  } else if (["B", "STRONG"].includes(words.tagName) && /^(normal|[1-5]00)$/.test(weight)) {
    words.replaceWith(...words.childNodes);
  }
}

function intoItem(page, paragraph) {
  const level = Number(LEVEL.exec(styleOf(paragraph))?.[1] ?? 1);
  const mark = [...paragraph.querySelectorAll("span")].find((span) => IGNORED.test(styleOf(span)));
  if (!mark) return;
  const number = /^(\d{1,3})[.)]/.exec(mark.textContent.trim())?.[1];
  mark.remove();
  const item = page.createElement("li");
  item.append(...paragraph.childNodes);
  let list = listBefore(paragraph);
  const tag = number ? "OL" : "UL";
  if (!list || (level === 1 && list.tagName !== tag)) {
    list = page.createElement(tag);
    list.dataset.word = "";
    if (number && number !== "1") list.setAttribute("start", number);
    paragraph.before(list);
  }
  for (let depth = 1; depth < level && list.lastElementChild; depth += 1) {
    list = innerList(page, list.lastElementChild, tag);
  }
  list.append(item);
  paragraph.remove();
}

function listBefore(paragraph) {
  const before = paragraph.previousElementSibling;
  return before && "word" in before.dataset ? before : null;
}

function innerList(page, item, tag) {
  const last = item.lastElementChild;
  if (last && (last.tagName === "UL" || last.tagName === "OL")) return last;
  const list = page.createElement(tag);
  item.append(list);
  return list;
}

// «un<br>deux» is two paragraphs: the editor has no line inside a paragraph.
function breakLine(page, line) {
  const block = line.closest("p, div, li, td, th");
  if (!block || !["P", "DIV"].includes(block.tagName)) {
    line.replaceWith(" ");
    return;
  }
  const range = page.createRange();
  range.setStartAfter(line);
  range.setEndAfter(block.lastChild);
  const rest = block.cloneNode(false);
  rest.append(range.extractContents());
  block.after(rest);
  line.remove();
}
