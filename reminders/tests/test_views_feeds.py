"""A private calendar: who opens it, what it shows, and what becomes of a date that moves."""

from datetime import timedelta

import pytest
import vobject
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.actions.members import hash_token
from accounts.enums import Verb
from accounts.models import JournalEntry
from accounts.tests.factories import make_user
from reminders.actions.agenda import STATEMENT, entries_for
from reminders.actions.feeds import create_feed
from reminders.enums import AnswerKind, DeadlineKind
from reminders.models import CalendarFeed, Deadline, DeadlineAnswer
from reminders.tests.factories import make_deadline
from reminders.tests.test_rules_agenda import strict

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def coming(cast, today):
    return make_deadline(
        cast.convention,
        due_on=today + timedelta(days=40),
        safe_on=today + timedelta(days=38),
        source="article 9",
        steps=["Le comité se réunit chaque année.", "Donc ce jour-là."],
    )


@pytest.fixture
def token(cast):
    return create_feed(cast.manager, now=timezone.now())


def _address(token):
    return reverse("reminders:feed", args=[token])


def _events(client, token):
    response = client.get(_address(token))
    assert response.status_code == 200
    strict(response.content)
    found = vobject.readOne(response.content.decode())
    return {event.uid.value: event for event in getattr(found, "vevent_list", [])}


def _move(deadline, days, **fields):
    """What a projection does: retire the row, write another under the same key."""
    Deadline.objects.filter(pk=deadline.pk).update(retired_at=timezone.now())
    fields = {"key": deadline.key, "due_on": deadline.due_on + timedelta(days=days)} | fields
    return make_deadline(deadline.convention, **fields)


def test_the_feed_needs_no_login_and_shows_the_day_to_act_and_why(client, cast, coming, token):
    event = _events(client, token)[f"{cast.convention.pk}-{coming.key}@revoyure"]
    assert event.dtstart.value == coming.safe_on
    assert event.status.value == "CONFIRMED"
    assert event.url.value.endswith(f"/echeances/{coming.pk}/")
    text = event.description.value
    assert "Fondement : article 9" in text
    assert "Donc ce jour-là." in text
    assert "Dernier jour : " in text
    assert STATEMENT in text


def test_a_date_that_moves_keeps_its_entry_and_its_sequence_grows(client, cast, coming, token):
    uid = f"{cast.convention.pk}-{coming.key}@revoyure"
    seen = [_events(client, token)[uid]]
    moved = _move(coming, 9)
    seen.append(_events(client, token)[uid])
    Deadline.objects.filter(pk=moved.pk).update(title="Réunir le comité de suivi", revision=1)
    seen.append(_events(client, token)[uid])
    Deadline.objects.filter(pk=moved.pk).update(done_on=timezone.localdate())
    answer = DeadlineAnswer.objects.create(
        deadline=moved, party=cast.first_party, kind=AnswerKind.FAITE, by=cast.manager,
        at=timezone.now(),
    )  # fmt: skip
    seen.append(_events(client, token)[uid])
    Deadline.objects.filter(pk=moved.pk).update(done_on=None)
    DeadlineAnswer.objects.filter(pk=answer.pk).update(withdrawn_at=timezone.now())
    seen.append(_events(client, token)[uid])
    Deadline.objects.filter(pk=moved.pk).update(retired_at=timezone.now())
    seen.append(_events(client, token)[uid])
    _move(moved, 3)
    seen.append(_events(client, token)[uid])
    sequences = [int(event.sequence.value) for event in seen]
    assert sequences == sorted(set(sequences))
    stamps = [event.last_modified.value for event in seen]
    assert stamps == sorted(stamps)
    assert seen[1].dtstart.value == moved.due_on
    assert seen[2].summary.value.startswith("Réunir le comité de suivi")
    assert seen[3].summary.value.startswith("Faite : ")
    assert not seen[4].summary.value.startswith("Faite")
    assert seen[5].status.value == "CANCELLED"
    assert seen[5].summary.value.startswith("Annulée : ")
    assert seen[6].status.value == "CONFIRMED"


def test_a_date_withdrawn_is_said_cancelled_for_six_months(cast, coming, today):
    now = timezone.now()
    Deadline.objects.filter(pk=coming.pk).update(retired_at=now)
    assert [entry.cancelled for entry in entries_for(cast.manager, on=today)] == [True]
    later = today + timedelta(days=200)
    assert entries_for(cast.manager, on=later) == []


def test_what_passed_then_left_the_projection_is_not_said_cancelled(cast, coming, today):
    past = today - timedelta(days=20)
    Deadline.objects.filter(pk=coming.pk).update(
        due_on=past, safe_on=None, retired_at=timezone.now()
    )
    assert entries_for(cast.manager, on=today) == []


def test_a_rolling_answer_is_no_entry(cast, today):
    make_deadline(cast.convention, due_on=today + timedelta(days=30), rolling=True)
    assert entries_for(cast.manager, on=today) == []


def test_the_other_side_never_learns_who_means_to_leave(cast, coming, today):
    Deadline.objects.filter(pk=coming.pk).update(kind=DeadlineKind.RESILIATION)
    before = entries_for(cast.counterpart, on=today)
    DeadlineAnswer.objects.create(
        deadline=coming, party=cast.first_party, kind=AnswerKind.SANS_OBJET, reason="Nous restons.",
        by=cast.manager, at=timezone.now(),
    )  # fmt: skip
    assert entries_for(cast.counterpart, on=today) == before
    own = entries_for(cast.manager, on=today)[0]
    assert own.summary.startswith("Sans objet : ")
    assert own.sequence == before[0].sequence + 1


def test_the_feed_has_the_rights_of_its_owner_at_each_reading(client, cast, coming, today):
    stranger = create_feed(cast.stranger, now=timezone.now())
    assert _events(client, stranger) == {}
    mine = create_feed(cast.reader, now=timezone.now())
    assert len(_events(client, mine)) == 1
    cast.reader.memberships.update(ends_on=today - timedelta(days=1))
    assert _events(client, mine) == {}


def test_a_date_kept_to_one_person_is_theirs_alone(cast, coming, today):
    Deadline.every.filter(pk=coming.pk).update(owner=cast.manager)
    assert entries_for(cast.contributor, on=today) == []


@pytest.mark.parametrize("ending", ["unknown", "revoked", "replaced", "disabled"])
def test_a_dead_address_and_an_unknown_one_answer_alike(client, cast, token, ending):
    unknown = client.get(_address("a" * 43))
    if ending == "revoked":
        CalendarFeed.objects.update(revoked_at=timezone.now())
    elif ending == "replaced":
        create_feed(cast.manager, now=timezone.now())
    elif ending == "disabled":
        type(cast.manager).objects.filter(pk=cast.manager.pk).update(is_active=False)
    else:
        token = "b" * 43
    response = client.get(_address(token))
    assert response.status_code == unknown.status_code == 404
    assert response.content == unknown.content


def test_an_unchanged_calendar_is_not_sent_twice(client, coming, token):
    first = client.get(_address(token))
    again = client.get(_address(token), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    Deadline.objects.filter(pk=coming.pk).update(title="Autre")
    moved = client.get(_address(token), headers={"If-None-Match": first.headers["ETag"]})
    assert moved.status_code == 200


def test_nobody_keeps_the_feed_but_its_reader(client, coming, token):
    headers = client.get(_address(token)).headers
    assert headers["Cache-Control"] == "private, no-cache"
    assert "noindex" in headers["X-Robots-Tag"]
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"


def test_the_last_reading_is_kept_once_an_hour(client, token):
    client.get(_address(token))
    first = CalendarFeed.objects.get().last_read_at
    client.get(_address(token))
    assert CalendarFeed.objects.get().last_read_at == first
    CalendarFeed.objects.update(last_read_at=first - timedelta(hours=2))
    client.get(_address(token))
    assert CalendarFeed.objects.get().last_read_at >= first


def test_many_dates_ask_no_more_queries(client, cast, today, token):
    def count():
        with CaptureQueriesContext(connection) as queries:
            client.get(_address(token))
        return len(queries)

    make_deadline(cast.convention, due_on=today + timedelta(days=1))
    client.get(_address(token))
    few = count()
    for rank in range(10):
        _move(make_deadline(cast.convention, due_on=today + timedelta(days=rank)), 4)
    assert count() == few <= 6


# The page ---------------------------------------------------------------------------------------


def _post(client, name):
    return client.post(reverse(f"reminders:{name}"), follow=True)


def test_the_address_is_shown_once_and_only_its_digest_is_kept(client, cast, settings):
    settings.SITE_URL = "https://revoyure.exemple"
    client.force_login(cast.manager)
    page = _post(client, "feed_create").content.decode()
    token = page.split("https://revoyure.exemple/agenda/")[1].split(".ics")[0]
    assert len(token) >= 43
    assert f"webcal://revoyure.exemple/agenda/{token}.ics" in page
    assert CalendarFeed.objects.get().token_hash == hash_token(token)
    assert token not in client.get(reverse("reminders:feed_manage")).content.decode()
    entry = JournalEntry.objects.get(verb=Verb.FEED_CREATED)
    assert token not in str(entry.content())
    assert hash_token(token) not in str(entry.content())


def test_replacing_kills_the_former_address_and_says_it(client, cast, token):
    client.force_login(cast.manager)
    _post(client, "feed_create")
    assert client.get(_address(token)).status_code == 404
    assert CalendarFeed.objects.filter(revoked_at__isnull=True).count() == 1
    assert JournalEntry.objects.filter(verb=Verb.FEED_REVOKED).count() == 1


def test_withdrawing_is_said_and_cannot_be_done_twice(client, cast, token):
    client.force_login(cast.manager)
    assert "L’adresse est retirée" in _post(client, "feed_revoke").content.decode()
    assert client.get(_address(token)).status_code == 404
    assert "Aucune adresse d’agenda n’est ouverte" in _post(client, "feed_revoke").content.decode()


def test_the_page_tells_when_an_agenda_last_came(client, cast, token):
    client.force_login(cast.manager)
    page = reverse("reminders:feed_manage")
    assert "Aucun agenda ne l’a encore lue" in client.get(page).content.decode()
    client.get(_address(token))
    assert "pour la dernière fois le" in client.get(page).content.decode()


def test_each_person_has_an_address_of_their_own(client, cast, token):
    client.force_login(make_user())
    _post(client, "feed_revoke")
    assert client.get(_address(token)).status_code == 200


def test_one_date_is_downloaded_as_it_stands_today(client, cast, coming):
    client.force_login(cast.manager)
    moved = _move(coming, 9)
    answers = [client.get(reverse("reminders:agenda", args=[row.pk])) for row in (coming, moved)]
    assert answers[0].content == answers[1].content
    strict(answers[0].content)
    event = vobject.readOne(answers[0].content.decode()).vevent
    assert (event.dtstart.value, event.sequence.value) == (moved.due_on, "2")


def test_the_token_of_an_unlikely_form_is_no_error(client):
    for token in ("é" * 40, "%00", "x" * 5000, "a.ics"):
        assert client.get(f"/agenda/{token}.ics").status_code == 404
