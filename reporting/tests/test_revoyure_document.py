"""The document of a frozen revoyure: complete, conforming, sealed once, the same twice."""

import io
from datetime import UTC, date, datetime, timedelta

import pikepdf
import pypdf
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.tests.factories import make_organisation
from conventions.tests.factories import make_party
from engagements.actions.revoyure import freeze_revoyure, open_revoyure, write_contribution
from engagements.enums import Outcome
from engagements.models import Contribution
from engagements.rules.revoyure import snapshot_hash
from engagements.tests.factories import (
    make_engagement,
    make_indicator,
    make_measurement,
    make_target,
)
from reporting.actions.jobs import produce_document, waiting_jobs
from reporting.actions.revoyure_document import lay_out, make_sealed_pdf
from reporting.enums import VerificationStatus
from reporting.models import RenderJob, SealedDocument
from reporting.rules.codes import clean_code, document_code
from reporting.seals.certificates import seal_identity
from reporting.seals.structure import structure_problems
from reporting.seals.verification import verify_pdf

pytestmark = pytest.mark.django_db
ON, NOW = date(2018, 12, 5), datetime(2018, 12, 5, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_seal(settings, tmp_path_factory):
    settings.SEAL_TEST_DIR = tmp_path_factory.getbasetemp() / "cachet-de-la-revoyure"


def _freeze(scene, readings=None, **fields):
    revoyure = open_revoyure(scene.convention, by=scene.manager, on=ON, year=2018)
    for party, person in (
        (scene.first_party, scene.manager),
        (scene.second_party, scene.counterpart),
    ):
        part = revoyure.contributions.get(party=party)
        given = (readings or {}).get(party, {})
        write_contribution(part, by=person, on=ON, statement="Une bonne année.", readings=given)
    Contribution.objects.filter(revoyure=revoyure).update(handed_over_at=NOW)
    fields = {"outcome": Outcome.MAINTIEN, **fields}
    return freeze_revoyure(revoyure, by=scene.manager, on=ON, now=NOW, **fields)


@pytest.fixture
def frozen(cast):
    convention = cast.convention
    article = convention.articles.get()
    cast.ours = make_engagement(
        convention, cast.first_party, article=article, title="Produire 170 logements par an"
    )
    theirs = make_engagement(
        convention, cast.second_party, article=article, title="Financer la production",
        state="tenu",
    )  # fmt: skip
    cast.ours.counterparts.add(theirs)
    joint = make_engagement(convention, article=article, title="Réunir le comité", state="tenu")
    indicator = make_indicator(name="Logements agréés")
    make_target(convention, indicator, engagement=cast.ours)
    make_measurement(convention, indicator)
    cast.revoyure = _freeze(
        cast,
        {
            cast.first_party: {joint.pk: ("tenu", "Réuni deux fois.")},
            cast.second_party: {joint.pk: ("en_partie", "Une seule fois.")},
        },
        conclusion="On continue ensemble.",
    )
    return cast


def _text(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_it_says_what_was_frozen(frozen):
    text = _text(lay_out(frozen.revoyure.snapshot, is_test=True))
    for words in (
        "Produire 170 logements par an",
        "Financer la production",
        "Réuni deux fois.",
        "Une seule fois.",
        "On continue ensemble.",
        "Logements agréés",
        "certificat de test",
        document_code(frozen.revoyure.snapshot_sha256),
        "sur 8",
    ):
        assert words.lower() in text.lower().replace("\u00a0", " "), words


def test_it_is_tagged_titled_in_french_and_archivable(frozen):
    pdf = lay_out(frozen.revoyure.snapshot, is_test=True)
    assert structure_problems(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == "fr"
        assert "Revoyure 2018" in str(document.docinfo["/Title"])


def test_the_same_snapshot_gives_the_same_bytes(frozen):
    snapshot = frozen.revoyure.snapshot
    assert lay_out(snapshot, is_test=True) == lay_out(snapshot, is_test=True)


def test_it_carries_its_data(frozen):
    pdf = lay_out(frozen.revoyure.snapshot, is_test=True)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert set(document.attachments) == {"donnees.json", "indicateurs.csv"}
        data = document.attachments["donnees.json"].get_file().read_bytes()
    assert snapshot_hash(frozen.revoyure.snapshot) == frozen.revoyure.snapshot_sha256
    assert b"Produire 170 logements" in data


def test_the_sealed_file_verifies_and_one_byte_changed_does_not(frozen):
    sealed = make_sealed_pdf(frozen.revoyure.snapshot, now=datetime.now(UTC))
    now = datetime.now(UTC) + timedelta(minutes=1)
    assert verify_pdf(sealed.content, now=now).status == VerificationStatus.VALIDE_NON_QUALIFIE
    for place in (100, len(sealed.content) // 2, len(sealed.content) - 10):
        changed = bytearray(sealed.content)
        changed[place] ^= 1
        assert not verify_pdf(bytes(changed), now=now).is_ok


@pytest.mark.parametrize(
    "hostile",
    [
        "<img src=file:///etc/passwd>",
        "<style>@page{size:1e9px}</style>",
        "<link rel=attachment href=file:///etc/passwd>",
        "<svg><image href='http://127.0.0.1:9/'/></svg>",
        "</title><script>alert(1)</script>",
    ],
)
def test_what_people_typed_stays_text(cast, hostile):
    make_engagement(cast.convention, cast.first_party, title=f"Tenir {hostile}"[:290])
    revoyure = _freeze(cast, conclusion=hostile)
    pdf = lay_out(revoyure.snapshot, is_test=True)
    assert hostile.split()[0].lstrip("<")[:6] in _text(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert set(document.attachments) == {"donnees.json", "indicateurs.csv"}
        assert float(document.pages[1].MediaBox[2]) < 600


def test_an_empty_year_still_makes_a_document(cast):
    pdf = lay_out(_freeze(cast).snapshot, is_test=True)
    assert structure_problems(pdf) == []
    assert "aucun engagement" in _text(pdf)


def test_three_parties_have_a_document_too(cast):
    third = make_party(cast.convention, make_organisation(name="Ville de Lac"), alias="La Ville")
    make_engagement(cast.convention, third, title="Céder un terrain")
    make_engagement(cast.convention, cast.first_party, third, title="Garantir les emprunts")
    pdf = lay_out(_freeze(cast).snapshot, is_test=True)
    assert structure_problems(pdf) == []
    assert "Céder un terrain" in _text(pdf)
    assert "Garantir les emprunts" in _text(pdf)


def test_long_agreements_stay_within_the_limits(cast):
    for n in range(60):
        party = (cast.first_party, cast.second_party)[n % 2]
        make_engagement(cast.convention, party, title=f"{n} " + "Une promesse assez longue. " * 8)
    pdf = lay_out(_freeze(cast).snapshot, is_test=True)
    assert structure_problems(pdf) == []
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) < 60


# Work in the background --------------------------------------------------------------------------


def test_a_freeze_asks_for_its_document_and_a_worker_makes_it_once(frozen):
    job = RenderJob.objects.get(revoyure=frozen.revoyure)
    assert produce_document(job.pk, now=datetime.now(UTC))
    sealed = SealedDocument.objects.get(revoyure=frozen.revoyure)
    assert verify_pdf(sealed.document.read(), now=datetime.now(UTC)).is_ok
    assert not produce_document(job.pk, now=datetime.now(UTC))
    assert SealedDocument.objects.count() == 1


def test_work_in_hand_is_left_alone_and_abandoned_work_taken_over(frozen):
    now = datetime.now(UTC)
    job = RenderJob.objects.get(revoyure=frozen.revoyure)
    RenderJob.objects.update(started_at=now)
    assert not waiting_jobs(now=now).exists()
    assert waiting_jobs(now=now + timedelta(minutes=6)).get() == job


def test_a_failure_is_kept_for_support_and_tried_again(frozen, settings, tmp_path):
    settings.SEAL_PKCS12 = str(tmp_path / "absent.p12")
    job = RenderJob.objects.get(revoyure=frozen.revoyure)
    assert not produce_document(job.pk, now=datetime.now(UTC))
    job.refresh_from_db()
    assert job.failure
    settings.SEAL_PKCS12 = ""
    assert produce_document(job.pk, now=datetime.now(UTC))


# Commands and pages ------------------------------------------------------------------------------


def test_the_command_writes_the_kept_document(frozen, tmp_path):
    file = tmp_path / "r.pdf"
    reference = frozen.convention.reference
    call_command("revoyure", reference, "2018", output=file, sign=True)
    first = file.read_bytes()
    assert verify_pdf(first, now=datetime.now(UTC)).is_ok
    call_command("revoyure", reference, "2018", output=file, sign=True)
    assert file.read_bytes() == first


def test_the_command_gives_a_draft_of_an_open_year_and_does_not_seal_it(cast, tmp_path):
    open_revoyure(cast.convention, by=cast.manager, on=ON, year=2018)
    file = tmp_path / "r.pdf"
    call_command("revoyure", cast.convention.reference, "2018", output=file)
    assert "non gelé" in _text(file.read_bytes())
    with pytest.raises(CommandError, match="pas gelée"):
        call_command("revoyure", cast.convention.reference, "2018", output=file, sign=True)


def test_the_command_says_what_it_does_not_know(cast, tmp_path):
    with pytest.raises(CommandError, match="Aucune revoyure 2019"):
        call_command("revoyure", cast.convention.reference, "2019", output=tmp_path / "r.pdf")


def test_the_downloaded_file_is_the_sealed_one_byte_for_byte(client, frozen):
    produce_document(RenderJob.objects.get().pk, now=datetime.now(UTC))
    sealed = SealedDocument.objects.get()
    client.force_login(frozen.reader)
    answer = client.get(reverse("reporting:revoyure_pdf", args=[frozen.revoyure.pk]))
    assert b"".join(answer.streaming_content) == sealed.document.read()
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_anyone_verifies_the_file_and_its_code(client, frozen):
    sealed = make_sealed_pdf(
        frozen.revoyure.snapshot,
        now=datetime.now(UTC),
        identity=seal_identity(now=datetime.now(UTC)),
    )
    file = io.BytesIO(sealed.content)
    file.name = "r.pdf"
    page = client.post(reverse("reporting:verify"), {"file": file}).content.decode()
    assert "Valide mais non qualifié" in page.replace("\u00a0", " ")
    assert "Certificat de test" in page
    assert frozen.convention.title not in page


def test_something_else_than_a_pdf_gets_a_sentence(client):
    file = io.BytesIO(b"PK\x03\x04 rien")
    file.name = "r.pdf"
    page = client.post(reverse("reporting:verify"), {"file": file})
    assert page.status_code == 200
    assert "n’est pas un PDF" in page.content.decode()


def test_an_unknown_code_says_so(client):
    page = client.get(reverse("reporting:verify_code", args=["REV-AAAA-AAAA-AAAA"]))
    assert page.status_code == 404
    assert "Aucun document sous ce code" in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("rev-abcd-efgh-2345", "REV-ABCD-EFGH-2345"),
        (" REV-ABCD-EFGH-2345 ", "REV-ABCD-EFGH-2345"),
        ("REV-ABCD-EFGH-2340", None),
        ("", None),
    ],
)
def test_a_code_is_read_as_people_type_it(typed, stored):
    assert clean_code(typed) == stored
