// The editor of a wording, in place of its text box: data-editor around the box, data-library the
// address of the editing library. What is written goes as HTML in the hidden field, which the
// server reads back as the box's own markup. Without this module, or if the library does not come,
// the box stays and everything can still be written.

import { cleaned } from "./editor-paste.js";
import { toolbar } from "./editor-toolbar.js";

for (const host of document.querySelectorAll("[data-editor]")) {
  import(host.dataset.library).then(
    (library) => start(host, library),
    () => host.classList.add("editor--plain"),
  );
}

function start(host, library) {
  const box = host.querySelector("textarea");
  const sent = host.querySelector("[data-editor-html]");
  const label = document.querySelector(`label[for="${box.id}"]`);
  const sheet = document.createElement("div");
  sheet.className = "editor__sheet";
  box.before(sheet);
  const editor = new library.Editor({
    element: sheet,
    injectCSS: false,
    extensions: extensions(library),
    content: sent.value,
    editorProps: {
      attributes: described(box, label),
      transformPastedHTML: cleaned,
    },
  });
  sheet.before(toolbar(editor, host));
  box.hidden = true;
  box.disabled = true;
  sent.disabled = false;
  sent.value = editor.getHTML();
  host.querySelector("[data-editor-help]").hidden = true;
  label?.addEventListener("click", () => editor.commands.focus());
  editor.on("update", () => {
    sent.value = editor.getHTML();
    sent.dispatchEvent(new Event("input", { bubbles: true }));
  });
  host.editor = editor;
  host.addEventListener("editor:replace", (event) => replace(editor, library, event.detail));
  host.dispatchEvent(new CustomEvent("editor:ready", { bubbles: true }));
}

function described(box, label) {
  const attributes = {
    role: "textbox",
    "aria-multiline": "true",
    "aria-label": label?.textContent.trim() ?? "Texte",
    lang: "fr",
    spellcheck: "true",
  };
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (box.getAttribute(name)) attributes[name] = box.getAttribute(name);
  }
  return attributes;
}

// What a convention needs, and nothing else. Tab leaves the editor: lists go deeper by their
// buttons, cells are reached by the arrows.
function extensions(library) {
  const quiet = { addKeyboardShortcuts: () => ({}) };
  const item = library.ListItem.extend({
    content: "paragraph (bulletList | orderedList)*",
    addKeyboardShortcuts() {
      return {
        Enter: () => this.editor.commands.splitListItem("listItem"),
        "Mod-]": () => this.editor.commands.sinkListItem("listItem"),
        "Mod-[": () => this.editor.commands.liftListItem("listItem"),
      };
    },
  });
  const plain = { renderHTML: ({ node }) => [node.type.name === "tableHeader" ? "th" : "td", spans(node), 0] };
  return [
    library.Document, library.Paragraph.extend(lineBreaks), library.Text, library.Bold,
    library.BulletList, library.OrderedList, item,
    library.Table.extend({ ...quiet, renderHTML: () => ["table", ["tbody", 0]] }).configure({ resizable: false }),
    library.TableRow, library.TableCell.extend({ content: "paragraph+", ...plain }),
    library.TableHeader.extend({ content: "paragraph+", ...plain }),
    library.UndoRedo ?? library.History, library.TrailingNode, reference(library),
  ];
}

const lineBreaks = {
  addKeyboardShortcuts() {
    return { "Shift-Enter": () => this.editor.commands.splitBlock() };
  },
};

function spans(node) {
  const kept = {};
  for (const name of ["colspan", "rowspan"]) {
    if (node.attrs[name] > 1) kept[name] = node.attrs[name];
  }
  return kept;
}

// A reference to an article: one sign, which reads as the number of the day.
function reference(library) {
  return library.Node.create({
    name: "reference",
    group: "inline",
    inline: true,
    atom: true,
    addAttributes: () => ({
      code: { parseHTML: (link) => link.dataset.article, renderHTML: ({ code }) => ({ "data-article": code }) },
      label: { parseHTML: (link) => link.textContent, renderHTML: () => ({}) },
    }),
    parseHTML: () => [{ tag: "a[data-article]", priority: 100 }],
    renderHTML: ({ node, HTMLAttributes }) => ["a", HTMLAttributes, node.attrs.label],
    renderText: ({ node }) => node.attrs.label,
  });
}

// Put in what somebody else wrote, without moving the caret nor what can be undone.
function replace(editor, library, html) {
  const wanted = library.createNodeFromContent(html, editor.schema, { slice: false });
  const now = editor.state.doc;
  const start = now.content.findDiffStart(wanted.content);
  if (start === null) return;
  let { a: end, b: other } = now.content.findDiffEnd(wanted.content);
  const overlap = start - Math.min(end, other);
  if (overlap > 0) {
    end += overlap;
    other += overlap;
  }
  const change = editor.state.tr.replace(start, end, wanted.slice(start, other));
  editor.view.dispatch(change.setMeta("addToHistory", false));
}
