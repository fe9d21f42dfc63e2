"""The support desk reads everything and may only try again."""

import pytest
from django.urls import reverse

from accounts.enums import Verb
from accounts.models import JournalEntry
from accounts.tests.factories import make_user
from reminders.actions.heartbeat import beat
from reminders.enums import ReminderStatus
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
