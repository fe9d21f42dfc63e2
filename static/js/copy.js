// A button that copies: data-copy holds the text, or names with « # » the element that shows it;
// data-copied is the sentence said afterwards. Shown only where the browser can do it.

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  said.className = "more";
  button.hidden = false;
  button.after(said);
  button.addEventListener("click", async () => {
    const wanted = button.dataset.copy;
    const text = wanted.startsWith("#") ? document.querySelector(wanted).textContent.trim() : wanted;
    await navigator.clipboard.writeText(text);
    said.textContent = button.dataset.copied ?? "Copié";
  });
}
