// Leaving a form with something typed asks first: data-guard on the <form>.
// A form that comes back with errors was already typed in: data-guard="typed".

for (const form of document.querySelectorAll("form[data-guard]")) {
  let typed = form.dataset.guard === "typed";
  form.addEventListener("input", () => {
    typed = true;
  });
  form.addEventListener("submit", () => {
    typed = false;
  });
  addEventListener("beforeunload", (event) => {
    if (typed) event.preventDefault();
  });
}
