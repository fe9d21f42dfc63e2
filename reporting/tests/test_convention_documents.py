"""The documents of a convention: what they say, who may have them, the same bytes each time."""

import io
from datetime import UTC, date, datetime, timedelta

import pikepdf
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.enums import Role
from accounts.tests.factories import make_member
from conventions.enums import ActStatus
from conventions.tests.factories import make_article, make_convention
from reporting.actions import convention_document
from reporting.actions.convention_document import document_pdf
from reporting.actions.text_jobs import forget_old_texts, produce_text
from reporting.models import TextJob
from reporting.models.text_document import act_document, consolidated_document
from reporting.rules.empreinte import in_fours, text_fingerprint
from reporting.seals.conformance import structure_problems
from reporting.tests.exchange_world import make_full_convention
from reporting.views import convention_documents

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def html(document) -> str:
    page = render_to_string("reporting/documents/convention.html", {"document": document})
    return page.replace("\u00a0", " ").replace("\u202f", " ").replace("&nbsp;", " ")


def test_the_consolidated_text_says_its_day_its_changes_and_its_digest():
    convention = make_full_convention()
    document = consolidated_document(convention, on=date(2020, 1, 1))
    page = html(document)
    assert "Texte consolidé au 1<sup>er</sup> janvier 2020" in page
    assert "Autrement." in page
    assert "Modifié par l’avenant n° 1, art. 2, en vigueur depuis le 1" in page
    assert f"conventions/{convention.pk}/texte/2020-01-01/" in page
    assert in_fours(document.digest) in page
    assert "avenant n° 1" in page
    assert "vérifiez s’il a été modifié" in page


def test_a_day_before_any_effect_has_no_document():
    assert consolidated_document(make_full_convention(), on=date(2017, 1, 1)) is None


def test_the_convention_is_printed_as_signed_whatever_came_since():
    convention = make_full_convention()
    page = html(act_document(convention.acts.get(number=0), on=TODAY))
    assert "Autrement." not in page
    assert "Texte d’origine" in page
    assert "Camille 0" in page
    assert "Vu le code" in page


def test_an_avenant_says_its_operations_and_shows_before_and_after():
    convention = make_full_convention()
    page = html(act_document(convention.acts.get(number=1), on=TODAY))
    assert "l’article 2 est remplacé par les dispositions suivantes" in page
    assert "Avant et après" in page
    assert page.index("Signatures</h2>") < page.index("Avant et après")


def test_a_draft_says_so_in_words_and_is_of_no_worth():
    convention = make_full_convention()
    page = html(act_document(convention.acts.get(number=3), on=TODAY))
    assert "Projet d’avenant" in page
    assert "doc--draft" in page
    assert "Projet, sans valeur tant qu’il n’est pas signé" in page


@pytest.mark.parametrize("number", [0, 1, 3])
def test_the_same_text_gives_the_same_bytes_tagged(number):
    convention = make_full_convention()
    document = act_document(convention.acts.get(number=number), on=TODAY)
    data = document_pdf(document)
    assert document_pdf(act_document(convention.acts.get(number=number), on=TODAY)) == data
    assert structure_problems(data) == []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.open_metadata()["pdfaid:part"] == "3"


def test_a_table_without_header_is_named_by_its_first_cells():
    convention = make_convention()
    make_article(convention, body="| a | b |\n| c | d |")
    assert structure_problems(document_pdf(act_document(convention.acts.get(), on=TODAY))) == []


def test_the_digest_is_that_of_the_words_alone():
    convention = make_full_convention()
    one = consolidated_document(convention, on=date(2018, 7, 2))
    other = consolidated_document(convention, on=date(2018, 7, 3))
    assert one.digest == other.digest
    assert one.digest != consolidated_document(convention, on=date(2020, 1, 1)).digest
    assert text_fingerprint([["a", "b"]]) != text_fingerprint([["ab", ""]])


def test_a_text_too_long_is_refused_with_another_way(monkeypatch, client, cast):
    monkeypatch.setattr(convention_document, "MOST_SIGNS", 10)
    document = consolidated_document(cast.convention, on=TODAY)
    with pytest.raises(ValidationError, match="en Word"):
        document_pdf(document)
    client.force_login(cast.reader)
    answer = client.get(reverse("reporting:text_pdf", args=[cast.convention.pk]), follow=True)
    assert "trop long" in answer.content.decode()


def test_a_party_downloads_and_a_stranger_learns_nothing(client, cast):
    addresses = [
        reverse("reporting:text_pdf", args=[cast.convention.pk]),
        reverse("reporting:text_on_pdf", args=[cast.convention.pk, "2018-01-01"]),
        reverse("reporting:act_pdf", args=[cast.convention.pk, 0]),
        reverse("reporting:act_page", args=[cast.convention.pk, 0]),
    ]
    client.force_login(cast.stranger)
    assert {client.get(address).status_code for address in addresses} == {404}
    client.force_login(cast.reader)
    for address in addresses[:3]:
        answer = client.get(address)
        assert answer["Content-Type"] == "application/pdf"
        assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    page = client.get(addresses[3]).content.decode().replace("\u00a0", " ")
    assert "Titre de l’article 1" in page


@pytest.mark.parametrize("day", ["1999-01-01", "hier"])
def test_a_day_without_text_or_unreadable_gives_no_file(client, cast, day):
    client.force_login(cast.reader)
    answer = client.get(reverse("reporting:text_on_pdf", args=[cast.convention.pk, day]))
    assert answer.status_code in {302, 404}


def test_a_private_draft_is_given_to_the_side_that_writes_it_alone(client, cast):
    act = cast.convention.acts.create(
        number=20_000, kind="avenant", status=ActStatus.PROJET, drafted_by=cast.epci
    )
    address = reverse("reporting:act_pdf", args=[cast.convention.pk, act.number])
    client.force_login(cast.counterpart)
    assert client.get(address).status_code == 404
    client.force_login(cast.manager)
    assert client.get(address).status_code == 200


def test_before_any_signature_the_address_of_today_gives_the_draft(client):
    convention = make_convention()
    make_article(convention, body="Des mots.")
    client.force_login(make_member(convention.drafted_by, Role.RESPONSABLE))
    answer = client.get(reverse("reporting:text_pdf", args=[convention.pk]))
    assert answer["Content-Type"] == "application/pdf"


@pytest.fixture
def long(monkeypatch, cast):
    monkeypatch.setattr(convention_documents, "DIRECT_SIGNS", 10)
    return reverse("reporting:act_pdf", args=[cast.convention.pk, 0])


def test_a_long_text_is_made_by_a_worker_once(client, cast, long):
    client.force_login(cast.reader)
    first = client.get(long).content.decode()
    assert "attend son tour" in first
    client.get(long)
    job = TextJob.objects.get()
    assert produce_text(job.pk, now=NOW)
    assert not produce_text(job.pk, now=NOW)
    assert "Télécharger le PDF" in client.get(long, headers={"HX-Request": "true"}).content.decode()
    data = b"".join(client.get(long).streaming_content)
    assert data == document_pdf(act_document(cast.convention.acts.get(number=0), on=TODAY))
    client.force_login(cast.stranger)
    assert client.get(long).status_code == 404


def test_a_text_that_changed_meanwhile_is_not_made(client, long, cast):
    client.force_login(cast.reader)
    client.get(long)
    TextJob.objects.update(digest="0" * 64)
    assert not produce_text(TextJob.objects.get().pk, now=NOW)
    assert TextJob.objects.get().failure


def test_a_long_text_is_forgotten_after_a_week_and_made_again(client, long, cast):
    client.force_login(cast.reader)
    client.get(long)
    job = TextJob.objects.get()
    produce_text(job.pk, now=NOW)
    job.refresh_from_db()
    path = settings.FILES_DIR / job.sha256[:2] / job.sha256
    assert path.exists()
    assert forget_old_texts(now=job.requested_at + timedelta(days=6)) == 0
    path.unlink()
    assert "attend son tour" in client.get(long).content.decode()
    produce_text(job.pk, now=NOW)
    assert forget_old_texts(now=job.requested_at + timedelta(days=8)) == 1
    assert not path.exists()
