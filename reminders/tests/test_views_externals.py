"""Who is told of a convention, and what those outside read behind their link."""

from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.models import Absence
from reminders.emails import external_link
from reminders.enums import DeadlineKind as Kind
from reminders.enums import ReminderStatus
from reminders.models import ExternalRecipient
from reminders.rules.outside import SALT
from reminders.tests.factories import make_deadline, make_external, make_reminder, plain

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    def read(user, convention):
        client.force_login(user)
        answer = client.get(reverse("reminders:recipients", args=[convention.pk]))
        return plain(answer.content.decode())

    return read


def _link(recipient, name="external"):
    token = signing.dumps(recipient.pk, salt=SALT)
    return reverse(f"reminders:{name}", args=[token])


@pytest.fixture
def told(cast):
    """Somebody outside who was told of a committee, of an engagement's figures and nothing else."""
    recipient = make_external(cast.first_party, quality="notaire")
    on = timezone.localdate()
    deadline = make_deadline(
        cast.convention,
        title="Réunir le comité",
        due_on=on.replace(year=on.year + 1),
        wording="Les parties se réunissent sans délai.",
        steps=["Un calcul qui reste au portail."],
    )
    make_reminder(
        deadline, external=recipient, status=ReminderStatus.ENVOYE, sent_at=timezone.now()
    )
    make_deadline(cast.convention, title="Une autre date", due_on=deadline.due_on)
    return recipient


def test_both_sides_read_who_is_told(cast, page):
    for reader in (cast.reader, cast.counterpart):
        text = page(reader, cast.convention)
        for person in (cast.manager, cast.contributor, cast.counterpart):
            assert str(person) in text
        assert str(cast.reader) not in text.split("<main")[1]


def test_what_belongs_to_one_side_stays_with_it(cast, page):
    make_external(cast.first_party, email="perrin@notaires.fr", kinds=[Kind.RESILIATION])
    on = timezone.localdate()
    Absence.objects.create(user=cast.manager, delegate=cast.contributor, starts_on=on, ends_on=on)
    own, theirs = page(cast.reader, cast.convention), page(cast.counterpart, cast.convention)
    for words in ("perrin@notaires.fr", "dernier envoi sûr pour résilier", "Absence jusqu’au"):
        assert words in own
        assert words not in theirs.split("Prévenir quelqu’un")[0]
    assert "Maître Anne Perrin" in theirs


def test_a_party_without_anybody_is_said_so(cast, page):
    cast.epci.memberships.exclude(user=cast.reader).update(ends_on="2018-01-01")
    assert "Plus personne ne peut être prévenu" in page(cast.reader, cast.convention)


def test_a_manager_adds_somebody_and_stops_them(cast, client):
    client.force_login(cast.manager)
    address = reverse("reminders:recipients", args=[cast.convention.pk])
    answers = {
        "name": "Maître Perrin",
        "quality": "notaire",
        "email": "perrin@notaires.fr",
        "party": cast.first_party.pk,
    }
    assert client.post(address, answers).status_code == 302
    recipient = ExternalRecipient.objects.get()
    again = client.post(address, answers | {"name": "Maître P."})
    assert "reçoit déjà" in plain(again.content.decode())
    assert 'value="Maître P."' in again.content.decode()
    client.post(reverse("reminders:external_stop", args=[cast.convention.pk, recipient.pk]))
    recipient.refresh_from_db()
    assert recipient.stopped_at is not None
    assert not recipient.stopped_by_recipient


def test_a_manager_cannot_speak_for_the_other_party(cast, client):
    client.force_login(cast.manager)
    answers = {"name": "X", "email": "x@exemple.fr", "party": cast.second_party.pk}
    client.post(reverse("reminders:recipients", args=[cast.convention.pk]), answers)
    assert not ExternalRecipient.objects.exists()


def test_a_contributor_reads_the_page_but_adds_nobody(cast, client, page):
    assert "Prévenir quelqu’un d’extérieur" not in page(cast.contributor, cast.convention)
    address = reverse("reminders:recipients", args=[cast.convention.pk])
    assert client.post(address, {"name": "X"}).status_code == 403


def test_behind_the_link_is_what_was_told_and_nothing_else(told, client):
    answer = client.get(_link(told))
    text = plain(answer.content.decode())
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer.headers["Cache-Control"]
    for words in ("Réunir le comité", told.convention.reference, "l’échéance fait foi"):
        assert words in text
    for words in ("Une autre date", "sans délai", "Un calcul qui reste", told.email):
        assert words not in text


def test_the_link_of_their_messages_leads_there(told, client):
    answer = client.get(urlsplit(external_link(told)).path)
    assert "Réunir le comité" in answer.content.decode()


def test_the_calendar_of_the_link_holds_no_more(told, client):
    answer = client.get(_link(told, "external_agenda"))
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(event["summary"]).split(" (")[0] for event in events] == ["Réunir le comité"]
    assert "sans délai" not in answer.content.decode()


def test_one_stops_it_without_an_account_and_reading_never_does(told, client):
    client.get(_link(told))
    told.refresh_from_db()
    assert told.stopped_at is None
    answer = client.post(_link(told))
    assert "Vous ne recevez plus ces rappels" in plain(answer.content.decode())
    told.refresh_from_db()
    assert told.stopped_by_recipient
    again = client.get(_link(told))
    assert "Réunir le comité" not in again.content.decode()
    assert client.get(_link(told, "external_agenda")).status_code == 404


@pytest.mark.parametrize("token", ["x", "WzFd:1abcde:AAAA", "%00", "a" * 2000])
def test_a_link_the_portal_did_not_write_says_so(token, client, db):
    answer = client.get(f"/rappels/exterieur/{token}/")
    assert answer.status_code == 404
    assert "Ce lien ne mène à rien" in plain(answer.content.decode())


def test_a_link_for_another_use_opens_nothing(told, client):
    token = signing.dumps(told.pk, salt="autre")
    assert client.get(reverse("reminders:external", args=[token])).status_code == 404
