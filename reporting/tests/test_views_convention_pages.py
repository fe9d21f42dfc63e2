"""The pages of a convention: who sees them, what they say on a day, and in how many queries."""

import hashlib
from datetime import date

import pytest

from accounts.actions.journal import record
from accounts.enums import Verb
from conventions.enums import ActStatus, Change, ConventionStatus, DocumentKind
from conventions.models import (
    Act,
    ArticleVersion,
    Convention,
    Document,
    DurationClause,
    Mandate,
    Party,
    Visa,
)
from conventions.tests.factories import make_article, make_convention, make_party
from engagements.enums import State
from engagements.tests.factories import make_engagement, make_indicator, make_revoyure, make_target
from reporting.tests.pages import make_busy_convention, make_deadline, queries_of

TABS = ("", "texte/", "actes/", "documents/", "journal/")
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})
pytestmark = pytest.mark.django_db


@pytest.fixture
def read(client, cast):
    """Read a page of the cast's convention, as its manager unless told otherwise."""

    def _read(tab: str = "", *, user=None, convention=None) -> str:
        client.force_login(user or cast.manager)
        answer = client.get(f"/conventions/{(convention or cast.convention).pk}/{tab}")
        assert answer.status_code == 200
        return answer.content.decode().translate(SPACES).replace("&nbsp;", " ")

    return _read


def make_avenant(convention: Convention, effective_on: date, body: str) -> Act:
    """Sign an avenant that rewrites the convention's first article."""
    act = Act.objects.create(convention=convention, number=1, kind="avenant")
    first = ArticleVersion.objects.get(article__convention=convention, act__number=0)
    ArticleVersion.objects.create(
        article=first.article, act=act, operation=Change.REMPLACER, body=body, position=1
    )
    act.status, act.signed_on, act.effective_on = ActStatus.SIGNE, effective_on, effective_on
    act.save()
    return act


def make_document(convention: Convention, name: str, data: bytes, **fields) -> Document:
    fields.setdefault("kind", DocumentKind.AUTRE)
    document = Document.objects.create(
        convention=convention,
        name=name,
        content_type=fields.pop("content_type", "application/pdf"),
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        **fields,
    )
    document.path.parent.mkdir(parents=True, exist_ok=True)
    document.path.write_bytes(data)
    return document


def tabs_of(html: str) -> str:
    return html.partition('<nav class="tabs')[2].partition("</nav>")[0]


# Who --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tab", TABS)
def test_a_stranger_learns_nothing(client, cast, tab):
    client.force_login(cast.stranger)
    assert client.get(f"/conventions/{cast.convention.pk}/{tab}").status_code == 404


@pytest.mark.parametrize("tab", TABS)
def test_both_parties_read_every_tab(read, cast, tab):
    for user in (cast.reader, cast.counterpart):
        assert cast.convention.reference in read(tab, user=user)


@pytest.mark.parametrize("tab", TABS)
def test_queries_stay_under_fifteen_whatever_the_size(client, cast, tab):
    small = make_busy_convention(cast.epci, cast.action_logement)
    large = make_busy_convention(cast.epci, cast.action_logement, engagements=10)
    client.force_login(cast.manager)
    few = queries_of(client, f"/conventions/{small.pk}/{tab}")
    assert queries_of(client, f"/conventions/{large.pk}/{tab}") == few
    assert few <= 15


# Header and tabs --------------------------------------------------------------------------------


def test_the_header_names_the_parties_as_they_signed(read, cast):
    Party.objects.filter(pk=cast.first_party.pk).update(
        alias="Grand Lac", legal_nature_as_signed="communauté d’agglomération"
    )
    cast.epci.legal_nature = "communauté urbaine"
    cast.epci.save()
    html = read()
    assert "<b>Grand Lac</b>, communauté d’agglomération lors de la signature, et <b>" in html


def test_three_parties_are_named_one_after_the_other(read, cast):
    make_party(cast.convention, alias="Ville")
    first, second = cast.first_party.alias, cast.second_party.alias
    assert f"Entre <b>{first}</b>, <b>{second}</b> et <b>Ville</b>" in read()


def test_a_term_passed_without_a_recorded_end_is_said_at_the_top(read, cast):
    html = read()
    assert "poursuite de fait à régulariser" in html
    assert "1214 et 1215" in html
    assert "En vigueur" not in html
    Convention.objects.filter(pk=cast.convention.pk).update(closed_on=date(2020, 12, 10))
    assert "poursuite de fait" not in read()


def test_days_left_and_next_deadline_are_in_the_header(read, cast):
    Convention.objects.filter(pk=cast.convention.pk).update(ends_on=date(2098, 12, 10))
    deadline = make_deadline(cast.convention, due_on=date(2098, 1, 6), title="Geler la revoyure")
    html = read()
    assert "Jours restants" in html
    assert "jours écoulés sur" in html
    assert f'href="/echeances/{deadline.pk}/"' in html
    assert "lundi 6 janvier 2098" in html


def test_a_tab_exists_once_it_has_something_to_show(read, cast):
    labels = ("Engagements", "Indicateurs", "Échéances", "Revoyures", "Documents")
    assert not [label for label in labels if label in tabs_of(read(user=cast.reader))]
    make_engagement(cast.convention)
    make_target(cast.convention, make_indicator())
    make_deadline(cast.convention)
    make_revoyure(cast.convention)
    make_document(cast.convention, "a.pdf", b"a")
    tabs = tabs_of(read(user=cast.reader))
    assert [f"{label} <span>1</span>" in tabs for label in labels] == [True] * 5


def test_who_may_write_finds_the_tabs_to_begin_with(read, cast):
    draft = make_convention(epci=cast.epci)
    html = read(convention=draft)
    for label in ("Texte", "Engagements", "Documents"):
        assert label in tabs_of(html)
    assert "Continuer la rédaction" in html
    assert "Seul l’organisme qui le rédige le voit" in html
    assert "Continuer la rédaction" not in read(convention=draft, user=cast.reader)


# Synthèse ---------------------------------------------------------------------------------------


def test_the_summary_tells_votes_clauses_and_the_last_acts(read, cast):
    Mandate.objects.filter(party=cast.first_party).update(
        number="2017/003870", votes_for=115, votes_against=0, abstentions=2, members_in_office=129
    )
    record(cast.manager, Verb.CONVENTION_SIGNED, cast.convention, dossier=cast.convention.pk)
    html = read()
    assert "Délibération n° 2017/003870" in html
    assert "115 pour, 0 contre, 2 abstentions, 129 élus en exercice" in html
    assert "reçue en préfecture le 29 novembre 2017" in html
    assert "La convention dure 3 ans à compter de la signature." in html
    assert "la fin intervient 3 mois après l’envoi de la lettre." in html
    assert "<b>Claire Vuillemin</b> a enregistré la signature de" in html


def test_the_balance_leans_towards_who_still_owes_more(read, cast):
    make_engagement(cast.convention, cast.first_party, state=State.TENU)
    make_engagement(cast.convention, cast.second_party, due_on=date(2018, 1, 1))
    make_engagement(cast.convention, state=State.TENU)
    html = read()
    assert f"Le fléau penche vers {cast.second_party.alias}." in html
    assert "ne doit plus rien" in html
    assert "Un engagement est commun, un est déjà tenu." in html


def test_three_parties_get_a_list_and_no_scales(read, cast):
    third = make_party(cast.convention, alias="Ville")
    make_engagement(cast.convention, third)
    html = read()
    assert "Le fléau" not in html
    assert 'class="dues"' in html


# Texte ------------------------------------------------------------------------------------------


def test_each_day_has_its_own_text(read, cast):
    make_avenant(cast.convention, date(2019, 7, 4), "Le rythme est porté à 200.")
    before, after = read("texte/2019-07-03/"), read("texte/2019-07-04/")
    assert "Les parties conviennent" in before
    assert "porté à 200" not in before
    assert "porté à 200" in after
    assert "Modifié par l’avenant n° 1, art. 1" in after
    assert "Texte en vigueur le 4 juillet 2019" in after
    assert "porté à 200" in read("texte/")


@pytest.mark.parametrize("day", ["2019-13-45", "demain", "99999", "2019-02-30"])
def test_a_date_that_cannot_be_read_is_said_so_and_today_s_text_shown(read, day):
    html = read(f"texte/{day}/")
    assert "Cette date ne se lit pas" in html
    assert "Les parties conviennent" in html


@pytest.mark.parametrize("typed", ["2019-07-04", "04/07/2019", "4.7.2019"])
def test_the_date_picker_leads_to_the_address_of_the_day(client, cast, typed):
    client.force_login(cast.reader)
    answer = client.get(f"/conventions/{cast.convention.pk}/texte/", {"le": typed})
    assert answer.status_code == 302
    assert answer.url == f"/conventions/{cast.convention.pk}/texte/2019-07-04/"


def test_what_was_typed_badly_in_the_picker_comes_to_a_sentence(client, cast):
    client.force_login(cast.reader)
    address = f"/conventions/{cast.convention.pk}/texte/"
    answer = client.get(address, {"le": "../../;<b>"}, follow=True)
    assert answer.status_code == 200
    assert "Cette date ne se lit pas" in answer.content.decode()


def test_before_its_effect_a_convention_has_no_text(read):
    html = read("texte/2017-12-10/")
    assert "Aucun texte n’était en vigueur le 10 décembre 2017" in html
    assert "a pris effet le 11 décembre 2017" in html


def test_visas_lists_and_notes_stand_in_their_places(read, cast):
    draft = make_convention(epci=cast.epci)
    Visa.objects.create(act=draft.acts.get(), position=1, text="Vu le code,")
    above = make_article(draft, "2.2", parent=make_article(draft, "2"))
    body = "Premier alinéa.\n\nSoit :\n- le neuf ;\n- l’ancien."
    article = make_article(draft, "2.2.1", parent=above, body=body)
    make_engagement(draft, draft.parties.first(), article=article, wording="le neuf")
    html = read("texte/", convention=draft)
    assert "Projet de texte" in html
    assert "Vu le code," in html
    assert f'<h4 class="legal__title"><a href="#art-{article.pk}">Article 2.2.1.' in html
    assert "<li>le neuf ;</li>" in html
    knot = html.index("legal__row--engagement")
    assert html.index("Premier alinéa.") < knot < html.index("le neuf ;")
    assert 'class="note note--party-a"' in html


def test_a_wording_is_never_markup(read, cast):
    draft = make_convention(epci=cast.epci)
    make_article(draft, "1", heading="<i>Titre</i>", body="<script>alert(1)</script>")
    html = read("texte/", convention=draft)
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_a_reader_of_an_empty_draft_is_not_sent_to_write(read, cast):
    draft = make_convention(epci=cast.epci)
    assert "Rédiger les articles" in read("texte/", convention=draft)
    assert "Rédiger les articles" not in read("texte/", convention=draft, user=cast.reader)


# Actes, documents, journal ----------------------------------------------------------------------


def test_the_acts_say_who_signed_and_lead_to_their_text(read, cast):
    make_avenant(cast.convention, date(2019, 7, 4), "Autre.")
    html = read("actes/")
    assert "Camille Durand" in html
    assert "Avenant n° 1" in html
    assert f"/conventions/{cast.convention.pk}/texte/2019-07-04/" in html


@pytest.mark.parametrize(
    "name", ["convention.pdf", "délibération « 2017 ».pdf", 'é"; filename=x.pdf', "a\tb.pdf"]
)
def test_a_file_comes_back_byte_for_byte_under_its_own_name(client, cast, name):
    data = bytes(range(256)) * 9
    document = make_document(cast.convention, name, data)
    client.force_login(cast.reader)
    answer = client.get(f"/conventions/{cast.convention.pk}/documents/{document.pk}/")
    assert answer.content == data
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert "\n" not in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"


def test_a_file_is_reached_only_through_its_own_convention(client, cast):
    document = make_document(cast.convention, "a.pdf", b"a")
    other = make_convention(epci=cast.epci)
    client.force_login(cast.manager)
    assert client.get(f"/conventions/{other.pk}/documents/{document.pk}/").status_code == 404
    client.force_login(cast.stranger)
    address = f"/conventions/{cast.convention.pk}/documents/{document.pk}/"
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_bytes_that_changed_are_given_to_nobody(client, cast, harm, caplog):
    document = make_document(cast.convention, "a.pdf", b"avant")
    if harm == "changed":
        document.path.write_bytes(b"apres")
    else:
        document.path.unlink()
    client.force_login(cast.manager)
    answer = client.get(f"/conventions/{cast.convention.pk}/documents/{document.pk}/")
    assert answer.status_code == 500
    assert b"apres" not in answer.content
    assert "n’est plus celui" in answer.content.decode()
    assert "fingerprint" in caplog.text


def test_the_journal_speaks_french(read, cast):
    convention = cast.convention
    version = ArticleVersion.objects.get(article__convention=convention)
    record(
        cast.manager,
        Verb.ARTICLE_WRITTEN,
        version,
        dossier=convention.pk,
        changes={"heading": ["Objet", "Objet et durée"], "unknown_field": ["", "x" * 400]},
    )
    record(
        cast.manager,
        Verb.CONVENTION_SHARED,
        convention,
        dossier=convention.pk,
        old_status=ConventionStatus.BROUILLON,
        new_status=ConventionStatus.EN_NEGOCIATION,
    )
    record(
        None, Verb.CONVENTION_CLOSED, convention, dossier=convention.pk, reason="Remplacée en 2001"
    )
    html = read("journal/")
    assert "<b>Claire Vuillemin</b> a rédigé l’article 1" in html
    assert "Titre : « Objet » devient « Objet et durée »" in html
    assert "« brouillon » devient « en négociation »" in html
    assert "<b>Revoyure</b> a constaté la fin de" in html
    assert "Raison donnée : Remplacée en 2001" in html
    assert "x" * 200 not in html


def test_the_journal_writes_the_labels_of_the_forms(read, cast):
    clause = DurationClause.objects.get(convention=cast.convention)
    record(
        cast.manager,
        Verb.CONVENTION_CHANGED,
        clause,
        dossier=cast.convention.pk,
        changes={"unit": ["", "jours_ouvrables"], "article": ["", "article 112"]},
    )
    html = read("journal/")
    assert "a modifié la durée de 3 ans" in html
    assert "Unité : « jours ouvrables »" in html
    assert "article 112" not in html


def test_the_journal_of_another_convention_stays_there(read, cast):
    other = make_convention(epci=cast.epci, reference="AILLEURS-1")
    record(cast.manager, Verb.CONVENTION_CREATED, other, dossier=other.pk)
    assert "AILLEURS-1" not in read("journal/")


def test_reading_writes_nothing(client, cast):
    client.force_login(cast.manager)
    make_document(cast.convention, "a.pdf", b"a")
    for tab in TABS:
        client.get(f"/conventions/{cast.convention.pk}/{tab}")
        assert client.post(f"/conventions/{cast.convention.pk}/{tab}").status_code == 405
    html = client.get(f"/conventions/{cast.convention.pk}/journal/").content.decode()
    assert "Rien n’est encore arrivé" in html
