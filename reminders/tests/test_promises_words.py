"""Promise R13: whatever shows a date says what it is worth, and how it was counted."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from conventions.models import Convention
from reminders.actions.feeds import create_feed
from reminders.actions.findings import raise_finding
from reminders.emails import external_link
from reminders.enums import DeadlineKind, FindingKind, ReminderNature
from reminders.tests.factories import (
    NOW,
    make_deadline,
    make_external,
    make_reminder,
    plain,
    project_now,
    send_reminders,
)

pytestmark = pytest.mark.django_db
AID = "rappel est une aide ; l’échéance fait foi par le contrat."
COUNTED = "n calcul de date est une aide ; le texte signé fait foi."


def _words(content: str) -> str:
    return plain(unescape(content))


# Mails --------------------------------------------------------------------------------------------


def _reminder(cast):
    make_reminder(make_deadline(cast.convention), cast.manager)


def _late(cast):
    make_reminder(make_deadline(cast.convention), cast.manager, due_at=NOW - timedelta(days=9))


def _gathered(cast):
    for _ in range(2):
        _late(cast)


def _escalation(cast):
    type(cast.counterpart).objects.filter(pk=cast.manager.pk).update(is_active=True)
    cast.manager.memberships.update(role="administrateur")
    row = make_deadline(cast.convention)
    make_reminder(row, cast.manager, nature=ReminderNature.ESCALADE)


def _corrected(cast):
    make_reminder(make_deadline(cast.convention), cast.manager, previous_on=date(2018, 3, 20))


def _withdrawn(cast):
    row = make_deadline(cast.convention, retired_at=NOW)
    make_reminder(row, cast.manager, previous_on=row.due_on)


def _outside(cast):
    outsider = make_external(cast.first_party)
    make_reminder(make_deadline(cast.convention), external=outsider)


def _nobody(cast):
    type(cast.epci).objects.filter(pk=cast.epci.pk).update(reminder_email="habitat@exemple.fr")
    cast.epci.memberships.update(ends_on=date(2018, 2, 28))
    make_reminder(make_deadline(cast.convention), fallback_email="habitat@exemple.fr")


@pytest.mark.parametrize(
    "write",
    [_reminder, _late, _gathered, _escalation, _corrected, _withdrawn, _outside, _nobody],
    ids=lambda write: write.__name__.strip("_"),
)
def test_both_parts_of_every_mail_that_holds_a_date_say_it(smtp, cast, write):
    write(cast)
    send_reminders()
    (message,) = smtp.messages
    for part in ("plain", "html"):
        assert AID in _words(message.get_body((part,)).get_content()), part


def test_every_nature_of_reminder_is_tried_above():
    """Whoever adds a nature adds its mail to the list."""
    assert set(ReminderNature) == {"rappel", "correction", "escalade"}


# Pages --------------------------------------------------------------------------------------------


@pytest.fixture
def dates(cast):
    """Every date that the text makes of a convention in force, seen today."""
    today = timezone.localdate()
    Convention.objects.update(ends_on=today + timedelta(days=500))
    cast.convention.refresh_from_db()
    project_now(cast.convention, now=timezone.now(), on=today)
    return cast.convention.deadlines.live()


def test_every_page_of_a_date_says_it_and_how_it_was_counted(client, cast, dates):
    client.force_login(cast.manager)
    kinds = set(dates.values_list("kind", flat=True))
    assert kinds >= {DeadlineKind.TERME, DeadlineKind.RESILIATION, DeadlineKind.REVOYURE_COMITE}
    for kind in kinds:
        row = dates.filter(kind=kind).order_by("-due_on").first()
        page = client.get(reverse("reminders:detail", args=[row.pk])).content.decode()
        assert AID in _words(page), kind
        assert COUNTED in _words(page), kind
        assert _words(row.source).split(",")[0] in _words(page), kind
        if row.wording:
            assert _words(row.wording) in _words(page), kind
        assert row.steps, kind


@pytest.mark.parametrize(
    "name", ["list", "by_place", "convention_deadlines", "simulator", "choices", "findings"]
)
def test_every_list_of_dates_says_it(client, cast, dates, name):
    of_one = name in {"convention_deadlines", "simulator"}
    address = reverse(f"reminders:{name}", args=[cast.convention.pk] if of_one else [])
    cast.manager.is_superuser = True
    cast.manager.save()
    client.force_login(cast.manager)
    raise_finding(FindingKind.PLANIFICATEUR_MUET, "x", words="Muet.", now=timezone.now())
    assert COUNTED in _words(client.get(address, follow=True).content.decode())


def test_the_page_of_somebody_outside_says_it(client, cast, dates):
    link = external_link(make_external(cast.first_party))
    assert AID in _words(client.get(link[link.index("/rappels/") :]).content.decode())


# Calendars and documents --------------------------------------------------------------------------


def _entries(response) -> list[str]:
    text = response.content.decode().replace("\r\n ", "").replace("\\;", ";")
    return plain(text).split("BEGIN:VEVENT")[1:]


def test_every_entry_of_a_calendar_says_it(client, cast, dates):
    token = create_feed(cast.manager, now=timezone.now())
    entries = _entries(client.get(reverse("reminders:feed", args=[token])))
    assert len(entries) > 5
    assert all(COUNTED in entry for entry in entries)


def test_the_entry_of_one_date_says_it(client, cast, dates):
    client.force_login(cast.manager)
    row = dates.get(key="terme")
    (entry,) = _entries(client.get(reverse("reminders:agenda", args=[row.pk])))
    assert COUNTED in entry
