"""The pages of the text through time in a real browser, as they are when something is open."""

import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from config.tests.browser_portal import ROOT, running_portal
from config.tests.test_browser import log_in, violations
from config.tests.test_browser_editor import _open
from conventions.tests.word_files import edited

pytestmark = pytest.mark.browser
SCRIPT = ROOT / "config" / "tests" / "browser_amended.py"


@pytest.fixture(scope="module")
def amended(tmp_path_factory):
    """The address of a portal, and of what was amended in it."""
    data = tmp_path_factory.mktemp("text")
    with running_portal(data) as address:
        env = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
        env |= {"ENVIRONMENT": "local", "DATA_DIR": str(data), "SITE_URL": address}
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", SCRIPT.read_text()],
            cwd=ROOT, env=env, check=True, capture_output=True, text=True,
        )  # fmt: skip
        yield address, done.stdout.split()


@pytest.fixture(scope="module")
def page(amended, browser):
    context = browser.new_context(base_url=amended[0], locale="fr-FR", reduced_motion="reduce")
    opened = context.new_page()
    opened.set_default_timeout(30_000)
    log_in(opened, "agent@demo.demo")
    yield opened
    context.close()


@pytest.mark.parametrize(
    "path",
    [
        "texte/",
        "texte/origine/",
        "articles/{article}/versions/",
        "comparer/?de=acte-0&a=acte-1",
        "comparer/?de=acte-0&a=acte-1&vue=entier",
        "comparer/?de=acte-1&a=acte-{draft}",
        "actes/{draft}/projet/",
        "definitions/",
        "definitions/?acte={draft}",
    ],
)
def test_a_text_that_was_amended_has_no_violation(amended, page, path):
    pk, article, draft = amended[1]
    answer = page.goto(f"/conventions/{pk}/{path.format(article=article, draft=draft)}")
    assert answer.status == 200
    assert violations(page) == []


def test_what_an_avenant_changed_opened_in_the_text_has_no_violation(amended, page):
    page.goto(f"/conventions/{amended[1][0]}/texte/")
    page.locator("a[href*='montrer=']").first.click()
    page.wait_for_url("**montrer=**")
    assert page.locator(".redline ins").count() > 0
    assert violations(page) == []


def test_an_article_in_the_editor_and_around_it_have_no_violation(page):
    _open(page, "Objet")
    expect(page.locator("[contenteditable=true]")).to_be_visible()
    assert violations(page) == []
    draft = page.url.split("/articles/")[0]
    page.goto(f"{page.url.rstrip('/')}/historique/")
    assert violations(page) == []
    for path in ("articles/ajouter/", "canevas/", "procedure/0/"):
        assert page.goto(f"{draft}/{path}").status == 200
        assert violations(page) == []


def test_the_preview_of_a_word_file_has_no_violation(page):
    _open(page, "Objet")
    draft = page.url.split("/articles/")[0]
    data = page.request.get(f"{draft}/actes/0/texte.docx").body()
    changed = edited(data, ("Article", "Article"), (" les ", " toutes les "))
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    page.goto(f"{draft}/actes/0/word/")
    file = {"name": "retour.docx", "mimeType": kind, "buffer": changed}
    page.locator("input[type=file]").set_input_files(file)
    page.locator("form[enctype] button[type=submit]").click()
    page.wait_for_url("**/apercu/**")
    assert violations(page) == []
