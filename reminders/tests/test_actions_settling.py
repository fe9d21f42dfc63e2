"""What one side says of a date: who is silenced, who learns of it, and what is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.enums import OrganisationKind, Role, Verb
from accounts.models import JournalEntry, Membership
from accounts.tests.factories import make_member, make_organisation, make_user
from conventions.access import entries_visible_to
from conventions.tests.factories import make_territory
from engagements.tests.factories import make_engagement
from reminders.access import answers_visible_to, reminders_visible_to
from reminders.actions.settling import answer, mark_done, reopen, withdraw_answer
from reminders.enums import AnswerKind, DeadlineKind, DeadlineSituation, ReminderStatus
from reminders.models import Deadline, DeadlineAnswer, Reminder
from reminders.tests.factories import make_deadline, make_reminder
from territories.enums import TerritoryKind

pytestmark = pytest.mark.django_db

TODAY = date(2019, 3, 1)
NOW = datetime(2019, 3, 1, 8, tzinfo=UTC)
WHEN = {"on": TODAY, "now": NOW}
COMING = TODAY + timedelta(days=40)


@pytest.fixture
def meeting(cast):
    """A committee that both parties prepare, each with a reminder to come."""
    return _armed(make_deadline(cast.convention, due_on=COMING), cast)


@pytest.fixture
def way_out(cast):
    """A last day to post a letter: each side decides for itself."""
    return _armed(
        make_deadline(cast.convention, due_on=COMING, kind=DeadlineKind.RESILIATION), cast
    )


def _armed(deadline, cast):
    for person in (cast.manager, cast.counterpart):
        make_reminder(deadline, person, due_at=NOW + timedelta(days=30))
    return deadline


def _waiting(deadline) -> set:
    return {row.recipient for row in Reminder.objects.unsent().filter(deadline=deadline)}


def _told(verb) -> JournalEntry:
    return JournalEntry.objects.get(verb=verb)


def test_whoever_takes_care_of_it_is_named_and_reminders_go_on(cast, meeting):
    said = answer(meeting, kind="prise_en_charge", by=cast.contributor, **WHEN)
    meeting.refresh_from_db()
    assert (said.party, said.by) == (cast.first_party, cast.contributor)
    assert meeting.done_on is None
    assert _waiting(meeting) >= {cast.manager, cast.counterpart}
    assert _told(Verb.DEADLINE_TAKEN).dossier_id == cast.convention.pk


def test_done_closes_the_date_for_everybody(cast, meeting):
    answer(meeting, kind="faite", reason="réuni", by=cast.manager, **WHEN)
    meeting.refresh_from_db()
    assert (meeting.done_on, meeting.done_note) == (TODAY, "réuni")
    assert meeting.situation_on(TODAY) == DeadlineSituation.FAITE
    assert _waiting(meeting) == set()
    assert "reserved_to" not in _told(Verb.DEADLINE_DONE).data


def test_void_closes_it_too_and_says_why(cast, meeting):
    answer(meeting, kind="sans_objet", reason="reporté d’un commun accord", by=cast.manager, **WHEN)
    meeting.refresh_from_db()
    assert meeting.not_applicable
    assert meeting.situation_on(TODAY) == DeadlineSituation.SANS_OBJET
    assert _told(Verb.DEADLINE_WAIVED).data["note"] == "reporté d’un commun accord"


@pytest.mark.parametrize("reason", ["", "   "])
def test_void_without_a_reason_is_refused(cast, meeting, reason):
    with pytest.raises(ValidationError, match="Dites pourquoi") as refused:
        answer(meeting, kind="sans_objet", reason=reason, by=cast.manager, **WHEN)
    assert "reason" in refused.value.error_dict
    assert not DeadlineAnswer.objects.exists()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (DeadlineKind.TERME, "faite"),
        (DeadlineKind.TERME, "sans_objet"),
        (DeadlineKind.PROROGATION, "sans_objet"),
        (DeadlineKind.ENGAGEMENT, "sans_objet"),
        (DeadlineKind.CONTROLE_LEGALITE, "sans_objet"),
        (DeadlineKind.FIN_PREAVIS, "faite"),
    ],
)
def test_one_side_alone_does_not_silence_the_other_about_the_law_or_the_contract(
    cast, meeting, kind, said
):
    Deadline.objects.update(kind=kind)
    with pytest.raises(ValidationError) as refused:
        answer(meeting, kind=said, reason="sans intérêt", by=cast.manager, **WHEN)
    assert refused.value.code == "not_alone"
    assert _waiting(meeting) == {cast.manager, cast.counterpart}


@pytest.mark.parametrize("kind", ["faite", "sans_objet"])
def test_where_each_side_decides_only_that_side_is_silenced(cast, way_out, kind):
    answer(way_out, kind=kind, reason="nous restons", by=cast.manager, **WHEN)
    way_out.refresh_from_db()
    assert way_out.done_on is None
    assert _waiting(way_out) == {cast.counterpart}


def test_and_the_other_side_never_learns_of_it(cast, way_out):
    answer(way_out, kind="sans_objet", reason="nous restons", by=cast.manager, **WHEN)
    withdraw_answer(way_out, by=cast.manager, **WHEN)
    answer(way_out, kind="prise_en_charge", by=cast.manager, **WHEN)
    theirs, ours = cast.counterpart, cast.reader
    entries = JournalEntry.objects.filter(verb__startswith="deadline_")
    assert entries.count() == 3
    assert not entries_visible_to(theirs, entries, on=TODAY).exists()
    assert entries_visible_to(ours, entries, on=TODAY).count() == 3
    assert not answers_visible_to(theirs, on=TODAY).exists()
    assert answers_visible_to(ours, on=TODAY).count() == 1
    seen = reminders_visible_to(theirs, way_out, on=TODAY)
    assert {row.recipient for row in seen} == {theirs}


def test_withdrawing_wakes_up_the_side_that_had_answered(cast, way_out):
    answer(way_out, kind="sans_objet", reason="nous restons", by=cast.manager, **WHEN)
    Reminder.objects.filter(recipient=cast.manager).update(rule=30)
    withdraw_answer(way_out, by=cast.contributor, **WHEN)
    assert DeadlineAnswer.objects.get().withdrawn_at == NOW
    assert cast.manager in _waiting(way_out)
    with pytest.raises(ValidationError, match="aucune réponse"):
        withdraw_answer(way_out, by=cast.manager, **WHEN)


def test_withdrawing_what_closed_the_date_reopens_it(cast, meeting):
    answer(meeting, kind="sans_objet", reason="reporté", by=cast.manager, **WHEN)
    withdraw_answer(meeting, by=cast.manager, **WHEN)
    meeting.refresh_from_db()
    assert (meeting.done_on, meeting.not_applicable) == (None, False)
    assert not DeadlineAnswer.objects.standing().exists()


def test_either_side_reopens_what_the_other_closed(cast, meeting):
    answer(meeting, kind="faite", by=cast.manager, **WHEN)
    reopen(meeting, by=cast.counterpart, **WHEN)
    meeting.refresh_from_db()
    assert meeting.done_on is None
    assert not DeadlineAnswer.objects.standing().exists()


def test_another_answer_replaces_the_first(cast, meeting):
    answer(meeting, kind="prise_en_charge", by=cast.manager, **WHEN)
    answer(meeting, kind="faite", by=cast.contributor, **WHEN)
    assert DeadlineAnswer.objects.standing().get().kind == AnswerKind.FAITE
    assert DeadlineAnswer.objects.count() == 2


def test_the_same_answer_twice_is_refused(cast, meeting):
    answer(meeting, kind="prise_en_charge", by=cast.manager, **WHEN)
    with pytest.raises(ValidationError, match="déjà donné"):
        answer(meeting, kind="prise_en_charge", by=cast.manager, **WHEN)


@pytest.mark.parametrize("who", ["reader", "stranger"])
def test_who_may_not_contribute_answers_nothing(cast, meeting, who):
    with pytest.raises(PermissionDenied):
        answer(meeting, kind="faite", by=getattr(cast, who), **WHEN)


def test_the_platform_speaks_for_nobody(cast, meeting):
    with pytest.raises(PermissionDenied):
        answer(meeting, kind="faite", by=make_user(is_superuser=True), **WHEN)


def test_who_acts_for_several_parties_says_for_which(cast, way_out):
    both = cast.manager
    Membership.objects.create(
        user=both, organisation=cast.action_logement, role=Role.RESPONSABLE,
        starts_on=date(2010, 1, 1),
    )  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        answer(way_out, kind="faite", by=both, **WHEN)
    assert "party" in refused.value.error_dict
    said = answer(way_out, kind="faite", party=cast.second_party, by=both, **WHEN)
    assert said.party == cast.second_party
    # Still to be told in the other's name.
    assert both in _waiting(way_out)


def test_nobody_speaks_for_a_party_that_is_not_theirs(cast, meeting):
    with pytest.raises(PermissionDenied):
        answer(meeting, kind="faite", party=cast.second_party, by=cast.manager, **WHEN)


def test_only_the_party_that_a_date_concerns_answers_it(cast, meeting):
    Deadline.objects.update(kind=DeadlineKind.HABILITATION, party=cast.first_party)
    with pytest.raises(PermissionDenied, match="concerne"):
        answer(meeting, kind="sans_objet", reason="x", by=cast.counterpart, **WHEN)
    answer(meeting, kind="sans_objet", reason="renouvelée", by=cast.manager, **WHEN)


def test_only_its_debtors_answer_the_date_of_an_engagement(cast):
    engagement = make_engagement(cast.convention, cast.second_party)
    row = make_deadline(
        cast.convention, due_on=COMING, kind=DeadlineKind.ENGAGEMENT, engagement=engagement
    )
    with pytest.raises(PermissionDenied):
        answer(row, kind="prise_en_charge", by=cast.manager, **WHEN)
    assert answer(row, kind="prise_en_charge", by=cast.counterpart, **WHEN)


def test_a_delegation_answers_for_its_body_in_its_region_alone(cast, way_out):
    here = make_territory(kind=TerritoryKind.REGION, code="27")
    there = make_territory(kind=TerritoryKind.REGION, code="93")
    type(cast.convention).objects.update(region=here)
    agents = [
        make_member(
            make_organisation(
                kind=OrganisationKind.DELEGATION, acts_for=cast.action_logement, regions=[region]
            ),
            Role.CONTRIBUTEUR,
        )
        for region in (here, there)
    ]
    said = answer(way_out, kind="sans_objet", reason="non", by=agents[0], **WHEN)
    assert said.party == cast.second_party
    assert answers_visible_to(cast.counterpart, on=TODAY).get() == said
    with pytest.raises(PermissionDenied):
        answer(way_out, kind="faite", by=agents[1], **WHEN)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"rolling": True}, "glissante"),
        ({"retired_at": NOW}, "remplacée"),
        ({"done_on": TODAY}, "déjà déclarée"),
    ],
)
def test_what_cannot_be_answered_says_why(cast, meeting, fields, words):
    Deadline.objects.update(**fields)
    with pytest.raises(ValidationError, match=words):
        answer(meeting, kind="faite", by=cast.manager, **WHEN)


def test_a_date_of_ones_own_is_closed_without_its_words_in_the_journal(cast):
    own = make_deadline(cast.convention, due_on=COMING, owner=cast.reader, title="Mon anniversaire")
    assert answer(own, kind="faite", by=cast.reader, **WHEN) is None
    own.refresh_from_db()
    assert own.done_by == cast.reader
    entry = _told(Verb.DEADLINE_DONE)
    assert entry.dossier_id is None
    assert "anniversaire" not in str(entry)
    with pytest.raises(ValidationError, match="déjà"):
        answer(own, kind="faite", by=cast.reader, **WHEN)


def test_a_date_of_one_organisation_is_answered_out_of_the_others_sight(cast):
    kept = make_deadline(cast.convention, due_on=COMING, reserved_to=cast.epci)
    answer(kept, kind="faite", by=cast.contributor, **WHEN)
    assert _told(Verb.DEADLINE_DONE).data["reserved_to"] == cast.epci.pk
    with pytest.raises(PermissionDenied):
        reopen(kept, by=cast.counterpart, **WHEN)


def test_done_in_nobody_s_name_does_not_close_what_each_side_decides(cast, meeting, way_out):
    mark_done(meeting, by=cast.manager, on=TODAY, note="réuni")
    with pytest.raises(ValidationError, match="pour elle-même"):
        mark_done(way_out, by=cast.manager, on=TODAY)
    assert Reminder.objects.filter(deadline=meeting, status=ReminderStatus.ANNULE).count() == 2
