// Light, dark or as the system: the choice lives in a cookie, so that the server writes
// data-theme itself and no page flashes. Without this module the theme follows the system.

const YEAR = 365 * 24 * 60 * 60;

const chosen = () => /(?:^|; )theme=(light|dark)/.exec(document.cookie)?.[1] ?? "";

function apply(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

function remember(theme) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  const age = theme ? YEAR : 0;
  document.cookie = `theme=${theme}; path=/; max-age=${age}; samesite=lax${secure}`;
}

for (const group of document.querySelectorAll("[data-theme-switch]")) {
  for (const input of group.querySelectorAll("input")) {
    input.checked = input.value === chosen();
    input.addEventListener("change", () => {
      remember(input.value);
      apply(input.value);
    });
  }
  group.hidden = false;
}

// A page taken back from the browser's memory may be older than the choice.
addEventListener("pageshow", (event) => event.persisted && apply(chosen()));
