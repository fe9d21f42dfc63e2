"""Each clause in one sentence that its parties would recognise."""

import pytest

from conventions.enums import Operation, TerminationGround, Trigger, Unit, YearBasis
from conventions.rules.clauses import (
    duration_in_words,
    quantity_in_words,
    revoyure_in_words,
    starting_from,
    termination_in_words,
)

LETTER = "lettre recommandée avec avis de réception"


@pytest.mark.parametrize(
    ("quantity", "unit", "words"),
    [
        (3, Unit.ANS, "3\u00a0ans"),
        (1, Unit.ANS, "1\u00a0an"),
        (1, Unit.MOIS, "1\u00a0mois"),
        (1, Unit.JOURS_OUVRABLES, "1\u00a0jour ouvrable"),
        (2, Unit.JOURS_FRANCS, "2\u00a0jours francs"),
    ],
)
def test_a_quantity_agrees_with_its_unit(quantity, unit, words):
    assert quantity_in_words(quantity, unit) == words


@pytest.mark.parametrize("trigger", Trigger)
def test_every_event_has_its_article(trigger):
    words = starting_from(trigger)
    assert words.startswith(("à compter de l", "à compter du "))
    assert "de le " not in words


def test_a_silent_text_is_said_to_be_silent():
    words = duration_in_words(quantity=3, unit=Unit.ANS, trigger="", prorogation_possible=False)
    assert words == "La convention dure 3\u00a0ans, sans que le texte dise à compter de quand."


def test_a_duration_that_can_be_prolonged_says_by_what():
    words = duration_in_words(
        quantity=3, unit=Unit.ANS, trigger=Trigger.SIGNATURE, prorogation_possible=True
    )
    assert words == (
        "La convention dure 3\u00a0ans à compter de la signature. "
        "Les parties peuvent la proroger par avenant."
    )


def test_a_notice_counted_from_a_letter():
    words = termination_in_words(
        ground=TerminationGround.SANS_MOTIF,
        form=LETTER,
        operation=Operation.PREAVIS,
        quantity=3,
        unit=Unit.MOIS,
        trigger=Trigger.ENVOI,
    )
    assert words.replace("\u00a0", " ") == (
        f"Chaque partie peut mettre fin à la convention sans motif, par {LETTER} ; "
        "la fin intervient 3 mois après l’envoi de la lettre."
    )


def test_a_notice_counted_back_from_the_end():
    words = termination_in_words(
        ground=TerminationGround.MANQUEMENT,
        form="",
        operation=Operation.REBOURS,
        quantity=1,
        unit=Unit.MOIS,
        trigger="",
    )
    assert "la lettre part au plus tard 1 mois avant" in words.replace("\u00a0", " ")


def test_the_yearly_review_says_its_calendar():
    words = revoyure_in_words(
        year_basis=YearBasis.CIVILE,
        opens_month=10,
        opens_day=1,
        contribution_days=45,
        meeting_days=65,
    ).replace("\u00a0", " ")
    assert words.startswith("Une revoyure par année civile, ouverte le 1er octobre.")
    assert "45 jours pour contribuer" in words
