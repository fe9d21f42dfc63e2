// On a phone the masthead and the tabs scroll sideways: begin where the reader is, not at the
// first link. Without this module the strip still scrolls by hand.

for (const here of document.querySelectorAll(".masthead__nav [aria-current], .tabs [aria-current]")) {
  const strip = here.closest("nav");
  const box = strip.getBoundingClientRect();
  const link = here.getBoundingClientRect();
  if (link.right > box.right) strip.scrollLeft += link.left - box.left - box.width / 3;
}
