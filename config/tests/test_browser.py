"""The portal in a real browser: the main job by keyboard alone, every page without a violation."""

import re
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from config.tests.browser_keyboard import choose_first_where_empty, give_file, press, reach, write
from config.tests.browser_portal import PASSWORD, running_portal

pytestmark = pytest.mark.browser
NOBODY = ""
ACCOUNTS = ["agent@besancon.demo", "agent@demo.demo", "admin@demo.demo"]


@pytest.fixture(scope="session")
def portal(tmp_path_factory):
    with running_portal(tmp_path_factory.mktemp("portal")) as address:
        yield address


@pytest.fixture(scope="session")
def visit(portal, browser):
    """Open a window for someone; colours change at once, so that none is measured half-way."""
    contexts: list[BrowserContext] = []

    def opened(email: str = NOBODY, **options) -> Page:
        context = browser.new_context(
            base_url=portal,
            locale="fr-FR",
            reduced_motion="reduce",
            viewport={"width": 1440, "height": 900},
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        if email:
            log_in(page, email)
        return page

    yield opened
    for context in contexts:
        context.close()


def log_in(page: Page, email: str) -> None:
    page.goto("/connexion/")
    page.get_by_label("Adresse de courriel professionnelle").fill(email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(re.compile(r"/$"))


# By keyboard alone -------------------------------------------------------------------------------


def test_the_main_job_by_keyboard_alone(visit):
    page = visit()
    page.goto("/")
    write(page, "Adresse de courriel professionnelle", "agent@besancon.demo")
    write(page, "Mot de passe", PASSWORD)
    press(page, "Se connecter")

    press(page, "Conventions")
    press(page, "Grand Besançon, 2017-2019")
    press(page, "Engagements")
    assert page.get_by_role("heading", name="La balance des engagements").count() == 1

    press(page, "Revoyures")
    press(page, "Revoyure 2018")
    _enter_the_missing_figure(page)
    _finish_the_contribution(page)

    press(page, "Geler la revoyure 2018")
    reach(page, "maintien")
    press(page, "Geler la revoyure 2018")
    page.get_by_text("Télécharger la revoyure 2018").wait_for(timeout=90_000)
    with page.expect_download() as waiting:
        reach(page, "Télécharger la revoyure 2018")
        page.keyboard.press("Enter")
    document = waiting.value.path().read_bytes()
    changed = document[:2000] + bytes([document[2000] ^ 1]) + document[2001:]
    assert _verify(page, document) == "Valide mais non qualifié"
    assert page.get_by_text("octet pour octet, celui que le portail a scellé").count() == 1
    assert _verify(page, changed) == "Invalide"


def _enter_the_missing_figure(page: Page) -> None:
    press(page, "Saisir : Logements réhabilités")
    write(page, "Valeur", "131")
    write(page, "Source", "Tableau de bord de l’habitat")
    press(page, "Enregistrer")
    press(page, "Revoyures")
    press(page, "Revoyure 2018")
    assert page.get_by_text("Chaque objectif de 2018 a sa valeur.").count() == 1


def _finish_the_contribution(page: Page) -> None:
    press(page, "votre contribution")
    given = choose_first_where_empty(page, "lecture_", until="Enregistrer ma lecture")
    assert given > 0
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press(page, "Rendre la contribution")


def _verify(page: Page, document: bytes) -> str:
    press(page, "Vérifier un document")
    file = {"name": "revoyure.pdf", "mimeType": "application/pdf", "buffer": document}
    give_file(page, "Document PDF", file)
    press(page, "Vérifier ce fichier")
    return page.locator(".verdict__date").inner_text()


# Every page --------------------------------------------------------------------------------------


@dataclass
class Walk:
    """What someone meets by following the portal's own links, one page of each kind."""

    found: list[str] = field(default_factory=list)
    broken: list[tuple[str, int]] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)


NOT_A_PAGE = re.compile(r"\.(pdf|csv|xlsx|docx|ics)(\?|$)|/documents/\d+/$|^/assistance/")


def kind_of(address: str) -> str:
    path = address.split("?")[0]
    return re.sub(r"REV-[\w-]+|(?<=developpement/).+(?=/)|\d[\d-]*", "N", path)


def _follow(page: Page, start: list[str]) -> Walk:
    walk, waiting, kinds = Walk(), list(start), set()
    page.on("request", lambda request: walk.asked.add(request.url))
    while waiting:
        address = waiting.pop(0).split("#")[0]
        if kind_of(address) in kinds or NOT_A_PAGE.search(address):
            continue
        kinds.add(kind_of(address))
        answer = page.goto(address)
        if answer.status != 200:
            walk.broken.append((address, answer.status))
            continue
        walk.found.append(address)
        links = "all => all.map(a => a.getAttribute('href'))"
        waiting.extend(page.eval_on_selector_all("a[href^='/']", links))
    return walk


@pytest.fixture(scope="session")
def walks(visit):
    """Walk once for each account, and keep what was found."""
    known: dict[str, Walk] = {}

    def walk_of(email: str) -> Walk:
        if email not in known:
            page = visit(email)
            start = ["/"] if email else ["/connexion/", "/verifier/", "/mot-de-passe/oublie/"]
            if email == "agent@demo.demo":
                page.goto("/conventions/")
                draft = page.get_by_role("link", name="Val-de-Brenne, 2028-2031")
                address = draft.get_attribute("href")
                start += [f"{address}redaction/", f"{address}signer/"]
            known[email] = _follow(page, start)
        return known[email]

    return walk_of


@pytest.mark.parametrize("email", [NOBODY, *ACCOUNTS])
def test_no_link_leads_to_an_error(walks, email):
    walk = walks(email)
    assert walk.broken == []
    assert len(walk.found) > (6 if email == NOBODY else 30)


@pytest.mark.parametrize("email", [NOBODY, *ACCOUNTS])
def test_no_page_calls_anyone_else(walks, portal, email):
    hosts = {url.split("/")[2] for url in walks(email).asked if url.startswith("http")}
    assert hosts == {portal.split("/")[2]}


@pytest.mark.parametrize("email", ["agent@demo.demo", "agent@besancon.demo"])
def test_no_page_scrolls_sideways(visit, walks, email):
    page, wide = visit(email), []
    for address in walks(email).found:
        page.goto(address)
        for width in (320, 768, 2560):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"):
                wide.append((address, width))
    assert wide == []


# Accessibility -----------------------------------------------------------------------------------

AXE = Axe().axe_script
ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
# A theme changes colours and nothing else, a width changes all but colours: every rule once at
# each width and in each theme, colours in all four looks.
LOOKS = [
    (1440, "light", ALL),
    (1440, "dark", COLOURS),
    (390, "dark", ALL),
    (390, "light", COLOURS),
]


def violations(page: Page) -> list[tuple]:
    """What axe-core finds on the page as it stands, at each width and in each theme."""
    page.evaluate(AXE)
    found = []
    for width, theme, rules in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)
        options = {"runOnly": rules, "resultTypes": ["violations"]}
        answer = page.evaluate("options => axe.run(document, options)", options)
        for rule in answer["violations"]:
            where = [node["target"] for node in rule["nodes"]][:2]
            found.append((page.url, width, theme, rule["id"], where))
    return found


@pytest.mark.parametrize("email", [NOBODY, *ACCOUNTS])
def test_no_page_has_an_accessibility_violation(visit, walks, email):
    page, found = visit(email), []
    for address in walks(email).found:
        page.goto(address)
        found += violations(page)
    assert found == []


EMPTIED = """form => {
  form.noValidate = true;
  for (const e of form.elements) {
    if (e.type === 'radio' || e.type === 'checkbox') e.checked = false;
    else if (e.type !== 'hidden' && e.type !== 'submit' && e.tagName !== 'SELECT') e.value = '';
  }
  form.requestSubmit();
}"""
FORMS = [
    "/conventions/nouvelle/", "/conventions/N/engagements/nouveau/", "/engagements/N/",
    "/conventions/N/indicateurs/saisir/", "/conventions/N/indicateurs/objectif/",
    "/conventions/N/parties/ajouter/", "/conventions/N/articles/ajouter/",
    "/conventions/N/documents/deposer/", "/conventions/N/clauses/revoyure/",
    "/compte/", "/compte/mot-de-passe/", "/organismes/N/inviter/",
]  # fmt: skip


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_sent_back_has_no_violation(visit, walks, kind):
    page = visit("agent@demo.demo")
    page.goto(next(a for a in walks("agent@demo.demo").found if kind_of(a) == kind))
    with page.expect_navigation():
        page.locator(
            "main form[method=post]:has(:is(input:not([type=hidden]), textarea))"
        ).first.evaluate(EMPTIED)
    assert page.locator(".errors, .field__error").count() > 0
    assert violations(page) == []


def test_a_contribution_sent_back_has_no_violation(visit, walks):
    page = visit("agent@demo.demo")
    page.goto(next(a for a in walks("agent@demo.demo").found if "/contributions/" in a))
    page.locator("select[name^=lecture_]").first.select_option("Non tenu")
    page.locator("textarea[name^=commentaire_]").first.fill("")
    page.get_by_role("button", name="Enregistrer ma lecture").click()
    page.get_by_text("Dites pourquoi cet engagement n’est pas tenu.").first.wait_for()
    assert violations(page) == []


def test_the_door_closed_or_reopened_has_no_violation(visit):
    page = visit()
    page.goto("/connexion/")
    page.get_by_label("Adresse de courriel professionnelle").fill("personne@demo.demo")
    page.get_by_label("Mot de passe").fill("ce n’est pas le bon")
    page.get_by_role("button", name="Se connecter").click()
    page.locator(".errors").wait_for()
    found = violations(page)
    page.goto("/mot-de-passe/oublie/")
    page.get_by_label("Adresse de courriel professionnelle").fill("agent@besancon.demo")
    page.get_by_role("button", name="Recevoir le lien").click()
    page.wait_for_url(re.compile("/mot-de-passe/envoye/"))
    assert found + violations(page) == []


@pytest.mark.parametrize("address", ["/mot-de-passe/nouveau/x/y-z/", "/invitation/inconnue/"])
def test_a_link_that_is_worth_nothing_any_more_has_no_violation(visit, address):
    page = visit()
    page.goto(address)
    assert violations(page) == []


@pytest.mark.parametrize("address", ["/conventions/999999/", "/conventions/N/modifier/"])
def test_a_refused_page_has_no_violation(visit, walks, address):
    page = visit("lecteur@demo.demo")
    known = next(a for a in walks("agent@demo.demo").found if a.endswith("/redaction/"))
    answer = page.goto(address.replace("N", known.split("/")[2]))
    assert answer.status in {403, 404}
    assert violations(page) == []


def test_an_answer_about_a_document_has_no_violation(visit):
    page = visit("agent@besancon.demo")
    page.goto("/revoyures/")
    page.get_by_role("link", name="Revoyure 2017").click()
    page.get_by_role("link", name="Document scellé").click()
    link = page.get_by_role("link", name="Télécharger").get_attribute("href")
    document, found = page.request.get(link).body(), []
    for data in (document, document[:2000] + b"x" + document[2001:], b"pas un PDF"):
        page.goto("/verifier/")
        file = {"name": "revoyure.pdf", "mimeType": "application/pdf", "buffer": data}
        page.get_by_label("Document PDF").set_input_files(file)
        page.get_by_role("button", name="Vérifier ce fichier").click()
        page.wait_for_load_state()
        found += violations(page)
    assert found == []


def test_a_message_of_the_development_inbox_has_no_violation(visit):
    asking = visit()
    asking.goto("/mot-de-passe/oublie/")
    asking.get_by_label("Adresse de courriel professionnelle").fill("agent@dijon.demo")
    asking.get_by_role("button", name="Recevoir le lien").click()
    page = visit("admin@demo.demo")
    for _ in range(60):
        page.goto("/boite-de-developpement/")
        messages = page.locator("main a[href^='/boite-de-developpement/']")
        if messages.count():
            break
        page.wait_for_timeout(500)
    found = violations(page)
    messages.first.click()
    page.wait_for_load_state()
    assert found + violations(page) == []


# Without JavaScript ------------------------------------------------------------------------------


def test_the_portal_is_read_and_a_state_declared_without_javascript(visit):
    page = visit("agent@demo.demo", java_script_enabled=False)
    page.goto("/conventions/")
    page.get_by_role("link", name="Val-de-Brenne pour le logement").click()
    assert page.locator("h1").count() == 1
    page.get_by_role("link", name="Engagements").click()
    page.locator(".engagement__title a").first.click()
    page.get_by_label("En cours", exact=True).check()
    page.get_by_label("Commentaire").fill("Déclaré sans le moindre script.")
    page.get_by_role("button", name="Enregistrer la déclaration").click()
    assert page.locator("main").get_by_text("Déclaré sans le moindre script.").count() == 1
