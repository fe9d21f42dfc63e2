from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import JournalEntry
from conventions.actions.articles import write_article
from conventions.actions.checklist import (
    answer_rule,
    checklist_obstacles,
    checklist_of,
    history_of,
)
from conventions.enums import ActStatus, ConventionStatus
from conventions.models import Act, ChecklistAnswer, Convention, Document
from conventions.rules.procedure import State
from conventions.rules.procedure_accord import RULES, rule_of
from conventions.tests.checklist import settle_procedure
from conventions.tests.drafting import TODAY, empower, make_avenant, make_drafting_cast
from conventions.tests.factories import make_article, make_convention

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    cast = make_drafting_cast()
    Act.objects.filter(pk=cast.act.pk).update(status=ActStatus.EN_NEGOCIATION)
    cast.act.refresh_from_db()
    return cast


def states(act):
    return {line.rule.id: line.verdict.state for line in checklist_of(act, on=TODAY)}


def answer(cast, rule, by=None, **more):
    more.setdefault("reply", "oui")
    more.setdefault("dated_on", TODAY)
    return answer_rule(cast.act, rule, by=by or cast.counterpart, on=TODAY, **more)


def rewrite(cast, body):
    version = cast.act.article_versions.first()
    write_article(
        version.article, by=cast.manager, on=TODAY,
        heading=version.heading, number=version.number, body=body,
    )  # fmt: skip


def test_every_rule_has_its_line_and_the_blocking_ones_say_what_to_do(cast):
    assert len(checklist_of(cast.act, on=TODAY)) == len(RULES)
    messages = " ".join(row.message for row in checklist_obstacles(cast.act, on=TODAY))
    assert "concertation" in messages
    assert "Désignez ses signataires" in messages
    assert all(row.waivable for row in checklist_obstacles(cast.act, on=TODAY))


def test_answers_and_signatories_clear_the_way(cast):
    empower(cast.convention)
    settle_procedure(cast.act, by=cast.manager, on=TODAY)
    assert checklist_obstacles(cast.act, on=TODAY) == []


def test_what_was_signed_before_the_portal_is_only_warned(cast):
    Act.objects.filter(pk=cast.act.pk).update(recorded_afterwards=True)
    act = Act.objects.get(pk=cast.act.pk)
    assert checklist_obstacles(act, on=TODAY) == []
    assert states(act)["r11"] == State.TO_ANSWER


def test_an_avenant_of_a_convention_signed_before_the_portal_follows_the_procedure(cast):
    Convention.objects.filter(pk=cast.convention.pk).update(recorded_afterwards=True)
    avenant = make_avenant(cast.convention)
    assert "concertation" in " ".join(one.message for one in checklist_obstacles(avenant, on=TODAY))
    Act.objects.filter(pk=avenant.pk).update(recorded_afterwards=True)
    assert checklist_obstacles(Act.objects.get(pk=avenant.pk), on=TODAY) == []


def test_an_answer_says_who_when_and_for_whom_and_a_newer_one_supersedes_it(cast):
    answer(cast, "r11", reply="non", dated_on=None)
    assert states(cast.act)["r11"] == State.TO_FIX
    given = answer(cast, "r11", note="Séance du comité régional.")
    assert (given.party, given.answered_by) == (cast.second, cast.counterpart)
    assert states(cast.act)["r11"] == State.ANSWERED
    assert [row.reply for row in history_of(cast.act, rule_of("r11"))] == ["oui", "non"]
    assert JournalEntry.objects.filter(verb="checklist_answered").count() == 2


def test_the_side_that_knows_answers(cast):
    with pytest.raises(PermissionDenied, match="Action Logement"):
        answer(cast, "r11", by=cast.manager)
    answer(cast, "r26", by=cast.manager)


def test_a_draft_kept_apart_is_answered_by_its_drafter(cast):
    Convention.objects.filter(pk=cast.convention.pk).update(status=ConventionStatus.BROUILLON)
    Act.objects.filter(pk=cast.act.pk).update(status=ActStatus.PROJET)
    act = Act.objects.get(pk=cast.act.pk)
    given = answer_rule(act, "r11", by=cast.manager, on=TODAY, reply="oui", dated_on=TODAY)
    assert given.party == cast.first
    with pytest.raises(PermissionDenied):
        answer_rule(act, "r11", by=cast.counterpart, on=TODAY, reply="oui", dated_on=TODAY)


def test_a_reader_a_stranger_and_the_platform_answer_nothing(cast):
    for person in (cast.reader, cast.stranger, cast.platform):
        with pytest.raises(PermissionDenied):
            answer(cast, "r11", by=person)
    assert not ChecklistAnswer.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"dated_on": None}, "dated_on"),
        ({"dated_on": TODAY + timedelta(days=1)}, "dated_on"),
        ({"reply": "sans_objet"}, "reply"),
        ({"reply": "peut-être"}, "reply"),
    ],
)
def test_an_answer_that_does_not_hold_is_refused_at_its_field(cast, given, field):
    with pytest.raises(ValidationError) as refusal:
        answer(cast, "r11", **given)
    assert field in refusal.value.error_dict


def test_a_question_that_calls_for_words_gets_them(cast):
    with pytest.raises(ValidationError) as refusal:
        answer(cast, "r02")
    assert "note" in refusal.value.error_dict


def test_the_document_is_one_of_this_convention(cast):
    other = make_convention()
    document = Document.objects.create(
        convention=other, kind="autre", name="a.pdf", content_type="application/pdf", size=1,
        sha256="0" * 64,
    )  # fmt: skip
    with pytest.raises(ValidationError) as refusal:
        answer(cast, "r11", document=document)
    assert "document" in refusal.value.error_dict


def test_a_question_that_does_not_arise_or_does_not_exist_is_refused(cast):
    for rule in ("r24", "r04", "r45", "zzz"):
        with pytest.raises(ValidationError, match="ne se pose pas"):
            answer(cast, rule)


def test_exclusivity_is_asked_once_the_text_speaks_of_it_and_again_when_it_changes(cast):
    rewrite(cast, "Les parties se consentent une exclusivité.")
    assert states(cast.act)["r24"] == State.TO_ANSWER
    answer(cast, "r24")
    assert states(cast.act)["r24"] == State.ANSWERED
    rewrite(cast, "Les parties se consentent une exclusivité totale.")
    assert states(cast.act)["r24"] == State.TO_ASK_AGAIN


def test_the_delegate_is_to_be_told_of_the_text_as_it_became(cast):
    answer(cast, "r26", by=cast.manager)
    assert states(cast.act)["r26"] == State.ANSWERED
    rewrite(cast, "Une autre rédaction.")
    assert states(cast.act)["r26"] == State.TO_ASK_AGAIN


def test_a_signed_act_takes_no_answer(cast):
    signed = Act(
        convention=cast.convention, number=1, kind="avenant", status=ActStatus.SIGNE,
        signed_on=TODAY, effective_on=TODAY,
    )  # fmt: skip
    signed.save()
    with pytest.raises(ValidationError, match="nouvel acte"):
        answer_rule(signed, "r11", by=cast.counterpart, on=TODAY, reply="oui", dated_on=TODAY)


def test_what_was_answered_for_the_convention_holds_for_its_avenant(cast):
    answer(cast, "r11")
    Act.objects.filter(pk=cast.act.pk).update(
        status=ActStatus.SIGNE, signed_on=TODAY, effective_on=TODAY
    )
    avenant = Act.objects.create(
        convention=cast.convention, number=1, kind="avenant", drafted_by=cast.epci
    )
    assert states(avenant)["r11"] == State.ANSWERED


def test_the_engagements_of_the_upper_floor_are_heard(cast):
    assert states(cast.act)["r34"] == State.TO_FIX
    make_article(cast.convention, "2")
    line = next(row for row in checklist_of(cast.act, on=TODAY) if row.rule.id == "r34")
    assert "Aucun engagement" in line.verdict.sentence
