"""The support desk reads everything and may only try again."""

import pytest
from django.urls import reverse

from accounts.enums import Verb
from accounts.models import Absence, JournalEntry
from accounts.tests.factories import make_user
from reminders.actions.findings import raise_finding
from reminders.actions.heartbeat import beat
from reminders.enums import DeadlineKind, ReminderStatus
from reminders.models import (
    AddedDeadline,
    CalendarFeed,
    Deadline,
    DeadlineAnswer,
    DeadlineNote,
    ExternalRecipient,
    LadderChoice,
    RhythmChoice,
)
from reminders.tests.factories import NOW, make_deadline, make_reminder

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed(cast):
    return make_reminder(
        make_deadline(cast.convention),
        cast.manager,
        status=ReminderStatus.ECHEC,
        attempts=27,
        failure="Serveur injoignable",
    )


@pytest.fixture
def desk(client):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize("model", ["deadline", "reminder", "heartbeat"])
def test_rows_are_listed_and_read_but_never_written(desk, failed, model):
    beat("send_due_reminders", now=NOW)
    pk = {"deadline": failed.deadline_id, "reminder": failed.pk, "heartbeat": "send_due_reminders"}
    listing = f"admin:reminders_{model}_changelist"
    assert desk.get(reverse(listing), {"q": "comité"} if model != "heartbeat" else {}).status_code
    assert desk.get(reverse(f"admin:reminders_{model}_add")).status_code == 403
    change = reverse(f"admin:reminders_{model}_change", args=[pk[model]])
    assert desk.get(change).status_code == 200
    assert desk.post(change, {}).status_code == 403
    assert desk.get(reverse(f"admin:reminders_{model}_delete", args=[pk[model]])).status_code == 403


def _try_again(client, reminder):
    data = {"action": "try_again", "_selected_action": [reminder.pk]}
    return client.post(reverse("admin:reminders_reminder_changelist"), data, follow=True)


def test_a_failed_reminder_goes_back_in_the_queue(desk, failed):
    response = _try_again(desk, failed)
    assert "remis en file" in response.content.decode()
    failed.refresh_from_db()
    assert (failed.status, failed.attempts) == (ReminderStatus.A_ENVOYER, 0)
    assert JournalEntry.objects.filter(verb=Verb.SUPPORT_CHANGED).exists()


def test_what_did_not_fail_is_left_alone(desk, failed):
    failed.status = ReminderStatus.ENVOYE
    failed.save()
    assert "n’est en échec" in _try_again(desk, failed).content.decode()
    failed.refresh_from_db()
    assert failed.status == ReminderStatus.ENVOYE


NEW = [
    "accounts_absence", "reminders_addeddeadline", "reminders_deadlinenote",
    "reminders_deadlineanswer", "reminders_ladderchoice", "reminders_rhythmchoice",
    "reminders_externalrecipient", "reminders_finding", "reminders_calendarfeed",
]  # fmt: skip


@pytest.fixture
def lived(cast, failed):
    """One row of each, known to both sides."""
    common = {"convention": cast.convention}
    day = NOW.date()
    return {
        "accounts_absence": Absence.objects.create(
            user=cast.manager, delegate=cast.contributor, starts_on=day, ends_on=day
        ),
        "reminders_addeddeadline": AddedDeadline.objects.create(
            title="Visite", due_on=day, sharing="parties", author=cast.manager, added_at=NOW,
            **common,
        ),
        "reminders_deadlinenote": DeadlineNote.objects.create(
            key="terme", body="Vu.", author=cast.manager, at=NOW, **common
        ),
        "reminders_deadlineanswer": DeadlineAnswer.objects.create(
            deadline=failed.deadline, party=cast.first_party, kind="faite", by=cast.manager, at=NOW
        ),
        "reminders_ladderchoice": LadderChoice.objects.create(user=cast.manager, kind="terme"),
        "reminders_rhythmchoice": RhythmChoice.objects.create(user=cast.manager),
        "reminders_externalrecipient": ExternalRecipient.objects.create(
            party=cast.first_party, email="notaire@exemple.fr", name="Me Roy",
            added_by=cast.manager, added_at=NOW, **common,
        ),
        "reminders_finding": raise_finding(
            "rappel_echoue", "rappel:1", words="Refusé.", now=NOW, deadline=failed.deadline
        ),
        "reminders_calendarfeed": CalendarFeed.objects.create(
            user=cast.manager, token_hash="e3b0c442" * 8, created_at=NOW
        ),
    }  # fmt: skip


@pytest.mark.parametrize("name", NEW)
def test_what_people_choose_is_read_and_never_written(desk, lived, name):
    page = desk.get(reverse(f"admin:{name}_changelist"), {"q": "r"})
    assert page.status_code == 200
    assert desk.get(reverse(f"admin:{name}_add")).status_code == 403
    change = reverse(f"admin:{name}_change", args=[lived[name].pk])
    text = desk.get(change).content.decode()
    assert "e3b0c442" not in text + page.content.decode()
    assert desk.post(change, {}).status_code == 403
    assert desk.get(reverse(f"admin:{name}_delete", args=[lived[name].pk])).status_code == 403


def _keep_to_one_side(cast, lived, failed):
    AddedDeadline.objects.update(sharing="moi")
    DeadlineNote.objects.update(reserved_to=cast.epci)
    Deadline.every.update(owner=cast.manager)


@pytest.mark.parametrize(
    "name",
    ["addeddeadline", "deadlinenote", "deadlineanswer", "finding", "reminder", "deadline"],
)
def test_what_somebody_keeps_to_themselves_is_not_opened(desk, cast, lived, failed, name):
    _keep_to_one_side(cast, lived, failed)
    rows = lived | {"reminders_reminder": failed, "reminders_deadline": failed.deadline}
    change = reverse(f"admin:reminders_{name}_change", args=[rows[f"reminders_{name}"].pk])
    assert desk.get(change).status_code == 302
    page = desk.get(reverse(f"admin:reminders_{name}_changelist"))
    assert page.context["cl"].result_count == 0


def test_what_one_side_answers_about_leaving_is_not_opened(desk, lived):
    Deadline.every.update(kind=DeadlineKind.RESILIATION)
    page = desk.get(reverse("admin:reminders_deadlineanswer_changelist"))
    assert page.context["cl"].result_count == 0
