"""Hands on a keyboard: reach, press, write. Nothing here touches a mouse or sets the focus."""

from playwright.sync_api import Page

FOCUSED = """() => {
  const e = document.activeElement;
  if (e === document.body) return {said: '', name: '', value: ''};
  const labels = e.labels ? [...e.labels].map(l => l.innerText).join(' ') : '';
  const said = labels || e.getAttribute('aria-label') || e.innerText || e.value || '';
  return {said: said.replace(/\\s+/g, ' '), name: e.name || '', value: e.value || ''};
}"""


def step(page: Page) -> dict[str, str]:
    """Press Tab once; return what the element that now has the focus says, and what it holds."""
    page.keyboard.press("Tab")
    return page.evaluate(FOCUSED)


def reach(page: Page, words: str, *, most: int = 400) -> None:
    """Press Tab until what has the focus says `words`."""
    for _ in range(most):
        if words in step(page)["said"]:
            return
    msg = f"«{words}» cannot be reached by keyboard on {page.url}"
    raise AssertionError(msg)


def press(page: Page, words: str) -> None:
    """Reach a link or a button and press Enter, then wait for the page it leads to."""
    reach(page, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, label: str, text: str) -> None:
    reach(page, label)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def choose_first_where_empty(page: Page, prefix: str, *, until: str) -> int:
    """Give the first choice to each empty list called `prefix`…, down to the button `until`."""
    given = 0
    for _ in range(600):
        focused = step(page)
        if until in focused["said"]:
            return given
        if focused["name"].startswith(prefix) and not focused["value"]:
            page.keyboard.press("ArrowDown")
            assert page.evaluate(FOCUSED)["value"], "the list did not open to the keyboard"
            given += 1
    msg = f"«{until}» cannot be reached by keyboard on {page.url}"
    raise AssertionError(msg)


def give_file(page: Page, label: str, file: dict) -> None:
    """Open the file chooser from the keyboard and give it one file."""
    # Listened to beforehand: asked for at the last moment, a loaded machine loses the event.
    page.once("filechooser", lambda chooser: chooser.set_files(file))
    reach(page, label)
    page.keyboard.press("Enter")
    for _ in range(100):
        if page.evaluate("document.activeElement.files?.length"):
            return
        page.wait_for_timeout(100)
    msg = f"«{label}» takes no file from the keyboard on {page.url}"
    raise AssertionError(msg)
