// «J’ai lu» is sent when the page was read to its end: data-read on the form that stands there.
// Without this module its button says so.

const LONG_ENOUGH = 4000;

for (const form of document.querySelectorAll("form[data-read]")) {
  const opened = Date.now();
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    // Who leaps to the end has not read.
    setTimeout(() => send(form, watcher), Math.max(0, LONG_ENOUGH - (Date.now() - opened)));
  }, { threshold: 1 });
  watcher.observe(form);
}

async function send(form, watcher) {
  const box = form.getBoundingClientRect();
  if (box.bottom < 0 || box.top > innerHeight || form.dataset.read === "sent") return;
  form.dataset.read = "sent";
  watcher.disconnect();
  const answer = await fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    headers: { Accept: "text/plain" },
  });
  if (!answer.ok) return;
  const button = form.querySelector("button");
  button.disabled = true;
  button.lastChild.textContent = "Lu";
}
