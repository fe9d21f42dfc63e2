"""Real agreements entered whole: every heading at its level, every word kept, then signed."""

from datetime import date

import pytest

from conventions.access import visible_to
from conventions.actions.obstacles import obstacles_of
from conventions.enums import ConventionStatus, Trigger
from conventions.models import DurationClause, TerminationClause
from conventions.models.amendments import definitions_of
from conventions.models.clauses_read import clause_lines, clauses_of
from conventions.models.consolidated import consolidated_text, draft_text
from conventions.rules.ecriture import to_html
from conventions.rules.ecriture_html import from_html
from conventions.rules.texte import blocks
from conventions.tests.reference_entry import CIL, SIGNED, enter, sign_initial
from conventions.tests.reference_texts import (
    available,
    printed_words,
    read_reference,
    read_words,
)

pytestmark = pytest.mark.django_db
YEAR_AFTER = date(2019, 1, 15)


@pytest.fixture(params=available())
def reference(request):
    return read_reference(request.param)


def test_no_word_of_a_body_is_lost_nor_added(reference):
    for passage in reference.passages:
        assert read_words(passage.body) == printed_words(passage.source), passage.heading


def test_a_body_opened_and_left_in_the_editor_comes_back_the_same(reference):
    for passage in reference.passages:
        back = from_html(to_html(passage.body, lambda code: None))
        assert blocks(back) == blocks(passage.body), passage.heading


def test_a_text_entered_and_signed_reads_as_it_was_printed(reference):
    entered = enter(reference)
    convention = entered.convention
    draft = draft_text(convention.acts.get())
    sign_initial(entered)
    text = consolidated_text(convention, on=SIGNED)
    assert [(a.code, a.number, a.heading, a.body) for a in text] == [
        (a.code, a.number, a.heading, a.body) for a in draft
    ]
    printed = [(p.kind, p.number, p.heading, p.level, p.body) for p in reference.passages]
    assert [(a.kind, a.number, a.heading, a.depth, a.body) for a in text] == printed
    assert convention.status == ConventionStatus.SIGNEE
    assert (convention.starts_on, convention.ends_on) == (SIGNED, date(2021, 1, 14))
    assert consolidated_text(convention, on=date(2018, 1, 14)) == []


def test_its_clauses_and_definitions_bind_as_they_were_told(reference):
    entered = enter(reference)
    sign_initial(entered)
    convention, terms = entered.convention, reference.notes.get("terms") or {}
    assert DurationClause.objects.get(convention=convention).trigger == ""
    ways_out = TerminationClause.objects.filter(convention=convention).binding(on=YEAR_AFTER)
    assert ways_out.count() == len(terms.get("termination", []))
    if len(terms.get("termination", [])) > 1:
        triggers = set(ways_out.values_list("trigger", flat=True))
        assert {Trigger.ENVOI, Trigger.DEPOT_RECEPISSE} <= triggers
    lines = clause_lines(clauses_of(convention.pk, on=YEAR_AFTER))
    assert len(lines) == 1 + bool(terms.get("revoyure")) + ways_out.count()
    assert definitions_of(convention, on=SIGNED)[0] == ("CIL", CIL)


def test_a_draft_is_its_drafter_s_alone_until_it_is_shared(reference):
    entered = enter(reference)
    ours, theirs = entered.managers.values()
    assert visible_to(ours, on=SIGNED).filter(pk=entered.convention.pk).exists()
    for other in (theirs, entered.stranger):
        assert not visible_to(other, on=SIGNED).filter(pk=entered.convention.pk).exists()


def test_what_blocks_a_signature_is_told_before_anybody_has_voted(reference):
    act = enter(reference).convention.acts.get()
    messages = " ".join(one.message for one in obstacles_of(act, on=SIGNED, signed_on=SIGNED))
    assert "accord" in messages
    assert "ne signe" in messages
