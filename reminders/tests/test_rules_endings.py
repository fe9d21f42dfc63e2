"""Ways out that were notified have their dates; what is only prepared has none."""

from datetime import date

import pytest

from conventions.actions.terminations import prepare_ending, record_letter
from conventions.enums import LetterKind, Situation, TerminationKind, TerminationStatus
from conventions.models import TerminationClause
from reminders.actions.gathering import facts_of
from reminders.enums import DeadlineKind as Kind
from reminders.models import Deadline
from reminders.rules.facts import EndingFacts, LetterFacts, Origin
from reminders.rules.projection import project
from reminders.tests.factories import make_facts, project_now

POSTED = date(2019, 3, 4)
EFFECT = date(2019, 6, 4)
ON = date(2019, 3, 20)


def _ending(**fields) -> EndingFacts:
    given = {
        "pk": 3,
        "kind": TerminationKind.RESILIATION,
        "status": TerminationStatus.NOTIFIEE,
        "party": "la Ville",
        "event_on": POSTED,
        "effect_on": EFFECT,
        "steps": ("Le préavis court de l’envoi.",),
        "clause_id": 7,
        "origin": Origin(7, "article 7", "trois mois à compter de l’envoi"),
    }
    return EndingFacts(**given | fields)


def _rows(*endings, **fields) -> dict:
    facts = make_facts(endings=endings, **fields)
    return {row.key: row for row in project(facts, on=ON)}


def test_the_end_of_a_running_notice_is_a_date_and_nothing_is_expected_after_it():
    rows = _rows(_ending(), situation=Situation.EN_PREAVIS, terminated_on=EFFECT)
    row = rows["sortie:3:effet"]
    assert (row.kind, row.due_on, row.safe_on) == (Kind.FIN_PREAVIS, EFFECT, None)
    assert row.steps == ("Le préavis court de l’envoi.",)
    assert row.source == "article 7"
    assert max(row.due_on for row in rows.values()) == EFFECT
    assert "terme" not in rows


@pytest.mark.parametrize(
    "fields",
    [
        {"status": TerminationStatus.PREPAREE, "event_on": None, "effect_on": None},
        {"status": TerminationStatus.RETIREE},
    ],
)
def test_what_is_prepared_or_withdrawn_has_no_date(fields):
    rows = _rows(_ending(**fields))
    assert not [key for key in rows if key.startswith(("sortie", "lettre"))]


def test_a_formal_notice_has_the_delay_of_its_letter_and_that_of_its_clause():
    notice = {"kind": TerminationKind.MISE_EN_DEMEURE, "cure_ends_on": date(2019, 4, 14)}
    rows = _rows(_ending(**notice))
    cure, effect = rows["sortie:3:reparation"], rows["sortie:3:effet"]
    assert (cure.due_on, cure.safe_on) == (date(2019, 4, 14), date(2019, 4, 12))
    assert (effect.kind, effect.due_on) == (Kind.FIN_MISE_EN_DEMEURE, EFFECT)
    repaired = _rows(
        _ending(**notice, status=TerminationStatus.REMEDIEE, closed_on=date(2019, 4, 2))
    )
    assert repaired["sortie:3:effet"].done_on == date(2019, 4, 2)


def test_an_electronic_letter_is_answered_within_fifteen_days():
    letter = LetterFacts(9, "Action Logement", date(2019, 3, 19))
    row = _rows(_ending(awaited_answers=(letter,)))["lettre:9:reponse"]
    assert (row.kind, row.due_on) == (Kind.REPONSE_LRE, date(2019, 3, 19))
    assert "L. 100" in row.steps[0]


@pytest.mark.django_db
def test_a_letter_once_posted_makes_its_dates_and_a_prepared_one_none(cast):
    convention = cast.convention
    ending = prepare_ending(
        convention,
        by=cast.manager,
        on=ON,
        party=cast.first_party,
        kind=TerminationKind.RESILIATION,
        clause=TerminationClause.objects.get(convention=convention),
        letter_kind=LetterKind.LRE,
    )
    assert facts_of(convention, on=ON).endings == ()
    project_now(convention, on=ON)
    new = (Kind.FIN_PREAVIS, Kind.REPONSE_LRE)
    assert not Deadline.objects.live().filter(kind__in=new).exists()
    record_letter(ending.letters.get(), by=cast.manager, on=ON, posted_on=POSTED)
    convention.refresh_from_db()
    project_now(convention, on=ON)
    found = Deadline.objects.live().filter(convention=convention, kind__in=new)
    assert dict(found.values_list("kind", "due_on")) == {
        Kind.FIN_PREAVIS: EFFECT,
        Kind.REPONSE_LRE: date(2019, 3, 19),
    }
