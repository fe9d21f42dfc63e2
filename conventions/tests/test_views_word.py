"""The pages of Word: export, preview before anything is written, receipt, withdrawal."""

from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.tests.factories import make_user
from conventions.enums import ProposalStatus
from conventions.models import Proposal
from conventions.models.word_text import word_text_of
from conventions.rules.word_ecriture import write_word
from conventions.rules.word_lecture import read_word
from conventions.tests.drafting import TODAY
from conventions.tests.factories import make_article, make_signed_convention
from conventions.tests.negotiating import make_negotiation
from conventions.tests.word_files import edited, run

pytestmark = pytest.mark.django_db

YEARLY = run("Les parties se réunissent une fois par an pour faire le point.")
TWICE = run("Les parties se réunissent ") + run("deux", look="<w:i/>")
TWICE += run(" fois par an pour faire le point.")


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_DIR = tmp_path


@pytest.fixture
def cast(client):
    cast = make_negotiation()
    client.force_login(cast.theirs)
    return cast


def _page(cast, name="word", **keys) -> str:
    return reverse(f"conventions:{name}", kwargs={"pk": cast.convention.pk, "number": 0, **keys})


def _send(client, cast, data: bytes, name: str = "retour.docx"):
    file = SimpleUploadedFile(name, data)
    return client.post(_page(cast), {"file": file})


def _changed(cast) -> bytes:
    return edited(write_word(word_text_of(cast.act, on=TODAY)), (YEARLY, TWICE))


def test_the_whole_text_is_exported_as_word(client, cast):
    answer = client.get(_page(cast, "word_export"))
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert "attachment" in answer["Content-Disposition"]
    reading = read_word("t.docx", answer.content)
    assert [one.accepted.number for one in reading.articles] == ["1", "2"]


def test_only_the_chosen_articles_are_exported(client, cast):
    other = make_article(cast.convention, "3", position=9)
    answer = client.get(_page(cast, "word_export"), {"article": other.code})
    reading = read_word("t.docx", answer.content)
    assert [one.code for one in reading.articles] == [other.code]
    assert reading.left_out == ()


def test_a_file_is_previewed_word_by_word_before_anything_is_written(client, cast):
    answer = _send(client, cast, _changed(cast))
    assert answer.status_code == 302
    page = client.get(answer.url).content.decode()
    assert "deux" in page
    assert "<ins>" in page
    assert "Rien n’est encore écrit" in page
    assert not Proposal.objects.exists()


def test_confirming_makes_the_proposals_and_shows_the_receipt(client, cast):
    address = _send(client, cast, _changed(cast)).url
    answer = client.post(address, {"change": [f"article-{cast.article.code}"]}, follow=True)
    proposal = Proposal.objects.get()
    assert proposal.document.name == "retour.docx"
    page = answer.content.decode()
    assert "Fichier repris" in page
    assert "retour.docx" in page
    assert "Mise en forme" in page  # what was not taken stays readable with the file
    withdrawn = _page(cast, "word_withdraw", document_pk=proposal.document_id)
    client.post(withdrawn)
    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.RETIREE


def test_a_file_that_cannot_be_read_says_why_at_its_field(client, cast):
    answer = _send(client, cast, b"rien", name="texte.docm")
    assert answer.status_code == 200
    assert "ne sont pas acceptés" in answer.content.decode()
    answer = _send(client, cast, b"%PDF-1.7", name="texte.docx")
    assert "n’en est pas un" in answer.content.decode()


def test_nothing_ticked_is_said_and_keeps_the_page(client, cast):
    address = _send(client, cast, _changed(cast)).url
    answer = client.post(address, {})
    assert "Cochez au moins" in answer.content.decode()


def test_the_preview_of_somebody_else_is_not_opened(client, cast):
    address = _send(client, cast, _changed(cast)).url
    client.force_login(cast.manager)
    assert client.get(address).status_code == 302
    assert client.get(unquote(address).replace("apercu/", "apercu/x")).status_code == 302


def test_a_stranger_learns_nothing(client, cast):
    client.force_login(make_user())
    assert client.get(_page(cast)).status_code == 404
    assert client.get(_page(cast, "word_export")).status_code == 404


def test_the_text_of_a_day_is_exported_and_an_empty_day_is_not_found(client):
    convention = make_signed_convention()
    client.force_login(make_user(is_superuser=True))
    address = reverse("conventions:word_on", args=[convention.pk, convention.starts_on])
    assert client.get(address).content == client.get(address).content
    for day in ("1990-01-01", "jamais", "2017-13-45"):
        address = reverse("conventions:word_on", args=[convention.pk, day])
        assert client.get(address).status_code == 404


def test_a_closed_text_offers_no_upload(client):
    convention = make_signed_convention()
    client.force_login(make_user(is_superuser=True))
    page = client.get(reverse("conventions:word", args=[convention.pk, 0])).content.decode()
    assert "ne peut plus le changer" in page
    assert 'type="file"' not in page
