"""Versions of letters: what was handed out is kept, compared, printed again as it was."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role, Verb
from accounts.models import JournalEntry
from accounts.tests.factories import make_member, make_organisation
from conventions.access import entries_visible_to
from conventions.actions.letters import hand_out, write_letter
from conventions.actions.terminations import change_ending, prepare_ending, record_letter
from conventions.enums import LetterKind, TerminationKind
from conventions.models import Party, TerminationClause
from conventions.rules.lettre import content_of, digest, letter_of
from conventions.rules.lettres import Object
from conventions.tests.factories import make_signed_convention

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> SimpleNamespace:
    today = timezone.localdate()
    convention = make_signed_convention(signed_on=date(today.year - 1, 1, 15))
    first, second = convention.parties.order_by("position")
    manager = make_member(first.organisation, Role.RESPONSABLE)
    ending = prepare_ending(
        convention,
        by=manager,
        on=today,
        party=first,
        kind=TerminationKind.RESILIATION,
        clause=TerminationClause.objects.get(convention=convention),
        reason="Le programme local de l’habitat change.",
        planned_event_on=today,
    )
    return SimpleNamespace(
        convention=convention,
        today=today,
        manager=manager,
        counterpart=make_member(second.organisation, Role.RESPONSABLE),
        stranger=make_member(make_organisation(), Role.ADMINISTRATEUR),
        ending=ending,
        letter=ending.letters.get(),
    )


def taken(cast, **how):
    return hand_out(cast.letter, by=cast.manager, on=cast.today, **how)


def kept_lines():
    return JournalEntry.objects.filter(verb=Verb.LETTER_KEPT).order_by("pk")


def test_a_letter_handed_out_twice_unchanged_is_kept_once(cast):
    assert taken(cast) == taken(cast)
    line = kept_lines().get()
    version = cast.letter.versions.get()
    assert line.data["sha256"] == version.sha256 == digest(version.content)
    assert line.data["number"] == version.number == 1


def test_a_letter_that_reads_otherwise_is_another_version(cast):
    first = taken(cast)
    write_letter(cast.letter, by=cast.manager, on=cast.today, body="Un mot de plus.")
    second = taken(cast)
    assert (first.number, second.number) == (1, 2)
    assert first.sha256 != second.sha256
    first.refresh_from_db()
    assert "Un mot de plus." not in str(first.content)


def test_a_content_makes_its_letter_again_and_the_same_digest(cast):
    content = taken(cast).content
    assert content_of(letter_of(content)) == content
    assert digest(content_of(letter_of(content))) == digest(content)


def test_what_is_kept_while_prepared_is_read_by_its_side_alone(cast):
    taken(cast)
    own = entries_visible_to(cast.manager, kept_lines(), on=cast.today)
    other = entries_visible_to(cast.counterpart, kept_lines(), on=cast.today)
    assert own.count() == 1
    assert not other.exists()


def test_the_posted_version_is_marked_and_handed_out_ever_after(cast):
    record_letter(cast.letter, by=cast.manager, on=cast.today, posted_on=cast.today)
    posted = cast.letter.versions.get()
    assert posted.is_posted
    Party.objects.filter(pk=cast.letter.addressee_id).update(address_as_signed="3 rue Neuve")
    cast.letter.refresh_from_db()
    assert taken(cast) == posted
    assert cast.letter.versions.count() == 1


def test_a_posting_taken_back_takes_its_mark_back(cast):
    record_letter(cast.letter, by=cast.manager, on=cast.today, posted_on=cast.today)
    record_letter(cast.letter, by=cast.manager, on=cast.today, posted_on=None)
    assert not cast.letter.versions.filter(is_posted=True).exists()
    change_ending(cast.ending, by=cast.manager, on=cast.today, reason="Autre motif.")
    record_letter(cast.letter, by=cast.manager, on=cast.today, posted_on=cast.today)
    assert [v.is_posted for v in cast.letter.versions.order_by("number")] == [False, True]


def test_the_withdrawal_prepared_after_the_notice_stays_with_its_side(cast):
    record_letter(cast.letter, by=cast.manager, on=cast.today, posted_on=cast.today)
    withdrawal = taken(cast, about=Object.RETRAIT)
    assert withdrawal.content["purpose"] == "retrait"
    line = kept_lines().last()
    assert line.data["reserved_to"] == cast.ending.party.organisation_id


def test_a_version_prints_to_the_same_bytes_whatever_has_changed_since(client, cast):
    version = taken(cast)
    client.force_login(cast.manager)
    keys = {
        "pk": cast.convention.pk,
        "ending_pk": cast.ending.pk,
        "letter_pk": cast.letter.pk,
        "number": version.number,
    }
    pdf = reverse("reporting:letter_pdf", kwargs=keys)
    word = reverse("conventions:letter_word", kwargs=keys)
    before = b"".join(client.get(pdf).streaming_content), client.get(word).content
    Party.objects.filter(convention=cast.convention).update(name_as_signed="Autre nom")
    cast.convention.title = "Autre titre"
    cast.convention.save(update_fields=["title"])
    change_ending(cast.ending, by=cast.manager, on=cast.today, reason="Autre motif.")
    after = b"".join(client.get(pdf).streaming_content), client.get(word).content
    assert before == after


def test_the_page_sets_two_versions_face_to_face(client, cast):
    taken(cast)
    write_letter(cast.letter, by=cast.manager, on=cast.today, body="Un mot de plus.")
    taken(cast)
    client.force_login(cast.manager)
    keys = {
        "pk": cast.convention.pk, "ending_pk": cast.ending.pk, "letter_pk": cast.letter.pk,
    }  # fmt: skip
    address = reverse("conventions:letter_versions", kwargs=keys)
    page = client.get(address).content.decode()
    assert "De la version 1 à la version 2" in page
    assert "Un mot de plus." in page
    assert "Début d’ajout" in page
    assert "De la version 2 à la version 1" in client.get(f"{address}?de=2&a=1").content.decode()
    client.force_login(cast.stranger)
    assert client.get(address).status_code == 404


def test_a_corrected_date_says_before_and_after_in_the_journal(cast):
    day = cast.today - timedelta(days=1)
    record_letter(cast.letter, by=cast.manager, on=cast.today, posted_on=cast.today)
    record_letter(cast.letter, by=cast.manager, on=cast.today, posted_on=day)
    line = JournalEntry.objects.filter(verb=Verb.ENDING_COUNTED).order_by("pk").last()
    assert line.data["changes"]["event_on"] == [str(cast.today), str(day)]
    assert len(line.data["changes"]["effect_on"]) == 2


def test_an_electronic_letter_without_its_proof_says_so_until_it_comes(client, cast):
    record_letter(
        cast.letter, by=cast.manager, on=cast.today, kind=LetterKind.LRE, posted_on=cast.today
    )
    client.force_login(cast.counterpart)
    page = client.get(reverse("engagements:letters", args=[cast.convention.pk])).content.decode()
    assert "1 lettre attend encore une preuve" in page.replace("\xa0", " ")
    assert "téléchargez-la tout de suite" in page
    assert "Le destinataire a jusqu’au" in page
