"""The sign of life and the development inbox."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from reminders.actions.findings import raise_finding
from reminders.actions.heartbeat import SILENCE, WATCHED, beat
from reminders.enums import FindingKind
from reminders.models import Heartbeat

pytestmark = pytest.mark.django_db


def _health(client):
    response = client.get(reverse("reminders:health"))
    return response.status_code, response.content.decode()


def test_health_is_public_and_red_until_every_task_passed(client):
    assert _health(client) == (503, "ko planificateur projection autocontrole")
    beat("send_due_reminders", now=timezone.now())
    assert _health(client) == (503, "ko projection autocontrole")
    for watch in WATCHED:
        beat(watch.name, now=timezone.now())
    assert _health(client) == (200, "ok")


def test_health_turns_red_when_the_scheduler_dies(client):
    for watch in WATCHED:
        beat(watch.name, now=timezone.now())
    beat("send_due_reminders", now=timezone.now() - SILENCE - timedelta(seconds=1))
    assert _health(client) == (503, "ko planificateur")


def test_health_tells_nothing_of_the_data(client, cast):
    words = "Claire Vuillemin ne reçoit plus rien de CONV-1."
    for kind in FindingKind:
        raise_finding(kind, "1", words=words, now=timezone.now(), convention=cast.convention)
    status, body = _health(client)
    assert status == 503
    assert set(body.split()) <= {
        "ko", "planificateur", "projection", "autocontrole", "rappels", "conventions",
        "raisonnement", "base",
    }  # fmt: skip


def test_health_asks_three_things_of_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(3):
        _health(client)


def _foot(client):
    text = client.get(reverse("accounts:account")).content.decode()
    return text[text.index("<footer") :]


def test_every_page_says_when_the_scheduler_last_passed(client):
    client.force_login(make_user())
    assert "Le planificateur n’est pas encore passé" in _foot(client)
    beat("send_due_reminders", now=timezone.now())
    foot = _foot(client)
    assert "Dernier passage du planificateur" in foot
    assert "En retard" not in foot
    beat("send_due_reminders", now=timezone.now() - SILENCE - timedelta(seconds=1))
    assert "En retard" in _foot(client)


def test_the_foot_of_a_page_asks_nothing_twice_and_nothing_for_strangers(client):
    with CaptureQueriesContext(connection) as queries:
        assert "planificateur" not in client.get(reverse("accounts:login")).content.decode()
    assert not [row for row in queries if "heartbeat" in row["sql"]]
    client.force_login(make_user())
    beat("send_due_reminders", now=timezone.now())
    with CaptureQueriesContext(connection) as queries:
        _foot(client)
        _foot(client)
    assert len([row for row in queries if "heartbeat" in row["sql"]]) == 1


def test_a_heartbeat_is_one_row():
    for _ in range(3):
        beat("send_due_reminders", now=timezone.now())
    assert Heartbeat.objects.count() == 1


@pytest.fixture
def inbox(settings):
    settings.DEVELOPMENT_INBOX = True
    settings.EMAIL_BACKEND = "config.mail.DevelopmentInbox"

    def send(to, subject="Bonjour", body="Voici http://localhost:8000/ici/ et <b>cela</b>."):
        EmailMessage(subject, body, to=[to]).send()
        return max(path.stem for path in settings.MAIL_DIR.glob("*.eml"))

    return send


def _open(client, user, name=None):
    client.force_login(user)
    address = reverse("reminders:message", args=[name]) if name else reverse("reminders:inbox")
    return client.get(address)


def test_people_read_what_was_sent_to_them_and_nothing_else(client, inbox):
    reader, other = make_user(), make_user()
    mine, theirs = inbox(reader.email.upper()), inbox(other.email, subject="Secret")
    page = _open(client, reader)
    assert [mail.name for mail in page.context["page"].object_list] == [mine]
    assert "Secret" not in page.content.decode()
    assert _open(client, reader, theirs).status_code == 404
    assert _open(client, reader, mine).status_code == 200


def test_the_platform_reads_everything(client, inbox):
    name = inbox(make_user().email)
    assert _open(client, make_user(is_superuser=True), name).status_code == 200


def test_links_are_live_and_markup_is_not(client, inbox):
    reader = make_user()
    text = _open(client, reader, inbox(reader.email)).content.decode()
    assert 'href="http://localhost:8000/ici/"' in text
    assert "<b>cela</b>" not in text


@pytest.mark.parametrize("name", ["..", "secret_key", "20260101T000000000000-zzzzzzzz", "a%00b"])
def test_a_name_that_the_inbox_never_gave_is_no_file(client, inbox, name):
    response = _open(client, make_user(is_superuser=True), name)
    assert response.status_code == 404


def test_it_does_not_exist_in_production(client, settings, inbox):
    reader = make_user()
    name = inbox(reader.email)
    settings.DEVELOPMENT_INBOX = False
    assert _open(client, reader).status_code == 404
    assert _open(client, reader, name).status_code == 404


def test_it_is_closed_to_anonymous_people(client, inbox):
    assert client.get(reverse("reminders:inbox")).status_code == 302


def test_an_empty_inbox_says_what_would_come(client, inbox):
    assert "Aucun courriel pour vous" in _open(client, make_user()).content.decode()
