// The table of contents tells which article is being read: data-contents on the <nav>, links to
// the ids of the headings or sections. Without this module the links still lead there.

for (const nav of document.querySelectorAll("[data-contents]")) {
  const links = new Map();
  for (const link of nav.querySelectorAll('a[href^="#"]')) {
    const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (section) links.set(section, link);
  }
  const sections = [...links.keys()];
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let current = null;

  const follow = () => {
    // The last section whose top has passed the upper third of the window is being read.
    const line = innerHeight / 3;
    const atEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    const read = atEnd
      ? sections.at(-1)
      : (sections.findLast((section) => section.getBoundingClientRect().top <= line) ?? sections[0]);
    if (!read || read === current) return;
    links.get(current)?.removeAttribute("aria-current");
    links.get(read).setAttribute("aria-current", "true");
    current = read;
    keepInSight(nav, links.get(read), still.matches);
  };

  let waiting = false;
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      follow();
    });
  };
  for (const link of nav.querySelectorAll("[aria-current]")) link.removeAttribute("aria-current");
  addEventListener("scroll", later, { passive: true });
  addEventListener("resize", later);
  follow();
}

// Scrolls the list alone, never the page.
function keepInSight(nav, link, still) {
  const box = nav.getBoundingClientRect();
  const row = link.getBoundingClientRect();
  if (row.top >= box.top && row.bottom <= box.bottom) return;
  const top = nav.scrollTop + row.top - box.top - box.height / 3;
  nav.scrollTo({ top, behavior: still ? "auto" : "smooth" });
}
