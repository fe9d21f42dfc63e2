// The buttons of the editor, reached by Tab once and by the arrows between them (ARIA toolbar).
// Those of lists and tables show only where they do something.

const BUTTONS = [
  { label: "Gras", keys: "Control+B", active: "bold", act: (chain) => chain.toggleBold() },
  { label: "Liste", active: "bulletList", act: (chain) => chain.toggleBulletList() },
  { label: "Liste numérotée", active: "orderedList", act: (chain) => chain.toggleOrderedList() },
  { label: "Niveau plus bas", keys: "Control+]", within: "listItem", act: (chain) => chain.sinkListItem("listItem") },
  { label: "Niveau plus haut", keys: "Control+[", within: "listItem", act: (chain) => chain.liftListItem("listItem") },
  { label: "Tableau", without: "table", act: (chain) => chain.insertTable({ rows: 3, cols: 2, withHeaderRow: true }) },
  { label: "Ajouter une ligne", within: "table", act: (chain) => chain.addRowAfter() },
  { label: "Retirer la ligne", within: "table", act: (chain) => chain.deleteRow() },
  { label: "Ajouter une colonne", within: "table", act: (chain) => chain.addColumnAfter() },
  { label: "Retirer la colonne", within: "table", act: (chain) => chain.deleteColumn() },
  { label: "Retirer le tableau", within: "table", act: (chain) => chain.deleteTable() },
  { label: "Renvoi", picker: true },
  { label: "Annuler", keys: "Control+Z", able: (can) => can.undo(), act: (chain) => chain.undo() },
  { label: "Rétablir", keys: "Control+Shift+Z", able: (can) => can.redo(), act: (chain) => chain.redo() },
];

export function toolbar(editor, host) {
  const bar = document.createElement("div");
  bar.className = "editor__bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Mise en forme");
  const buttons = BUTTONS.map((kind) => button(kind, editor, host));
  bar.append(...buttons.map(({ element }) => element));
  const refresh = () => {
    for (const one of buttons) show(one, editor);
    rove(buttons.map(({ element }) => element));
  };
  editor.on("transaction", refresh);
  bar.addEventListener("keydown", (event) => walk(event, bar));
  refresh();
  return bar;
}

function button(kind, editor, host) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "editor__button";
  element.textContent = kind.label;
  if (kind.keys) element.setAttribute("aria-keyshortcuts", kind.keys);
  // The editor keeps its selection while a button is pressed.
  element.addEventListener("mousedown", (event) => event.preventDefault());
  element.addEventListener("click", () => {
    if (element.getAttribute("aria-disabled") === "true") return;
    if (kind.picker) pick(editor, host);
    else kind.act(editor.chain().focus()).run();
  });
  return { element, kind };
}

function show({ element, kind }, editor) {
  if (kind.active) element.setAttribute("aria-pressed", String(editor.isActive(kind.active)));
  if (kind.within) element.hidden = !editor.isActive(kind.within);
  if (kind.without) element.hidden = editor.isActive(kind.without);
  if (kind.able) element.setAttribute("aria-disabled", String(!kind.able(editor.can())));
}

// One button of the bar is in the tab order: the last one used, if it still shows.
function rove(buttons) {
  const shown = buttons.filter((element) => !element.hidden);
  const here = shown.find((element) => element.tabIndex === 0 && element.dataset.used) ?? shown[0];
  for (const element of buttons) element.tabIndex = element === here ? 0 : -1;
}

function walk(event, bar) {
  const shown = [...bar.querySelectorAll("button:not([hidden])")];
  const here = shown.indexOf(document.activeElement);
  const steps = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: shown.length - 1 };
  if (!(event.key in steps)) return;
  event.preventDefault();
  const next = shown.at(steps[event.key] % shown.length);
  for (const element of shown) {
    element.tabIndex = element === next ? 0 : -1;
    delete element.dataset.used;
  }
  next.dataset.used = "";
  next.focus();
}

function pick(editor, host) {
  const dialog = host.querySelector("[data-editor-picker]");
  const search = dialog.querySelector("input");
  if (!dialog.dataset.wired) wire(dialog, search, editor);
  search.value = "";
  filter(dialog, "");
  dialog.showModal();
  search.focus();
}

function wire(dialog, search, editor) {
  dialog.dataset.wired = "";
  search.addEventListener("input", () => filter(dialog, search.value));
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // Enter would send the form behind.
    dialog.querySelector("li:not([hidden]) button")?.click();
  });
  dialog.querySelector("[data-editor-cancel]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => editor.commands.focus());
  dialog.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-code]");
    if (!chosen) return;
    dialog.close();
    const { code, label } = chosen.dataset;
    editor.chain().focus().insertContent({ type: "reference", attrs: { code, label } }).run();
  });
  // What is typed to search is no change of the text.
  for (const name of ["input", "change"]) search.addEventListener(name, (event) => event.stopPropagation());
}

const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/\s+/g, " ").toLowerCase();

function filter(dialog, asked) {
  const words = plain(asked).split(" ").filter(Boolean);
  let found = 0;
  for (const line of dialog.querySelectorAll(".editor__choices li")) {
    const text = plain(line.textContent);
    line.hidden = !words.every((word) => text.includes(word));
    found += line.hidden ? 0 : 1;
  }
  dialog.querySelector("[data-editor-none]").hidden = found > 0;
}
