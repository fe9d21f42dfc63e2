"""The editor in a real browser: typing, Word, undo, autosave, two people, no network, no script."""

import re
from contextlib import ExitStack

import pytest
from playwright.sync_api import Page, expect

from config.tests.browser_portal import running_portal
from config.tests.test_browser import log_in

pytestmark = pytest.mark.browser

WRITER, COLLEAGUE = "agent@demo.demo", "admin@demo.demo"
SAVED = re.compile(r"Enregistré à \d+\sh")
WORD = """<html><body>
<p class=MsoNormal><span style='font-weight:700'>Deux volets</span><span style='color:red'> :</span>
<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><!--[if !supportLists]--><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span><!--[endif]-->la production</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'><!--[if !supportLists]--><span
style='mso-list:Ignore'>o<span>&nbsp; </span></span><!--[endif]-->en neuf</p>
<table class=MsoTableGrid><tr><td style='width:10pt'><p class=MsoNormal>Année</p></td>
<td><p class=MsoNormal>2027</p></td></tr></table>
<p>Une ligne<br>une autre<script>alert(1)</script></p></body></html>"""


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    with running_portal(tmp_path_factory.mktemp("editor")) as address:
        yield address


@pytest.fixture
def visit(portal, browser):
    """Open a window for someone; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    with ExitStack() as stack:

        def opened(email: str, **options) -> Page:
            context = browser.new_context(
                base_url=portal, locale="fr-FR", reduced_motion="reduce", **options
            )
            stack.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(20_000)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", lambda line: complaints.append(line.text) if _is_bad(line) else None)
            log_in(page, email)
            return page

        yield opened
    assert complaints == []


def _is_bad(line) -> bool:
    """A request without network is no complaint of the page."""
    return line.type in {"error", "warning"} and "ERR_INTERNET_DISCONNECTED" not in line.text


def _open(page: Page, heading: str) -> None:
    """Go to an article of the demonstration's draft, by what people read."""
    page.goto("/conventions/?q=DEMO-PROJET")
    page.locator(
        "main a[href*='/conventions/']", has_text=re.compile("quai Sud|jeunes actifs")
    ).first.click()
    page.goto(f"{page.url.split('?')[0].rstrip('/')}/articles/")
    page.get_by_role("link", name=heading, exact=True).click()


def _sheet(page: Page):
    """The editor itself, once it has taken the place of the text box."""
    return page.locator("[contenteditable=true]").and_(page.get_by_role("textbox", name="Texte"))


def _end(page: Page) -> None:
    """Put the caret behind the last word, and let the editor hear of it."""
    _sheet(page).click()
    page.keyboard.press("Control+End")
    page.wait_for_timeout(200)


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def _kept(page: Page) -> None:
    expect(page.get_by_text(SAVED)).to_be_visible()


def _markup(page: Page) -> str:
    """What the portal has, as its text box shows it."""
    page.reload()
    return page.locator("textarea[name=body]").input_value()


def test_a_text_is_written_undone_saved_and_found_again(visit):
    page = visit(WRITER)
    _open(page, "Objet")
    _end(page)
    page.keyboard.press("Enter")
    page.keyboard.type("Un suivi ")
    _press(page, "Gras")
    expect(page.get_by_role("button", name="Gras")).to_have_attribute("aria-pressed", "true")
    page.keyboard.type("annuel")
    _press(page, "Gras")
    page.keyboard.type(", voir ")
    _press(page, "Renvoi")
    page.get_by_label("Renvoyer à").fill("calendrier")
    page.keyboard.press("Enter")
    page.keyboard.type(".")
    page.keyboard.press("Enter")
    _press(page, "Liste")
    page.keyboard.type("un")
    page.keyboard.press("Enter")
    _press(page, "Niveau plus bas")
    page.keyboard.type("dedans")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    _press(page, "Tableau")
    page.keyboard.type("Année")
    _kept(page)
    _press(page, "Ajouter une colonne")
    _press(page, "Annuler")
    expect(_sheet(page).locator("th")).to_have_count(2)
    _press(page, "Rétablir")
    expect(_sheet(page).locator("th")).to_have_count(3)
    _press(page, "Enregistrer l’article")
    page.wait_for_url(re.compile(r"/articles/$"))
    page.get_by_role("link", name="Objet", exact=True).click()
    body = _markup(page)
    assert "Un suivi **annuel**, voir {{art:3}}.\n\n- un\n  - dedans\n\n| Année |  |  |" in body
    page.get_by_role("link", name="Historique de l’article").click()
    expect(page.get_by_text("Camille Aubertin").first).to_be_visible()


def test_a_text_pasted_from_word_is_clean_at_once_and_once_saved(visit):
    page = visit(WRITER)
    _open(page, "Calendrier")
    _end(page)
    page.keyboard.press("Enter")
    _sheet(page).evaluate(
        """(sheet, html) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/html", html);
          const options = { clipboardData, bubbles: true, cancelable: true };
          sheet.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        WORD,
    )  # fmt: skip
    expect(_sheet(page).locator("ul ul li")).to_have_text("en neuf")
    assert "·" not in _sheet(page).inner_text()
    _kept(page)
    body = _markup(page)
    assert "**Deux volets** :\n\n- la production\n  - en neuf\n\n| Année | 2027 |" in body
    assert body.endswith("Une ligne\n\nune autre")


def test_by_keys_alone_one_reaches_the_buttons_and_leaves_the_editor(visit):
    page = visit(WRITER)
    _open(page, "Durée")
    _end(page)
    _press(page, "Tableau")
    page.keyboard.press("Tab")
    expect(_sheet(page)).not_to_be_focused()
    _end(page)
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Gras")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Liste", exact=True)).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="Rétablir")).to_be_focused()


def test_what_a_colleague_writes_comes_in_and_what_meets_is_settled(visit):
    mine, theirs = visit(WRITER), visit(COLLEAGUE)
    for page in (mine, theirs):
        _open(page, "Apports de chacun")
    _end(theirs)
    theirs.keyboard.type(" Fin du collègue.")
    _kept(theirs)
    _sheet(mine).click()
    mine.keyboard.press("Control+Home")
    mine.keyboard.type("Début à moi. ")
    expect(_sheet(mine)).to_contain_text("Fin du collègue.")
    expect(mine.get_by_text("fusionné avec ce que Alix Garnier vient d’écrire")).to_be_visible()
    _press(mine, "Annuler")
    expect(_sheet(mine)).not_to_contain_text("Début à moi.")
    expect(_sheet(mine)).to_contain_text("Fin du collègue.")
    _press(mine, "Rétablir")
    mine.wait_for_timeout(3500)
    theirs.reload()
    _end(theirs)
    theirs.keyboard.type(" Un mot.")
    _kept(theirs)
    _end(mine)
    mine.keyboard.type(" Un autre.")
    expect(mine.get_by_text("Une autre personne a changé les mêmes mots")).to_be_visible()
    _press(mine, "Enregistrer l’article")
    expect(mine.get_by_role("heading", name="Deux rédactions à régler")).to_be_visible()
    expect(_sheet(mine)).to_contain_text("Un autre.")
    _end(mine)
    mine.keyboard.type(" Un mot.")
    _press(mine, "Enregistrer l’article")
    mine.wait_for_url(re.compile(r"/articles/$"))
    mine.get_by_role("link", name="Apports de chacun", exact=True).click()
    expect(_sheet(mine)).to_contain_text("Un autre. Un mot.")
    expect(mine.get_by_text("est resté sur cet appareil")).to_be_hidden()
    theirs.reload()
    expect(_sheet(theirs)).to_contain_text("Début à moi.")
    expect(_sheet(theirs)).to_contain_text("Un autre. Un mot.")


def test_what_is_typed_without_network_is_offered_at_the_next_visit(visit):
    page = visit(WRITER)
    _open(page, "Durée")
    address = page.url
    _end(page)
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    page.keyboard.type("Écrit dans le train.")
    expect(page.get_by_text("gardé sur cet appareil")).to_be_visible()
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(address)
    expect(page.get_by_text("est resté sur cet appareil")).to_be_visible()
    _press(page, "Reprendre ce texte")
    expect(_sheet(page)).to_contain_text("Écrit dans le train.")
    _kept(page)
    assert "Écrit dans le train." in _markup(page)
    expect(page.get_by_text("est resté sur cet appareil")).to_be_hidden()


def test_without_scripts_the_text_box_does_it_all(visit, browser, portal):
    page = visit(WRITER, java_script_enabled=False)
    _open(page, "Durée")
    page.get_by_label("Texte", exact=False).fill("Trois ans.\n\n- renouvelables")
    page.get_by_role("button", name="Enregistrer l’article").click()
    page.get_by_role("link", name="Durée", exact=True).click()
    assert page.locator("textarea[name=body]").input_value() == "Trois ans.\n\n- renouvelables"


def test_an_article_not_yet_added_stays_on_the_device_until_it_is(visit):
    page = visit(WRITER)
    page.on("dialog", lambda dialog: dialog.accept())
    _open(page, "Objet")
    page.goto(re.sub(r"articles/\d+/.*", "articles/ajouter/", page.url))
    create = page.url
    page.locator("input[name=heading]").fill("Suivi des loyers")
    _end(page)
    page.keyboard.type("Un point chaque année.")
    expect(page.get_by_text("Gardé sur cet appareil")).to_be_visible()
    page.goto(create)
    _press(page, "Reprendre ce texte")
    expect(_sheet(page)).to_contain_text("Un point chaque année.")
    page.get_by_role("button", name="Enregistrer l’article").click()
    expect(page.get_by_text("L’article est ajouté.")).to_be_visible()
    page.goto(create)
    expect(_sheet(page)).to_be_visible()
    expect(page.get_by_text("resté sur cet appareil")).to_be_hidden()
