"""The portal in a real browser: the main job by keyboard alone, every page without a violation."""

import os
import re
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from config.tests.browser_portal import PASSWORD, running_portal
from reporting.enums import VerificationStatus
from reporting.seals.verification import verify_pdf

pytestmark = pytest.mark.browser
# Without these, a headless Chromium calls its maker at each start.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDTHS = {"téléphone": 390, "bureau": 1440}


@pytest.fixture(scope="session")
def portal(tmp_path_factory):
    folder = tmp_path_factory.mktemp("portal")
    with running_portal(folder) as address:
        yield address, folder


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=ARGUMENTS
        )
        yield launched
        launched.close()


@pytest.fixture
def page(portal, browser):
    """A page of its own, whose every request is written down."""
    context = browser.new_context(base_url=portal[0], viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(15_000)
    opened.asked = []
    opened.on("request", lambda request: opened.asked.append(request.url))
    yield opened
    context.close()


def log_in(page: Page, email: str) -> None:
    page.goto("/connexion/")
    page.get_by_label("Adresse de courriel professionnelle").fill(email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(re.compile(r"/$"))


# By keyboard alone -------------------------------------------------------------------------------

FOCUSED = """() => {
  const e = document.activeElement;
  if (e === document.body) return ['', 'BODY'];
  const labels = e.labels ? [...e.labels].map(l => l.innerText).join(' ') : '';
  return [labels || e.getAttribute('aria-label') || e.innerText || e.value || '', e.tagName];
}"""


def reach(page: Page, words: str, *, most: int = 400) -> None:
    """Press Tab until what has the focus says `words`."""
    for _ in range(most):
        page.keyboard.press("Tab")
        said, _tag = page.evaluate(FOCUSED)
        if words in " ".join(said.split()).replace("\u00a0", " ").replace("\u202f", " "):
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


def test_the_main_job_by_keyboard_alone(page, portal, tmp_path, settings):
    folder = portal[1]
    page.goto("/")
    write(page, "Adresse de courriel professionnelle", "agent@besancon.demo")
    write(page, "Mot de passe", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")

    press(page, "Conventions")
    press(page, "Grand Besançon, 2017-2019")
    press(page, "Engagements")
    assert "Balance" in page.title() or "Engagements" in page.title()

    press(page, "Revoyures")
    press(page, "Revoyure 2018")
    _enter_the_missing_figures(page)
    _finish_the_contribution(page)

    press(page, "Geler la revoyure 2018")
    reach(page, "maintien")
    with page.expect_navigation():
        reach(page, "Geler la revoyure 2018")
        page.keyboard.press("Enter")
    page.get_by_text("Télécharger la revoyure 2018").wait_for(timeout=90_000)
    with page.expect_download() as waiting:
        reach(page, "Télécharger la revoyure 2018")
        page.keyboard.press("Enter")
    file = tmp_path / "revoyure.pdf"
    waiting.value.save_as(file)
    settings.SEAL_TEST_DIR = folder / "seal"
    _check_the_document(file.read_bytes())


def _enter_the_missing_figures(page: Page) -> None:
    review = page.url
    for _ in range(5):
        if not page.get_by_role("link", name=re.compile("^Saisir")).count():
            return
        press(page, "Saisir")
        write(page, "Valeur", "131")
        write(page, "Source", "Tableau de bord de l’habitat")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.goto(review)
    raise AssertionError("figures are still missing")


def _finish_the_contribution(page: Page) -> None:
    press(page, "votre contribution")
    for select in page.locator("select[name^=lecture_]").all():
        if not select.input_value():
            select.focus()
            page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.get_by_role("button", name="Enregistrer ma lecture").focus()
        page.keyboard.press("Enter")
    press(page, "Rendre la contribution")


def _check_the_document(data: bytes) -> None:
    answer = verify_pdf(data, now=datetime.now(UTC))
    assert answer.status == VerificationStatus.VALIDE_NON_QUALIFIE
    assert answer.is_test
    changed = data[:2000] + bytes([data[2000] ^ 1]) + data[2001:]
    assert not verify_pdf(changed, now=datetime.now(UTC)).is_ok


# Every page --------------------------------------------------------------------------------------


def addresses(page: Page, start: list[str], *, most: int = 60) -> list[str]:
    """Follow the portal's own links from `start`, one page of each kind."""
    waiting, kinds, found = list(start), set(), []
    while waiting and len(found) < most:
        address = waiting.pop(0).split("#")[0]
        kind = re.sub(r"\d+", "N", address.split("?")[0])
        if kind in kinds or re.search(r"\.(pdf|csv|xlsx|ics)|/documents/\d+/$|assistance", address):
            continue
        kinds.add(kind)
        answer = page.goto(address)
        if answer is None or answer.status != 200:
            continue
        found.append(address)
        links = page.eval_on_selector_all(
            "a[href^='/']", "all => all.map(a => a.getAttribute('href'))"
        )
        waiting.extend(links)
    return found


@pytest.mark.parametrize("email", ["agent@besancon.demo", "agent@demo.demo", "admin@demo.demo"])
def test_no_page_has_an_accessibility_violation(page, portal, email):
    log_in(page, email)
    axe, problems = Axe(), []
    for address in addresses(page, ["/"]):
        for width in WIDTHS.values():
            page.set_viewport_size({"width": width, "height": 900})
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme)
                page.goto(address)
                for found in axe.run(page).response["violations"]:
                    nodes = [node["target"] for node in found["nodes"]][:2]
                    problems.append((address, width, theme, found["id"], nodes))
    assert problems == []


@pytest.mark.parametrize("width", [320, 768, 2560])
def test_no_page_scrolls_sideways(page, portal, width):
    log_in(page, "agent@demo.demo")
    wide = []
    pages = addresses(page, ["/"])
    page.set_viewport_size({"width": width, "height": 900})
    for address in pages:
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"):
            wide.append(address)
    assert wide == []


def test_no_page_calls_anyone_else(page, portal):
    log_in(page, "agent@demo.demo")
    addresses(page, ["/"])
    assert {url.split("/")[2] for url in page.asked if url.startswith("http")} == {
        portal[0].split("/")[2]
    }
    assert page.context.cookies()


def test_pages_can_be_read_and_forms_sent_without_javascript(portal, browser):
    context = browser.new_context(base_url=portal[0], java_script_enabled=False)
    page = context.new_page()
    log_in(page, "agent@demo.demo")
    page.goto("/conventions/")
    page.get_by_role("link", name=re.compile("Val-de-Brenne|DEMO")).first.click()
    assert page.locator("h1").count() == 1
    context.close()
