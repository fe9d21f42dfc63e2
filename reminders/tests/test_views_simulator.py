"""The simulator's page: its two questions, its sentences, its address, and no trace of it."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import JournalEntry
from accounts.tests.factories import make_member
from conventions.enums import (
    ActKind,
    ActStatus,
    ConventionStatus,
    EffectBasis,
    Operation,
    TerminationGround,
    TerminationKind,
    TerminationStatus,
    Trigger,
    Unit,
)
from conventions.models import Act, Convention, RevoyureClause, Termination, TerminationClause
from conventions.tests.factories import make_convention
from engagements.enums import Recurrence
from engagements.tests.factories import make_engagement
from reminders.enums import DeadlineKind
from reminders.tests.factories import make_deadline, plain

pytestmark = pytest.mark.django_db
STATEMENTS = 26


@pytest.fixture
def convention(cast):
    """The cast's convention, in force for long: the days asked for stay ahead of any reader."""
    Convention.objects.filter(pk=cast.convention.pk).update(ends_on=date(2099, 3, 31))
    cast.convention.refresh_from_db()
    return cast.convention


def _ask(client, user, convention, query=""):
    client.force_login(user)
    return client.get(reverse("reminders:simulator", args=[convention.pk]) + query)


def _text(response) -> str:
    return plain(unescape(response.content.decode()))


def _clause(act, **fields) -> TerminationClause:
    fields.setdefault("ground", TerminationGround.SANS_MOTIF)
    fields.setdefault("trigger", Trigger.ENVOI)
    fields.setdefault("quantity", 3)
    return TerminationClause.objects.create(
        convention=act.convention,
        act=act,
        operation=Operation.PREAVIS,
        unit=Unit.MOIS,
        wording="le préavis des parties",
        **fields,
    )


def _agreed(cast, *clauses: dict, disagreement: str | None = None, ends_on=date(2099, 3, 31)):
    """Return a convention signed with these ways out."""
    convention = make_convention(
        epci=cast.epci,
        action_logement=cast.action_logement,
        starts_on=date(2017, 12, 11),
        starts_on_basis=EffectBasis.DERNIERE_SIGNATURE,
        ends_on=ends_on,
    )
    act = convention.acts.get(number=0)
    for fields in clauses:
        _clause(act, **fields)
    if disagreement is not None:
        RevoyureClause.objects.create(convention=convention, act=act, disagreement=disagreement)
    _sign(act, date(2017, 12, 11))
    convention.status = ConventionStatus.SIGNEE
    convention.save()
    return convention


def _sign(act, day: date) -> None:
    act.status, act.signed_on, act.effective_on = ActStatus.SIGNE, day, day
    act.save()


def test_the_day_of_a_letter_gives_its_effect_and_its_reasoning(client, cast, convention):
    text = _text(_ask(client, cast.reader, convention, "?envoi=2098-11-29"))
    assert "Lettre postée le samedi 29 novembre 2098" in text
    assert "samedi 28 février 2099" in text
    assert "dimanche 1<sup>er</sup> mars 2099" in text
    assert "la clause le dit" in text
    assert "art. 668 CPC" in text
    assert "Ce calcul est une aide ; le texte signé fait foi." in text


def test_a_day_wanted_free_gives_the_last_days_to_post_and_the_counter_proof(
    client, cast, convention
):
    text = _text(_ask(client, cast.reader, convention, "?libre=2098-07-01"))
    assert "lundi 31 mars 2098" in text
    assert "Le compte est bon." in text
    assert "C’est trop tard." in text
    assert "Calcul à rebours, dessin" in text


def test_a_day_too_near_says_the_earliest_instead(client, cast, convention):
    today = timezone.localdate()
    text = _text(_ask(client, cast.reader, convention, f"?libre={today}"))
    assert "C’est déjà trop tard" in text
    assert "Postée au plus tôt, la lettre libère le" in text


def test_several_clauses_stand_side_by_side(client, cast):
    breach = {
        "ground": TerminationGround.MANQUEMENT,
        "trigger": Trigger.DEPOT_RECEPISSE,
        "survival": "Les logements engagés sont livrés.",
    }
    convention = _agreed(cast, {}, breach, disagreement="l’année est menée à terme")
    response = _ask(client, cast.reader, convention, "?envoi=2098-11-29")
    kinds = {row["outlet"].way.kind for row in response.context["rows"]}
    assert kinds == {
        TerminationKind.RESILIATION,
        TerminationKind.MISE_EN_DEMEURE,
        TerminationKind.DESACCORD,
    }
    text = _text(response)
    assert "Dernier jour pour réparer" in text
    assert "Les logements engagés sont livrés." in text
    assert "l’année civile" in text
    assert "l’année de convention" in text


def test_a_silent_clause_is_said_to_be_silent(client, cast):
    convention = _agreed(cast, {"trigger": ""})
    text = _text(_ask(client, cast.reader, convention, "?envoi=2098-11-29"))
    assert "La clause ne dit pas ce qui fait courir le préavis." in text
    assert "lecture prudente" in text
    assert "la clause le dit" not in text


def test_what_the_post_takes_is_asked_and_shown(client, cast):
    convention = _agreed(cast, {"trigger": Trigger.RECEPTION})
    query = "?envoi=2098-11-03&presente=4&remis=7"
    response = _ask(client, cast.reader, convention, query)
    answer = response.context["rows"][0]["answer"]
    assert answer.headline.event_on == date(2098, 11, 10)
    assert answer.at_the_latest.event_on == date(2098, 11, 22)
    assert "présentée après 4 jours, remise après 7 jours" in _text(response)


def test_an_avenant_that_binds_on_the_event_day_counts_and_is_named(client, cast):
    convention = _agreed(cast, {"trigger": ""})
    avenant = Act.objects.create(
        convention=convention, number=1, kind=ActKind.AVENANT, title="Préavis"
    )
    former = TerminationClause.objects.get(convention=convention)
    _clause(avenant, trigger="", quantity=1, replaces=former)
    _sign(avenant, date(2098, 12, 1))
    response = _ask(client, cast.reader, convention, "?envoi=2098-11-29")
    (row,) = response.context["rows"]
    by = {reading.fate.slug: reading for reading in row["answer"].readings}
    assert by["envoi"].version.act == "convention initiale"
    assert by["envoi"].last_bound_on == date(2099, 2, 28)
    assert by["garde"].last_bound_on == date(2099, 1, 16)
    assert "avenant n° 1" in _text(response)


@pytest.mark.parametrize(
    ("query", "sentence", "kept"),
    [
        ("?envoi=31/02/2026", "Écrivez une date qui existe", 'value="31/02/2026"'),
        ("?libre=demain", "Écrivez une date qui existe", 'value="demain"'),
        ("?envoi=1800-01-01", "Donnez une date des années 1950 à 2150", 'value="1800-01-01"'),
        ("?envoi=", "Donnez un jour", ""),
        ("?envoi=2098-11-29&libre=2099-01-01", "une question à la fois", 'value="2099-01-01"'),
        ("?envoi=2098-11-29&remis=1&presente=4", "avant d’être présentée", 'value="2098-11-29"'),
        ("?envoi=2098-11-29&remis=29", "quinze jours après la présentation", 'value="29"'),
        ("?envoi=2098-11-29&accepte=20", "dans les quinze jours", 'value="20"'),
        ("?envoi=2098-11-29&presente=deux", "nombre entier de jours", 'value="deux"'),
    ],
)
def test_a_bad_question_gets_a_sentence_and_loses_nothing(
    client, cast, convention, query, sentence, kept
):
    response = _ask(client, cast.reader, convention, query)
    assert response.status_code == 200
    assert sentence in _text(response)
    assert kept in _text(response)
    assert "rows" not in response.context


def test_before_its_first_day_the_convention_gives_a_sentence(client, cast, convention):
    text = _text(_ask(client, cast.reader, convention, "?envoi=2017-11-15"))
    assert "la convention ne lie pas encore" in text
    assert "11 décembre 2017" in text


def test_past_its_term_the_convention_gives_a_sentence(client, cast, convention):
    text = _text(_ask(client, cast.reader, convention, "?envoi=2099-05-01"))
    assert "Le terme est passé" in text
    text = _text(_ask(client, cast.reader, convention, "?libre=2099-05-01"))
    assert "La convention prend fin d’elle-même" in text


def test_a_notice_under_way_gives_a_sentence(client, cast, convention):
    Convention.objects.filter(pk=convention.pk).update(terminated_on=date(2098, 12, 31))
    text = _text(_ask(client, cast.reader, convention, "?envoi=2098-11-29"))
    assert "Un préavis court déjà" in text


def test_leaving_after_the_term_is_said_to_free_no_earlier(client, cast, convention):
    text = _text(_ask(client, cast.reader, convention, "?envoi=2099-02-01"))
    assert "cette lettre ne libère pas plus tôt que le terme" in text


def test_without_a_clause_the_law_alone_answers(client, cast):
    text = _text(_ask(client, cast.reader, _agreed(cast), "?envoi=2098-11-29"))
    assert "art. 1212" in text


@pytest.mark.parametrize("query", ["?envoi=2098-11-29", "?libre=2098-11-29"])
def test_without_term_nor_clause_examples_are_said_not_to_be_the_text_s(client, cast, query):
    text = _text(_ask(client, cast.reader, _agreed(cast, ends_on=None), query))
    assert "art. 1210 et 1211" in text
    assert "Exemples de durées, qui ne viennent pas du texte" in text
    assert "6 mois" in text


def test_a_draft_has_nothing_to_count(client, cast):
    draft = make_convention(epci=cast.epci, action_logement=cast.action_logement)
    assert "d’une convention signée" in _text(
        _ask(client, cast.manager, draft, "?envoi=2098-11-29")
    )


def test_what_falls_meanwhile_is_listed_in_order(client, cast, convention):
    make_engagement(
        convention,
        title="Rendre le bilan",
        due_on=date(2098, 11, 30),
        recurrence=Recurrence.TRIMESTRIELLE,
    )
    inside = make_deadline(convention, title="Réunir le comité", due_on=date(2098, 12, 15))
    make_deadline(convention, title="Trop loin", due_on=date(2099, 3, 15))
    make_deadline(
        convention, title="Autre lettre", due_on=date(2098, 12, 20), kind=DeadlineKind.RESILIATION
    )
    make_deadline(convention, title="À un autre", due_on=date(2098, 12, 5), owner=cast.counterpart)
    response = _ask(client, cast.reader, convention, "?envoi=2098-11-29")
    dues = response.context["dues"]
    assert [due.deadline for due in dues if due.deadline] == [inside]
    assert [due.day for due in dues] == [
        date(2098, 12, 15),
        date(2098, 12, 31),
        date(2099, 2, 28),
        date(2099, 2, 28),
    ]
    assert [due.engagement.title for due in dues if due.engagement] == ["Rendre le bilan"]
    assert dues[1].title == "Partir après un désaccord lors de la revoyure"


def test_the_address_is_canonical_and_names_the_colleagues(client, cast, convention, settings):
    settings.SITE_URL = "https://revoyure.exemple"
    response = _ask(client, cast.reader, convention, "?envoi=29/11/2098&remis=&autre=x")
    link = f"https://revoyure.exemple/conventions/{convention.pk}/simulateur/?envoi=2098-11-29"
    assert response.context["link"] == link
    names = {person.last_name for person in response.context["people"]}
    assert names == {"Vuillemin", "Oudot"}, "neither oneself nor the other side"
    make_member(cast.epci, ends_on=date(2020, 1, 1), starts_on=date(2019, 1, 1))
    assert len(_ask(client, cast.reader, convention, "?envoi=2098-11-29").context["people"]) == 2


def test_the_shared_address_opens_for_a_colleague_and_for_no_stranger(client, cast, convention):
    query = "?envoi=2098-11-29"
    assert _ask(client, cast.contributor, convention, query).status_code == 200
    assert _ask(client, cast.stranger, convention, query).status_code == 404


def test_a_question_leaves_no_trace(client, cast, convention):
    client.force_login(cast.manager)
    before = JournalEntry.objects.count()
    for query in ("?envoi=2098-11-29", "?libre=2098-11-29"):
        client.get(reverse("reminders:simulator", args=[convention.pk]) + query)
    assert JournalEntry.objects.count() == before
    assert not Termination.objects.exists()


def test_what_the_other_side_prepares_stays_unknown(client, cast, convention):
    Termination.objects.create(
        convention=convention,
        kind=TerminationKind.RESILIATION,
        party=cast.second_party,
        status=TerminationStatus.PREPAREE,
        planned_event_on=date(2098, 12, 1),
        reason="Un motif secret",
        created_by=cast.counterpart,
    )
    text = _text(_ask(client, cast.manager, convention, "?envoi=2098-11-29"))
    assert "secret" not in text
    assert "préparée" not in text


@pytest.mark.parametrize("query", ["?envoi=2098-11-29", "?libre=2098-11-29"])
def test_the_statements_do_not_grow_with_the_clauses(
    client, cast, django_assert_max_num_queries, query
):
    convention = _agreed(cast, *({} for _ in range(6)), disagreement="")
    for rank in range(12):
        make_deadline(convention, due_on=date(2098, 12, 1 + rank))
    client.force_login(cast.reader)
    with django_assert_max_num_queries(STATEMENTS):
        client.get(reverse("reminders:simulator", args=[convention.pk]) + query)
