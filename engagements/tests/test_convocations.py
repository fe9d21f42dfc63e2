"""Calling the committee: private until it leaves, then known to all and the meeting dated."""

from datetime import date, time, timedelta
from io import BytesIO

import icalendar
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.enums import Role, Verb
from accounts.models import JournalEntry
from accounts.tests.factories import make_member
from conventions.access import entries_visible_to
from conventions.tests.factories import make_signed_convention
from engagements.access import convocations_visible_to
from engagements.actions.convocation_letters import starting_agenda
from engagements.actions.convocations import (
    cancel_convocation,
    change_convocation,
    hand_out_convocation,
    prepare_convocation,
    record_convocation_dates,
    write_convocation_letter,
)
from engagements.actions.revoyure import open_revoyure
from engagements.models import Convocation, Revoyure
from engagements.rules.convocation import Purpose, hour, short_notice
from engagements.signals import revoyure_changed
from engagements.tests.factories import make_engagement, make_indicator, make_target

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast):
    today = timezone.localdate()
    cast.convention = make_signed_convention(signed_on=date(today.year - 1, 1, 15))
    cast.first, cast.second = cast.convention.parties.order_by("position")
    cast.manager = make_member(cast.first.organisation, Role.RESPONSABLE)
    cast.reader = make_member(cast.first.organisation, Role.LECTEUR)
    cast.counterpart = make_member(cast.second.organisation, Role.RESPONSABLE)
    cast.today = today
    cast.held_on = today + timedelta(days=20)
    cast.revoyure = open_revoyure(cast.convention, by=cast.manager, on=today, year=today.year)
    return cast


def picture() -> bytes:
    stream = BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "PNG")
    return stream.getvalue()


def prepare(scene, **told) -> Convocation:
    given = {
        "by": scene.manager,
        "on": scene.today,
        "party": scene.first,
        "held_on": scene.held_on,
        "begins_at": time(14, 30),
        "place": "Salle du conseil",
        "agenda": "Chiffres\nSuites",
    }
    return prepare_convocation(scene.revoyure, **given | told)


def send(convocation, scene, **facts):
    facts = {"posted_on": scene.today, **facts}
    for letter in convocation.letters.all():
        record_convocation_dates(letter, by=scene.manager, on=scene.today, proofs={}, **facts)
    convocation.refresh_from_db()
    return convocation


def test_prepared_it_is_known_to_its_side_alone(scene):
    convocation = prepare(scene)
    seen = convocations_visible_to(scene.manager, scene.convention, on=scene.today)
    hidden = convocations_visible_to(scene.counterpart, scene.convention, on=scene.today)
    assert list(seen) == [convocation]
    assert not hidden.exists()
    lines = JournalEntry.objects.filter(verb=Verb.CONVOCATION_PREPARED)
    assert entries_visible_to(scene.manager, lines, on=scene.today).exists()
    assert not entries_visible_to(scene.counterpart, lines, on=scene.today).exists()
    assert Revoyure.objects.get(pk=scene.revoyure.pk).meeting_on is None


def test_sent_it_is_known_to_all_and_dates_the_meeting(scene):
    heard = []

    def listen(sender, revoyure, **_kwargs):
        heard.append(revoyure.meeting_on)

    revoyure_changed.connect(listen)
    try:
        convocation = send(prepare(scene), scene)
    finally:
        revoyure_changed.disconnect(listen)
    assert convocation.sent_on == scene.today
    assert Revoyure.objects.get(pk=scene.revoyure.pk).meeting_on == scene.held_on
    assert heard == [scene.held_on]
    seen = convocations_visible_to(scene.counterpart, scene.convention, on=scene.today)
    assert list(seen) == [convocation]
    lines = JournalEntry.objects.filter(verb=Verb.CONVOCATION_SENT)
    assert entries_visible_to(scene.counterpart, lines, on=scene.today).count() == 1


def test_what_left_is_marked_and_changes_no_more(scene):
    convocation = prepare(scene)
    letter = convocation.letters.get()
    write_convocation_letter(letter, by=scene.manager, on=scene.today, body="Un mot.")
    send(convocation, scene)
    posted = letter.versions.get(is_posted=True)
    assert "Un mot." in str(posted.content)
    with pytest.raises(ValidationError, match="est partie"):
        change_convocation(convocation, by=scene.manager, on=scene.today, place="Ailleurs")
    with pytest.raises(ValidationError, match="ne change plus"):
        write_convocation_letter(letter, by=scene.manager, on=scene.today, body="Autre")
    with pytest.raises(ValidationError):
        send(convocation, scene, posted_on=None)
    assert hand_out_convocation(letter, by=scene.manager, on=scene.today) == posted


def test_called_off_it_stays_and_another_replaces_it(scene):
    first = send(prepare(scene), scene)
    with pytest.raises(ValidationError, match="doit être annulée"):
        prepare(scene)
    cancel_convocation(first, by=scene.manager, on=scene.today, reason="Salle prise.")
    assert Revoyure.objects.get(pk=scene.revoyure.pk).meeting_on is None
    letter = first.letters.get()
    off = hand_out_convocation(letter, by=scene.manager, on=scene.today, purpose=Purpose.ANNULATION)
    assert "Salle prise." in str(off.content)
    later = scene.held_on + timedelta(days=7)
    second = send(prepare(scene, held_on=later), scene)
    posted = second.letters.get().versions.get(is_posted=True)
    assert "Cette convocation remplace celle" in str(posted.content)
    assert Revoyure.objects.get(pk=scene.revoyure.pk).meeting_on == later
    assert scene.revoyure.convocations.count() == 2


def test_given_up_before_leaving_it_stays_a_secret(scene):
    convocation = prepare(scene)
    cancel_convocation(convocation, by=scene.manager, on=scene.today, reason="Trop tôt.")
    lines = JournalEntry.objects.filter(verb=Verb.CONVOCATION_CANCELLED)
    assert not entries_visible_to(scene.counterpart, lines, on=scene.today).exists()
    hidden = convocations_visible_to(scene.counterpart, scene.convention, on=scene.today)
    assert not hidden.exists()
    prepare(scene)


def test_two_sides_may_prepare_and_one_only_sends(scene):
    ours = prepare(scene)
    theirs = prepare(scene, by=scene.counterpart, party=scene.second)
    send(ours, scene)
    letter = theirs.letters.get()
    with pytest.raises(ValidationError, match="déjà partie"):
        record_convocation_dates(
            letter, by=scene.counterpart, on=scene.today, proofs={}, posted_on=scene.today
        )
    theirs.refresh_from_db()
    assert theirs.sent_on is None


def test_only_its_managers_call_in_its_name(scene):
    with pytest.raises(PermissionDenied):
        prepare(scene, by=scene.counterpart)
    with pytest.raises(PermissionDenied):
        prepare(scene, by=scene.reader)
    with pytest.raises(ValidationError, match="passée"):
        prepare(scene, held_on=scene.today - timedelta(days=1))


def test_a_proof_proves_a_letter_that_left(scene):
    letter = prepare(scene).letters.get()
    with pytest.raises(ValidationError, match="d’abord le jour de l’envoi"):
        record_convocation_dates(
            letter, by=scene.manager, on=scene.today, proofs={"posting_proof": ("a.png", b"x")}
        )
    assert not scene.convention.documents.exists()


def test_the_agenda_starts_from_what_is_missing_and_due(scene):
    indicator = make_indicator()
    make_target(scene.convention, indicator, year=scene.today.year)
    make_engagement(scene.convention, scene.first, title="Produire", due_on=scene.today)
    agenda = starting_agenda(scene.revoyure, on=scene.today)
    assert indicator.name in agenda
    assert "Produire" in agenda
    assert "Issue de la revoyure" in agenda


def test_a_short_notice_is_said_and_not_refused(scene):
    assert short_notice(scene.today + timedelta(days=8), scene.today) == ""
    assert "7 jours avant" in short_notice(scene.today + timedelta(days=7), scene.today).replace(
        "\xa0", " "
    )
    assert "la veille" in short_notice(scene.today + timedelta(days=1), scene.today)
    send(prepare(scene, held_on=scene.today), scene)
    assert hour(time(9)).replace("\xa0", " ") == "9 h"


def test_the_pages_lead_from_the_revoyure_to_the_file(scene, client):
    client.force_login(scene.manager)
    page = client.get(reverse("engagements:revoyure", args=[scene.revoyure.pk])).content.decode()
    assert "Convoquer le comité" in page
    address = reverse("engagements:convocation_prepare", args=[scene.revoyure.pk])
    assert "2121-12" in client.get(address).content.decode()
    told = {"party": scene.first.pk, "held_on": "", "letter_kind": "simple", "place": "Mairie"}
    refused = client.post(address, told).content.decode()
    assert "Mairie" in refused
    answer = client.post(
        address, told | {"held_on": scene.held_on.isoformat(), "begins_at": "9:05"}
    )
    convocation = Convocation.objects.get()
    assert answer.url == reverse("engagements:convocation", args=[convocation.pk])
    letter = convocation.letters.get()
    keys = {"pk": convocation.pk, "letter_pk": letter.pk}
    taken = reverse("engagements:convocation_hand_out", kwargs=keys)
    pdf = client.post(taken, {"forme": "pdf"}).url
    assert b"".join(client.get(pdf).streaming_content).startswith(b"%PDF-")
    word = client.post(taken, {"forme": "word"}).url
    assert client.get(word).content.startswith(b"PK")
    assert letter.versions.count() == 1


def test_dates_and_proofs_come_by_the_form_and_bad_ones_keep_what_was_typed(scene, client):
    client.force_login(scene.manager)
    letter = prepare(scene).letters.get()
    keys = {"pk": letter.convocation_id, "letter_pk": letter.pk}
    address = reverse("engagements:convocation_dates", kwargs=keys)
    wrong = {"kind": "lrar", "tracking": "1A23", "delivered_on": scene.today.isoformat()}
    page = client.post(address, wrong).content.decode()
    assert "1A23" in page
    assert "Donnez d’abord" in page
    proof = SimpleUploadedFile("preuve.png", picture(), content_type="image/png")
    sent = wrong | {"posted_on": scene.today.isoformat(), "posting_file": proof}
    answer = client.post(address, sent)
    assert answer.status_code == 302, answer.content.decode()
    letter.refresh_from_db()
    assert letter.posting_proof is not None


def test_the_meeting_opens_in_a_diary_and_says_when_it_is_called_off(scene, client):
    convocation = send(prepare(scene), scene)
    client.force_login(scene.counterpart)
    address = reverse("reporting:convocation_ics", args=[convocation.pk])
    event = icalendar.Calendar.from_ical(client.get(address).content).walk("VEVENT")[0]
    assert event["SUMMARY"].startswith("Comité de revoyure")
    starts = event.decoded("DTSTART").astimezone(timezone.get_default_timezone())
    assert (starts.date(), starts.time()) == (scene.held_on, time(14, 30))
    assert event["STATUS"] == "CONFIRMED"
    cancel_convocation(convocation, by=scene.manager, on=scene.today, reason="Report.")
    event = icalendar.Calendar.from_ical(client.get(address).content).walk("VEVENT")[0]
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)


def test_the_register_lists_what_one_may_know_of(scene, client):
    prepare(scene)
    address = reverse("engagements:letters", args=[scene.convention.pk])
    client.force_login(scene.counterpart)
    assert "Aucune lettre encore" in client.get(address).content.decode()
    client.force_login(scene.manager)
    page = client.get(address).content.decode()
    assert "connue de votre seul côté" in page
    assert "à 14" in page


def test_the_register_asks_as_much_for_many_letters_as_for_one(scene, client):
    client.force_login(scene.manager)
    address = reverse("engagements:letters", args=[scene.convention.pk])
    prepare(scene)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _more in range(4):
        prepare(scene)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(one)
