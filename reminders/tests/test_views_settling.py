"""Answers, notes and added dates on pages: what is typed comes back, what is apart stays so."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role, Verb
from accounts.models import JournalEntry, Membership
from conventions.models import Convention
from reminders.actions.added import add_deadline
from reminders.actions.notes import write_note
from reminders.actions.settling import answer
from reminders.enums import DeadlineKind, ReminderNature, ReminderStatus
from reminders.models import AddedDeadline, Deadline, DeadlineAnswer, DeadlineNote
from reminders.tests.factories import make_deadline, make_reminder, plain

pytestmark = pytest.mark.django_db


def _in(days):
    return timezone.localdate() + timedelta(days=days)


def _when() -> dict:
    return {"on": timezone.localdate(), "now": timezone.now()}


@pytest.fixture
def convention(cast):
    Convention.objects.update(ends_on=_in(700))
    cast.convention.refresh_from_db()
    return cast.convention


@pytest.fixture
def meeting(convention):
    return make_deadline(convention, due_on=_in(17), steps=["Un calcul (une règle)."])


@pytest.fixture
def way_out(convention):
    return make_deadline(convention, due_on=_in(17), kind=DeadlineKind.RESILIATION)


def _page(client, user, deadline) -> str:
    client.force_login(user)
    return plain(client.get(reverse("reminders:detail", args=[deadline.pk])).content.decode())


def _post(client, user, name, *keys, **data):
    client.force_login(user)
    return client.post(reverse(f"reminders:{name}", args=keys), data)


def test_who_takes_care_of_it_is_on_the_page_of_both_sides(client, cast, meeting):
    response = _post(client, cast.contributor, "answer", meeting.pk, kind="prise_en_charge")
    assert response.status_code == 302
    for user in (cast.reader, cast.counterpart):
        text = _page(client, user, meeting)
        assert "Prise en charge" in text
        assert "Marc Oudot" in text


def test_void_without_a_reason_comes_back_with_its_choice(client, cast, meeting):
    response = _post(client, cast.manager, "answer", meeting.pk, kind="sans_objet")
    assert "Dites pourquoi cette échéance est sans objet." in response.content.decode()
    assert response.context["answer_form"]["kind"].value() == "sans_objet"
    assert not DeadlineAnswer.objects.exists()


def test_a_term_offers_neither_done_nor_void_and_says_why(client, cast, meeting):
    Deadline.objects.update(kind=DeadlineKind.TERME)
    text = _page(client, cast.manager, meeting)
    assert 'value="prise_en_charge"' in text
    assert 'value="faite"' not in text
    assert "Le terme est celui du contrat" in text
    response = _post(client, cast.manager, "answer", meeting.pk, kind="sans_objet", reason="x")
    assert response.status_code == 200
    assert not DeadlineAnswer.objects.exists()


def test_a_way_out_is_closed_on_one_side_only_and_its_page_too(client, cast, way_out):
    make_reminder(way_out, cast.manager, due_at=timezone.now() + timedelta(days=5))
    make_reminder(way_out, cast.counterpart, due_at=timezone.now() + timedelta(days=5))
    before = _page(client, cast.counterpart, way_out)
    assert "Inès Roche" in before
    assert "Claire Vuillemin" not in before
    said = {"kind": "sans_objet", "reason": "nous restons"}
    _post(client, cast.manager, "answer", way_out.pk, **said)
    ours = _page(client, cast.reader, way_out)
    assert "nous restons" in ours
    assert "Sans objet" in ours
    theirs = _page(client, cast.counterpart, way_out)
    assert "nous restons" not in theirs
    assert "Inès Roche" in theirs


def test_an_answer_is_taken_back_from_the_page(client, cast, way_out):
    answer(way_out, kind="sans_objet", reason="nous restons", by=cast.manager, **_when())
    assert "Retirer cette réponse" in _page(client, cast.contributor, way_out)
    _post(client, cast.contributor, "withdraw", way_out.pk, party=cast.first_party.pk)
    assert not DeadlineAnswer.objects.standing().exists()
    refused = _post(client, cast.contributor, "withdraw", way_out.pk)
    assert refused.status_code == 302
    assert "aucune réponse" in _page(client, cast.contributor, way_out)


def test_who_acts_for_both_sides_chooses_on_the_page(client, cast, meeting):
    Membership.objects.create(
        user=cast.manager, organisation=cast.action_logement, role=Role.RESPONSABLE,
        starts_on=_in(-900),
    )  # fmt: skip
    assert 'name="party"' in _page(client, cast.manager, meeting)
    party = cast.second_party
    _post(client, cast.manager, "answer", meeting.pk, kind="prise_en_charge", party=party.pk)
    assert DeadlineAnswer.objects.get().party == party


def test_nobody_answers_for_somebody_else_by_forging_the_form(client, cast, meeting):
    data = {"kind": "faite", "party": cast.second_party.pk}
    _post(client, cast.manager, "answer", meeting.pk, **data)
    assert DeadlineAnswer.objects.get().party == cast.first_party


def test_a_note_of_one_side_is_read_there_alone(client, cast, meeting):
    said = {"body": "Voir le maire <b>avant</b>", "sharing": "organisme"}
    assert _post(client, cast.contributor, "note", meeting.pk, **said).status_code == 302
    assert "Voir le maire &lt;b&gt;avant" in _page(client, cast.reader, meeting)
    assert "Voir le maire" not in _page(client, cast.counterpart, meeting)


def test_an_empty_note_says_what_to_do(client, cast, meeting):
    response = _post(client, cast.manager, "note", meeting.pk, body=" ", sharing="parties")
    assert "Écrivez la note" in response.content.decode()
    assert not DeadlineNote.objects.exists()


def test_its_author_removes_a_note_and_nobody_else_is_offered_to(client, cast, meeting):
    note = write_note(meeting, body="Salle 3", sharing="parties", by=cast.manager, **_when())
    remove = reverse("reminders:note_remove", args=[meeting.pk, note.pk])
    assert remove not in _page(client, cast.contributor, meeting)
    assert remove in _page(client, cast.manager, meeting)
    assert _post(client, cast.counterpart, "note_remove", meeting.pk, note.pk).status_code == 403
    _post(client, cast.manager, "note_remove", meeting.pk, note.pk)
    assert not DeadlineNote.objects.standing().exists()


def test_a_note_is_not_removed_through_another_date(client, cast, meeting, way_out):
    note = write_note(meeting, body="Salle 3", by=cast.manager, **_when())
    assert _post(client, cast.manager, "note_remove", way_out.pk, note.pk).status_code == 404


def test_the_page_says_why_each_message_leaves_and_who_stood_in(client, cast, meeting):
    now = timezone.now()
    make_reminder(
        meeting, cast.manager, status=ReminderStatus.ENVOYE, sent_at=now, rule=15,
        sent_to=cast.contributor.email,
    )  # fmt: skip
    make_reminder(meeting, cast.reader, rule=-3, due_at=now + timedelta(days=20))
    make_reminder(
        meeting, cast.counterpart, rule=7, nature=ReminderNature.ESCALADE,
        due_at=now + timedelta(days=10),
    )  # fmt: skip
    text = _page(client, cast.manager, meeting)
    assert "Marc Oudot (en l’absence de Claire Vuillemin)" in text
    assert "relance 3 jours après" in text
    assert "escalade, sans réponse à 7 jours" in text
    assert "Prochain rappel" in text


def test_the_history_of_a_date_says_from_what_to_what(client, cast, meeting):
    was = make_deadline(
        meeting.convention, key=meeting.key + "x", due_on=_in(3),
        projected_at=timezone.now() - timedelta(days=30), retired_at=timezone.now(),
    )  # fmt: skip
    Deadline.objects.filter(pk=was.pk).update(key=meeting.key)
    Deadline.objects.filter(pk=meeting.pk).update(
        projected_at=timezone.now(), trigger="Revoyure ouverte le 2."
    )
    text = _page(client, cast.reader, meeting)
    assert "Histoire de cette date" in text
    assert reverse("reminders:detail", args=[was.pk]) in text
    assert "Revoyure ouverte le 2." in text


# Added dates --------------------------------------------------------------------------------------


def _add(client, user, convention, **data):
    data = {"title": "Point", "due_on": _in(40).isoformat(), "sharing": "organisme"} | data
    return _post(client, user, "added_add", convention.pk, **data)


def test_a_date_added_leads_to_its_own_page_and_says_who_sees_it(client, cast, convention):
    response = _add(client, cast.contributor, convention, note="Apporter les chiffres.")
    row = Deadline.every.live().get(kind=DeadlineKind.AJOUTEE)
    assert response.url == reverse("reminders:detail", args=[row.pk])
    text = _page(client, cast.reader, row)
    assert "Réservée à Grand Lac" in text
    assert "Apporter les chiffres." in text
    assert _page(client, cast.counterpart, row).count("Point") == 0


def test_a_reader_is_offered_dates_of_their_own_alone(client, cast, convention):
    client.force_login(cast.reader)
    page = client.get(reverse("reminders:added_add", args=[convention.pk])).content.decode()
    assert 'value="moi"' in page
    assert 'value="parties"' not in page
    assert _add(client, cast.reader, convention, sharing="parties").status_code == 200
    assert not AddedDeadline.objects.exists()
    assert _add(client, cast.reader, convention, sharing="moi").status_code == 302


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"due_on": "2019-02-30"}, "Écrivez une date qui existe"),
        ({"due_on": "2019-02-01"}, "cette date est passée"),
        ({"title": ""}, "obligatoire"),
        ({"every_months": "61"}, "60"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, cast, convention, wrong, said):
    response = _add(client, cast.manager, convention, note="à garder", **wrong)
    text = response.content.decode()
    assert response.status_code == 200
    assert said in text
    assert "à garder" in text
    assert not AddedDeadline.objects.exists()


def test_a_date_is_changed_then_removed_from_its_pages(client, cast, convention):
    _add(client, cast.contributor, convention)
    added = AddedDeadline.objects.get()
    row = Deadline.every.live().get(kind=DeadlineKind.AJOUTEE)
    change = reverse("reminders:added_change", args=[convention.pk, added.pk])
    assert change in _page(client, cast.manager, row)
    assert change not in _page(client, cast.reader, row)
    data = {"title": "Point bis", "due_on": _in(50).isoformat(), "sharing": "organisme"}
    client.force_login(cast.manager)
    assert client.post(change, data).status_code == 302
    moved = Deadline.every.live().get(kind=DeadlineKind.AJOUTEE)
    assert (moved.title, moved.due_on) == ("Point bis", _in(50))
    _post(client, cast.manager, "added_remove", convention.pk, added.pk)
    assert not Deadline.every.live().filter(kind=DeadlineKind.AJOUTEE).exists()


def test_a_date_of_another_convention_is_not_reached_through_this_one(client, cast, convention):
    other = cast.counterpart
    _add(client, cast.manager, convention, sharing="parties")
    added = AddedDeadline.objects.get()
    client.force_login(other)
    address = reverse("reminders:added_change", args=[convention.pk + 999, added.pk])
    assert client.get(address).status_code == 404


def test_a_personal_date_tells_the_journal_of_nothing(client, cast, convention):
    add_deadline(
        convention, title="Secret", due_on=_in(9), sharing="moi", by=cast.reader, **_when()
    )
    line = JournalEntry.objects.get(verb=Verb.DEADLINE_ADDED)
    assert line.subject_label == "échéance personnelle"
    assert line.data == {}
