// Saves an article while it is written: data-autosave, on the <form>, is where to; data-base-* are
// hidden fields that say what the person started from. What could not be sent is kept on this
// device and offered at the next visit. Without this module the button saves.

const QUIET = 2500;
const AGAIN = 15_000;

for (const form of document.querySelectorAll("form[data-autosave]")) {
  if (form.querySelector("[data-editor]")) {
    form.addEventListener("editor:ready", (event) => keep(form, event.target), { once: true });
  }
}

// Once two writings are settled, the one kept on this device has been read and decided upon.
for (const form of document.querySelectorAll("form[data-autosave-settles]")) {
  form.addEventListener("submit", () => forget(`revoyure:${form.dataset.autosaveSettles}`));
}

// What has nowhere to be saved yet is kept on this device until the portal says it received it.
for (const form of document.querySelectorAll("form[data-kept]")) {
  form.addEventListener("editor:ready", (event) => keepHere(form, event.target), { once: true });
}
for (const box of document.querySelectorAll("[data-kept-received]")) {
  forget(`revoyure:${box.dataset.keptReceived}`);
}

function keepHere(form, host) {
  const fields = fieldsOf(form);
  const key = `revoyure:${form.dataset.kept}`;
  const read = () => Object.fromEntries(fields.map((field) => [field.name, field.value]));
  offer(form, key, read(), (kept) => {
    put(fields, host, kept);
    remember(key, read());
  });
  const status = form.querySelector("[data-autosave-status]");
  host.append(status);
  const typed = () => {
    remember(key, read());
    status.textContent = "Gardé sur cet appareil jusqu’à l’ajout de l’article.";
  };
  for (const field of fields) field.addEventListener("input", typed);
}

function put(fields, host, words) {
  for (const field of fields) if (field.name in words) field.value = words[field.name];
  host.dispatchEvent(new CustomEvent("editor:replace", { detail: words[htmlField(host).name] }));
}

function fieldsOf(form) {
  return [...form.querySelectorAll("[data-autosaved], [data-editor-html]")];
}

function keep(form, host) {
  const fields = fieldsOf(form);
  const status = form.querySelector("[data-autosave-status]");
  host.append(status); // Where one writes.
  const key = `revoyure:${form.dataset.autosave}`;
  const state = { dirty: false, sending: null, submitting: false, timer: 0, blocked: false };
  const read = () => Object.fromEntries(fields.map((field) => [field.name, field.value]));
  const say = (text) => {
    if (status.textContent !== text) status.textContent = text;
  };

  offer(form, key, read(), (kept) => {
    put(fields, host, kept);
    changed();
  });

  function changed() {
    state.dirty = true;
    state.count = (state.count ?? 0) + 1;
    remember(key, read());
    clearTimeout(state.timer);
    if (!state.blocked) state.timer = setTimeout(save, QUIET);
  }

  async function save() {
    if (state.sending) await state.sending;
    if (!state.dirty || state.submitting || state.blocked) return;
    const count = state.count;
    state.dirty = false;
    say("Enregistrement…");
    state.sending = send(form).then(
      (answer) => received(answer, count),
      () => failed("Pas encore enregistré : votre texte est gardé sur cet appareil."),
    );
    await state.sending;
    state.sending = null;
  }

  function received(answer, count) {
    if (!answer.saved) {
      state.blocked = answer.stop;
      failed(answer.message);
      return;
    }
    const untouched = count === state.count;
    rebase(form, untouched ? answer.stored : answer.sent);
    if (untouched) {
      forget(key);
      if (answer.merged_with) take(answer);
    } else {
      state.timer = setTimeout(save, QUIET);
    }
    say(answer.message);
  }

  // What came from somebody else is shown, and is no change to send back.
  function take(answer) {
    host.dispatchEvent(new CustomEvent("editor:replace", { detail: answer.html }));
    for (const field of form.querySelectorAll("[data-autosaved]")) {
      if (field.name in answer.stored) field.value = answer.stored[field.name];
    }
    clearTimeout(state.timer);
    state.dirty = false;
    forget(key);
  }

  function failed(message) {
    state.dirty = true;
    say(message);
    if (!state.blocked) state.timer = setTimeout(save, AGAIN);
  }

  for (const field of fields) field.addEventListener("input", changed);
  addEventListener("online", save);
  form.addEventListener("submit", (event) => {
    state.submitting = true;
    clearTimeout(state.timer);
    if (!state.sending) return;
    // Two savings at once would meet each other: the button waits for the one under way.
    event.preventDefault();
    state.sending.then(() => form.requestSubmit(event.submitter));
  });
  addEventListener("pagehide", () => {
    if (state.dirty && !state.submitting && !state.sending && !state.blocked) {
      navigator.sendBeacon(form.dataset.autosave, new FormData(form));
    }
  });
}

const htmlField = (host) => host.querySelector("[data-editor-html]");

async function send(form) {
  const answer = await fetch(form.dataset.autosave, {
    method: "POST",
    body: new FormData(form),
    headers: { Accept: "application/json" },
    redirect: "error",
  });
  if (!answer.headers.get("Content-Type")?.includes("json")) throw new Error("not an answer");
  return answer.json();
}

function rebase(form, words) {
  for (const field of form.querySelectorAll("[data-base]")) {
    if (field.dataset.base in words) field.value = words[field.dataset.base];
  }
}

// What stayed on this device, if it is not what the portal has.
function offer(form, key, now, restore) {
  const box = form.querySelector("[data-autosave-kept]");
  const kept = recall(key);
  if (!kept || Object.keys(now).every((name) => now[name] === kept.words[name])) {
    forget(key);
    return;
  }
  const at = new Date(kept.at).toLocaleString("fr-FR", { dateStyle: "long", timeStyle: "short" });
  box.querySelector("[data-autosave-at]").textContent = at;
  box.hidden = false;
  box.querySelector("[data-autosave-restore]").addEventListener("click", () => {
    box.hidden = true;
    restore(kept.words);
  });
  box.querySelector("[data-autosave-drop]").addEventListener("click", () => {
    box.hidden = true;
    forget(key);
  });
}

// A browser may refuse to keep anything: then there is nothing to offer later.
function remember(key, words) {
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), words }));
  } catch {
    return;
  }
}

function recall(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    return;
  }
}
