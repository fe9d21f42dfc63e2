"""The text through time: any day, any act, what changed between them, and who may know."""

from datetime import UTC, date, datetime

import pytest

from conventions.enums import ActStatus, ConventionStatus, EffectBasis, Operation
from conventions.models import Definition, DurationClause, Visa
from conventions.tests.avenants import (
    insert,
    make_avenant,
    renumber,
    repeal,
    replace,
    sign_avenant,
)
from conventions.tests.factories import make_article, make_convention
from engagements.enums import Outcome, RevoyureStatus
from engagements.models import Engagement, Revoyure
from engagements.tests.factories import (
    make_engagement,
    make_indicator,
    make_revoyure,
    make_target,
)
from reporting.seals.structure import structure_problems
from reporting.tests.pages import counted, queries_of

FIRST, SECOND, LATER = date(2019, 7, 4), date(2020, 12, 1), date(2099, 1, 1)
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})
pytestmark = pytest.mark.django_db


@pytest.fixture
def written(cast):
    """The cast's convention after three avenants, the last one to come."""
    convention = cast.convention
    article = convention.articles.get()
    one = make_avenant(convention)
    replace(one, article, "Les parties conviennent de tout ce qui suit.")
    inserted = insert(one, "2", "Un guichet commun est ouvert.", after=article)
    sign_avenant(one, FIRST)
    two = make_avenant(convention)
    repeal(two, article)
    renumber(two, inserted, "1")
    sign_avenant(two, SECOND)
    three = make_avenant(convention)
    replace(three, inserted, "Un guichet commun est ouvert à la gare.")
    sign_avenant(three, LATER, signed_on=date(2021, 1, 1))
    return convention


@pytest.fixture
def read(client, cast):
    def _read(convention, path: str, user=None, status: int = 200) -> str:
        client.force_login(user or cast.reader)
        answer = client.get(f"/conventions/{convention.pk}/{path}")
        assert answer.status_code == status, path
        html = answer.content.decode().translate(SPACES)
        return html.replace("&nbsp;", " ").replace("<sup>er</sup>", "er")

    return _read


def sign_text(convention) -> None:
    """Sign a text whose articles the test wrote."""
    sign_avenant(convention.acts.get(), date(2018, 1, 1))
    convention.status, convention.starts_on = ConventionStatus.SIGNEE, date(2018, 1, 1)
    convention.starts_on_basis = EffectBasis.DERNIERE_SIGNATURE
    convention.save()


# Text of a day ----------------------------------------------------------------------------------


def test_each_day_says_what_changed_its_articles(read, written):
    html = read(written, "texte/2019-08-01/")
    assert "Modifié par l’avenant n° 1, art. 1" in html
    assert "Inséré par l’avenant n° 1, art. 2" in html
    assert "modifiée par l’avenant n° 1 du 4 juillet 2019" in html
    assert "à la gare" not in html


def test_a_repealed_article_leaves_a_line_that_says_so(read, written):
    html = read(written, "texte/2020-12-01/")
    assert "abrogé par l’avenant n° 2, art. 1" in html
    assert "Les parties conviennent" not in html
    assert "Article 1. Inséré" in html


def test_what_a_repealed_article_held_goes_without_a_line_of_its_own(read, cast):
    convention = make_convention(epci=cast.epci, action_logement=cast.action_logement)
    title = make_article(convention, "1")
    inside = make_article(convention, "1.1", parent=title, heading="Contenu dedans")
    sign_text(convention)
    one = make_avenant(convention)
    replace(one, inside, "Autre rédaction.", heading="Contenu dedans")
    sign_avenant(one, FIRST)
    two = make_avenant(convention)
    repeal(two, title)
    sign_avenant(two, SECOND)
    html = read(convention, "texte/2021-01-01/")
    assert html.count("abrogé par l’avenant n° 2, art. 1") == 1
    assert "Contenu dedans" not in html
    versions = read(convention, f"articles/{inside.code}/versions/")
    assert "abrogé avec l’article qui le contient" in versions


def test_the_text_of_origin_is_what_was_signed_whatever_came_since(read, written):
    html = read(written, "texte/origine/")
    assert "Les parties conviennent de ce qui suit." in html
    assert "guichet" not in html.partition('class="legal"')[2]
    assert "Vous lisez le texte d’origine, modifié depuis" in html
    assert "?de=acte-0&amp;a=" in html


def test_an_old_day_leads_to_today_and_to_what_changed_since(read, written):
    html = read(written, "texte/2019-08-01/")
    assert "Vous lisez le texte au 1er août 2019, modifié depuis" in html
    assert "l’avenant n° 2 (1er décembre 2020)" in html
    assert "?de=2019-08-01&amp;a=" in html
    assert "modifié depuis" not in read(written, "texte/")


def test_a_day_to_come_reads_the_signed_acts_alone(read, written):
    draft = make_avenant(written, date(2030, 1, 1))
    replace(draft, written.articles.last(), "Ce projet ne doit pas se lire.")
    html = read(written, "texte/2099-02-01/")
    assert "Texte tel qu’il sera le 1er février 2099" in html
    assert "à la gare" in html
    assert "Ce projet" not in html
    assert "avenant n° 3, déjà signé" in read(written, "texte/")


def test_a_note_opens_what_its_act_changed(read, written):
    html = read(written, "texte/2019-08-01/")
    key = html.partition("?montrer=")[2].partition("#")[0]
    opened = read(written, f"texte/2019-08-01/?montrer={key}")
    box = opened.partition('class="redline__box"')[2].partition("</section>")[0]
    assert "<ins>" in box
    assert "Début d’ajout. </span>tout" in box
    for nonsense in ("0", "x", "999999"):
        assert "redline__box" not in read(written, f"texte/2019-08-01/?montrer={nonsense}")


def test_what_binds_that_day_stands_beside(read, written):
    act = written.acts.get(number=0)
    article = written.articles.first()
    party = written.parties.first()
    make_engagement(written, party, article=article, title="Promettre", effective_on=FIRST)
    make_target(written, make_indicator(), article=article, year=2019, quantity=170)
    assert "Promettre" not in read(written, "texte/2018-01-01/")
    html = read(written, "texte/2019-08-01/")
    assert "Promettre" in html
    assert "Objectif 2019" in html
    assert "Les clauses en clair ce jour-là" in html
    assert act.is_signed


def test_definitions_are_those_in_force(read, cast):
    convention = make_convention(epci=cast.epci, action_logement=cast.action_logement)
    article = make_article(convention)
    initial = convention.acts.get()
    Definition.objects.create(act=initial, term="CIL", meaning="Comité interprofessionnel")
    sign_text(convention)
    one = make_avenant(convention)
    replace(one, article, "Autre.")
    Definition.objects.create(act=one, term="CIL", meaning="Conférence intercommunale")
    sign_avenant(one, FIRST)
    assert "Comité interprofessionnel" in read(convention, "texte/2018-06-01/")
    assert "Conférence intercommunale" in read(convention, "texte/2019-08-01/")
    html = read(convention, "comparer/?de=2018-06-01&a=2019-08-01")
    assert "Définitions" in html


def test_the_permanent_link_is_given(read, written, settings):
    address = f"{settings.SITE_URL}/conventions/{written.pk}/texte/2019-08-01/"
    assert address in read(written, "texte/2019-08-01/")


@pytest.mark.parametrize("path", ["texte/2026-01-01/", "comparer/?de=acte-0&a=2026-01-01"])
def test_reading_asks_as_much_of_one_avenant_as_of_ten(client, cast, path):
    asked = []
    for avenants in (1, 10):
        convention = make_convention(epci=cast.epci, action_logement=cast.action_logement)
        articles = [make_article(convention, str(rank)) for rank in range(1, 11)]
        sign_text(convention)
        for rank in range(avenants):
            act = make_avenant(convention)
            replace(act, articles[rank], f"Rédaction {rank}.")
            sign_avenant(act, date(2019, 1, 1 + rank))
        client.force_login(cast.reader)
        asked.append(queries_of(client, f"/conventions/{convention.pk}/{path}"))
    assert asked[0] == asked[1]
    # Two texts are read to compare them, with what each makes owed.
    assert asked[0] <= (22 if "comparer" in path else 20)


# Versions of an article -------------------------------------------------------------------------


def test_an_article_tells_all_its_versions(read, written):
    code = written.articles.last().code
    html = read(written, f"articles/{code}/versions/")
    assert "Inséré par l’avenant n° 1, art. 2" in html
    assert "Renuméroté par l’avenant n° 2, art. 2" in html
    assert "Modifié par l’avenant n° 3, art. 1" in html
    assert "30 novembre 2020" in html
    assert "à venir" in html
    read(written, "articles/999/versions/", status=404)


# Comparison -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    ["de=2018-01-01&a=2019-08-01", "de=acte-0&a=acte-1", "de=01/01/2018&a=1er août 2019"],
)
def test_two_texts_are_compared_word_by_word(read, written, query):
    html = read(written, f"comparer/?{query}")
    assert "1 article modifié, 1 ajouté." in html
    assert "Début d’ajout. </span>tout" in html
    assert "Du texte" in html


def test_a_repeal_and_a_new_number_are_told(read, written):
    html = read(written, "comparer/?de=acte-1&a=acte-2")
    assert "1 article abrogé, 1 renuméroté." in html
    assert "<del>" in html


def test_the_whole_text_or_only_what_changes(read, written):
    query = "comparer/?de=acte-2&a=2021-01-01"
    assert "mot pour mot" in read(written, query)
    assert "Un guichet commun" not in read(written, query)
    assert "Un guichet commun" in read(written, f"{query}&vue=entier")


def test_the_form_leads_to_an_address_one_can_send(client, cast, written):
    client.force_login(cast.reader)
    address = f"/conventions/{written.pk}/comparer/"
    answer = client.get(address, {"de": "acte-0", "de_le": "", "a": "acte-2", "a_le": "2019-08-01"})
    assert answer.status_code == 302
    assert answer.url == f"{address}?de=acte-0&a=2019-08-01"


def test_what_each_text_makes_owed_is_compared_too(read, cast, written):
    act = written.acts.get(number=1)
    facts = {"act": act, "effective_on": FIRST}
    old = make_engagement(written, title="Produire 170 logements", replaced_on=FIRST)
    gone = make_engagement(written, title="Tenir un guichet à la mairie", replaced_on=FIRST)
    make_engagement(written, title="Loger les saisonniers", **facts)
    kept = make_engagement(written, title="Se réunir", article=written.articles.last())
    assert kept.number == 4
    make_engagement(written, number=1, title="Produire 190 logements", replaces=old, **facts)
    Engagement.every.create(
        convention=written,
        number=gone.number,
        title=gone.title,
        replaces=gone,
        repeals=True,
        **facts,
    )
    html = read(written, "comparer/?de=acte-0&a=acte-1")
    assert "<b>E1</b>, modifié" in html
    assert "Début de suppression. </span>170<" in html
    assert "<b>E3</b>, ajouté" in html
    assert "<b>E2</b>, prend fin" in html
    assert "Aucun" not in read(written, "comparer/?de=acte-1&a=acte-2").split("Engagements</h3>")[1]
    assert "E1" not in read(written, "comparer/?de=2019-08-01&a=2020-01-01")


def test_targets_are_compared_by_indicator_and_year(read, written):
    indicator = make_indicator(code="PLUS", name="logements PLUS")
    facts = {"act": written.acts.get(number=1), "effective_on": FIRST}
    make_target(written, indicator, year=2020, quantity=170, replaced_on=FIRST)
    make_target(written, indicator, year=2020, quantity=190, **facts)
    make_target(written, indicator, year=2021, quantity=200, **facts)
    html = read(written, "comparer/?de=acte-0&a=2019-08-01")
    territory = written.territory.name
    assert f"<b>PLUS, {territory}, 2020</b>, modifié" in html
    assert f"<b>PLUS, {territory}, 2021</b>, ajouté" in html


def test_what_both_a_signed_act_and_a_draft_change_is_told_of_both(read, cast, written):
    draft = make_avenant(written, drafted_by=cast.epci, number=7)
    replace(draft, written.articles.last(), "Un guichet commun est ouvert sur le port.")
    told = "changé aussi par le projet"
    assert told in read(written, "comparer/?de=acte-2&a=acte-7", cast.manager)
    assert told not in read(written, "comparer/?de=acte-2&a=acte-3", cast.manager)


def test_the_clauses_and_promises_of_a_draft_are_compared_by_its_side_alone(read, cast, written):
    draft = make_avenant(written, drafted_by=cast.epci, number=7)
    clause = DurationClause(convention=written, act=draft, quantity=9, unit="ans")
    clause.operation, clause.trigger = Operation.DUREE, "signature"
    clause.save()
    make_engagement(written, title="Ouvrir la nuit", act=draft, planned=True)
    Visa.objects.create(act=draft, position=1, text="Vu la délibération du 3 mars ;")
    page = "comparer/?de=acte-0&a=acte-7"
    html = read(written, page, cast.manager)
    assert "Les clauses en clair" in html
    assert "Ouvrir la nuit" in html
    assert "Vu la délibération du 3 mars" in html
    read(written, page, cast.counterpart, status=404)


@pytest.mark.parametrize("typed", ["32/13/2019", "hier", "acte-", "<b>"])
def test_an_unreadable_date_is_said_so(read, written, typed):
    html = read(written, f"comparer/?de={typed}&a=acte-0")
    assert "ne se lit pas" in html
    assert "<b>&lt;" not in html
    assert 'role="alert"' in html


def test_a_day_before_the_convention_is_said_so(read, written):
    html = read(written, "comparer/?de=2001-01-01&a=acte-0")
    assert "Aucun article dans le texte du 1er janvier 2001" in html
    assert "a pris effet le 11 décembre 2017" in html


# Who --------------------------------------------------------------------------------------------


def test_a_draft_is_compared_by_those_who_write_it_alone(read, cast, written):
    draft = make_avenant(written, drafted_by=cast.epci, number=7)
    replace(draft, written.articles.last(), "Une rédaction encore secrète.")
    page = "comparer/?de=2021-01-01&a=acte-7"
    assert "secrète" in read(written, page, cast.manager)
    assert "projet d’avenant n° 7" in read(written, "comparer/", cast.manager)
    read(written, page, cast.counterpart, status=404)
    read(written, "comparer.pdf?de=2021-01-01&a=acte-7", cast.counterpart, status=404)
    assert "avenant n° 7" not in read(written, "comparer/", cast.counterpart)
    draft.status = ActStatus.EN_NEGOCIATION
    draft.save()
    assert "secrète" in read(written, page, cast.counterpart)


def test_a_draft_avenant_is_read_whole_by_those_who_may_see_it(read, cast, written):
    draft = make_avenant(written, drafted_by=cast.epci, number=7)
    replace(draft, written.articles.last(), "Une rédaction encore secrète.")
    Definition.objects.create(act=draft, term="CIL", meaning="Comité local.")
    assert "actes/7/projet/" in read(written, "texte/", cast.manager)
    html = read(written, "actes/7/projet/", cast.manager)
    assert "PROJET, non signé" in html
    assert "Une rédaction encore secrète." in html
    assert html.count("Changé par ce projet.") == 1
    assert "a=acte-7" in html
    assert "Comité local." in read(written, "definitions/?acte=7", cast.manager)
    assert "Comité local." not in read(written, "definitions/", cast.manager)
    assert "actes/7/projet/" not in read(written, "texte/", cast.counterpart)
    for page in (
        "actes/7/projet/",
        "definitions/?acte=7",
        "definitions/?acte=x",
        "actes/1/projet/",
    ):
        read(written, page, cast.counterpart, status=404)


@pytest.mark.parametrize(
    "path",
    ["texte/origine/", "comparer/?de=acte-0&a=acte-1", "comparer.pdf", "articles/1/versions/"],
)
def test_a_stranger_learns_nothing(read, cast, written, path):
    read(written, path, cast.stranger, status=404)


def test_an_act_that_does_not_exist_is_not_found(read, written):
    read(written, "comparer/?de=acte-0&a=acte-99", status=404)


# Paper ------------------------------------------------------------------------------------------


def test_the_comparison_is_taken_away_as_a_pdf(client, cast, written):
    client.force_login(cast.reader)
    address = f"/conventions/{written.pk}/comparer.pdf"
    with counted():
        answer = client.get(address, {"de": "2018-01-01", "a": "acte-1"})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    refused = client.get(address, {"de": "hier", "a": "acte-1"})
    assert refused.status_code == 302
    assert refused.url.startswith(f"/conventions/{written.pk}/comparer/?")


# Old documents ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("frozen_on", "changed"), [("2020-01-15", True), ("2021-01-15", False)])
def test_an_old_document_says_whether_the_text_changed_since(
    client, cast, written, frozen_on, changed
):
    revoyure = make_revoyure(written, year=2019)
    Revoyure.objects.filter(pk=revoyure.pk).update(
        status=RevoyureStatus.GELEE,
        frozen_at=datetime.fromisoformat(frozen_on).replace(hour=12, tzinfo=UTC),
        frozen_by=cast.manager,
        outcome=Outcome.MAINTIEN,
        snapshot={"year": 2019},
        snapshot_sha256="a" * 64,
    )
    client.force_login(cast.reader)
    html = client.get(f"/revoyures/{revoyure.pk}/document/").content.decode()
    assert ("Le texte de la convention a changé depuis ce document" in html) is changed
    assert (f"?de={frozen_on}&amp;a=" in html) is changed


def test_a_comparison_too_long_for_a_pdf_is_refused_with_a_sentence(
    client, cast, written, monkeypatch
):
    monkeypatch.setattr("reporting.actions.comparison_document.MOST_SIGNS", 10)
    client.force_login(cast.reader)
    answer = client.get(f"/conventions/{written.pk}/comparer.pdf?de=acte-0&a=acte-1", follow=True)
    assert "trop longue pour un PDF" in answer.content.decode()


def test_the_pdf_has_no_structure_problem(client, cast, written):
    client.force_login(cast.reader)
    answer = client.get(f"/conventions/{written.pk}/comparer.pdf?de=acte-0&a=acte-1&vue=entier")
    assert structure_problems(b"".join(answer.streaming_content)) == []
