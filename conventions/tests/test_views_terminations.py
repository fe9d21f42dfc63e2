"""Leaving on a page: the wizard records nothing before its last button, then dates decide."""

from datetime import date, timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.enums import Role
from accounts.tests.factories import make_member, make_organisation
from conventions.actions.terminations import prepare_ending
from conventions.enums import (
    Operation,
    TerminationGround,
    TerminationKind,
    TerminationStatus,
    Unit,
)
from conventions.models import Convention, RegisteredLetter, Termination, TerminationClause
from conventions.tests.factories import make_convention, make_signed_convention

pytestmark = pytest.mark.django_db


def picture() -> bytes:
    stream = BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def cast(today) -> SimpleNamespace:
    convention = make_signed_convention(signed_on=date(today.year - 1, 1, 15))
    first, second = convention.parties.order_by("position")
    return SimpleNamespace(
        convention=convention,
        first=first,
        second=second,
        clause=TerminationClause.objects.get(convention=convention),
        manager=make_member(first.organisation, Role.RESPONSABLE),
        reader=make_member(first.organisation, Role.LECTEUR),
        counterpart=make_member(second.organisation, Role.RESPONSABLE),
        stranger=make_member(make_organisation(), Role.ADMINISTRATEUR),
    )


def at(cast, name="ending_prepare", **keys) -> str:
    return reverse(f"conventions:{name}", kwargs={"pk": cast.convention.pk, **keys})


def asked(cast, day: date) -> dict:
    return {"qui": cast.first.pk, "voie": f"clause-{cast.clause.pk}", "jour": day.isoformat()}


@pytest.fixture
def ending(cast, today) -> Termination:
    return prepare_ending(
        cast.convention,
        by=cast.manager,
        on=today,
        party=cast.first,
        kind=TerminationKind.RESILIATION,
        clause=cast.clause,
        reason="Le programme local de l’habitat change.",
        planned_event_on=today,
    )


def keys_of(ending) -> dict:
    return {"ending_pk": ending.pk}


def letter_keys(ending) -> dict:
    return {"ending_pk": ending.pk, "letter_pk": ending.letters.get().pk}


def test_the_wizard_goes_from_the_way_to_the_day_and_records_nothing(client, cast, today):
    client.force_login(cast.manager)
    page = client.get(at(cast)).content.decode()
    assert "Par quelle voie" in page
    assert "Au nom de qui" not in page  # one party only: the question is answered
    way = {"qui": cast.first.pk, "voie": f"clause-{cast.clause.pk}"}
    assert "pour être libre le" in client.get(at(cast), way).content.decode()
    page = client.get(at(cast), asked(cast, today)).content.decode()
    assert "Dernier jour liant les parties" in page
    assert "À mener à terme d’ici là" in page
    assert "Préparer la lettre" in page
    assert "toutes ses lectures" not in page
    assert not Termination.objects.exists()


def test_backwards_the_wizard_gives_the_last_day_and_the_safe_one(client, cast, today):
    client.force_login(cast.manager)
    wanted = date(today.year + 1, 1, 1)
    query = asked(cast, today) | {"jour": "", "libre": wanted.isoformat()}
    page = client.get(at(cast), query).content.decode()
    assert "Dernier jour sûr" in page
    assert "Prévoir le jour sûr" in page


def test_a_silent_clause_is_read_in_all_its_ways(client, today):
    convention = make_convention()
    clause = TerminationClause.objects.create(
        convention=convention,
        act=convention.acts.get(),
        operation=Operation.PREAVIS,
        quantity=3,
        unit=Unit.MOIS,
        ground=TerminationGround.SANS_MOTIF,
    )
    first = date(today.year - 1, 1, 15)
    Convention.objects.filter(pk=convention.pk).update(
        status="signee", starts_on=first, starts_on_basis="derniere_signature"
    )
    act = convention.acts.get()
    act.status, act.signed_on, act.effective_on = "signe", first, first
    act.save()
    party = convention.parties.get(position=1)
    client.force_login(make_member(party.organisation, Role.RESPONSABLE))
    query = {"qui": party.pk, "voie": f"clause-{clause.pk}", "jour": today.isoformat()}
    address = reverse("conventions:ending_prepare", args=[convention.pk])
    page = client.get(address, query).content.decode()
    assert "toutes ses lectures" in page
    assert "Lecture prudente" in page


def test_without_a_clause_the_law_is_told_and_no_letter_is_offered(client, cast):
    client.force_login(cast.manager)
    page = client.get(at(cast), {"qui": cast.first.pk, "voie": "aucune"}).content.decode()
    assert "1212" in page
    assert "Préparer la lettre" not in page


def test_a_bad_day_says_why_and_keeps_what_was_typed(client, cast):
    client.force_login(cast.manager)
    query = asked(cast, date(2000, 1, 1)) | {"jour": "32/13/2026"}
    page = client.get(at(cast), query).content.decode()
    assert "32/13/2026" in page
    assert "Préparer la lettre" not in page


def test_the_last_button_prepares_the_letter_for_one_side_only(client, cast, today):
    client.force_login(cast.manager)
    address = f"{at(cast)}?" + "&".join(f"{k}={v}" for k, v in asked(cast, today).items())
    sent = {"reason": "Le programme change.", "to_complete": "", "letter_kind": "lrar"}
    response = client.post(address, sent)
    ending = Termination.objects.get()
    assert response.url == at(cast, "ending", **keys_of(ending))
    assert (ending.status, ending.planned_event_on) == (TerminationStatus.PREPAREE, today)
    page = client.get(response.url).content.decode()
    assert "Votre côté seul voit" in page
    acts = client.get(reverse("conventions:acts", args=[cast.convention.pk])).content.decode()
    assert "Sorties, mises en demeure et annonces" in acts
    client.force_login(cast.counterpart)
    assert client.get(response.url).status_code == 404
    acts = client.get(reverse("conventions:acts", args=[cast.convention.pk])).content.decode()
    assert "Sorties et mises en demeure" not in acts


def test_once_notified_both_sides_see_it_and_only_one_decides(client, cast, ending, today):
    client.force_login(cast.manager)
    proof = SimpleUploadedFile("recepisse.png", picture(), "image/png")
    sent = {"kind": "lrar", "tracking": "1A 234", "posted_on": today.isoformat()}
    response = client.post(
        at(cast, "letter_dates", **letter_keys(ending)), sent | {"posting_file": proof}
    )
    assert response.status_code == 302
    ending.refresh_from_db()
    assert ending.status == TerminationStatus.NOTIFIEE
    assert RegisteredLetter.objects.get().posting_proof.name == "recepisse.png"
    assert Convention.objects.get(pk=cast.convention.pk).terminated_on == ending.effect_on
    client.force_login(cast.counterpart)
    page = client.get(at(cast, "ending", **keys_of(ending))).content.decode()
    assert "recepisse.png" in page
    assert "Retirer cette sortie" not in page
    for name in ("ending_edit", "ending_withdraw", "ending_repaired", "ending_unrepaired"):
        assert client.get(at(cast, name, **keys_of(ending))).status_code == 403


def test_a_date_that_cannot_be_is_refused_at_its_field_and_kept(client, cast, ending, today):
    client.force_login(cast.manager)
    sent = {
        "kind": "lrar",
        "posted_on": today.isoformat(),
        "delivered_on": (today - timedelta(days=3)).isoformat(),
    }
    response = client.post(at(cast, "letter_dates", **letter_keys(ending)), sent)
    page = response.content.decode()
    assert response.status_code == 200
    assert "précède le dépôt" in page
    assert sent["delivered_on"] in page
    ending.refresh_from_db()
    assert ending.status == TerminationStatus.PREPAREE


@pytest.mark.parametrize("who", ["counterpart", "stranger"])
def test_what_is_prepared_is_hidden_from_the_others(client, cast, ending, who):
    client.force_login(getattr(cast, who))
    for name in ("ending", "ending_edit", "ending_withdraw"):
        assert client.get(at(cast, name, **keys_of(ending))).status_code == 404
    for name in ("letter", "letter_dates", "letter_versions"):
        assert client.get(at(cast, name, **letter_keys(ending))).status_code == 404
    address = at(cast, "letter_hand_out", **letter_keys(ending))
    assert client.post(address, {"forme": "pdf"}).status_code == 404


def test_a_reader_reads_but_does_not_decide(client, cast, ending):
    client.force_login(cast.reader)
    assert client.get(at(cast)).status_code == 403
    assert client.get(at(cast, "ending", **keys_of(ending))).status_code == 200
    assert client.get(at(cast, "letter", **letter_keys(ending))).status_code == 403


def test_the_letter_takes_a_paragraph_and_leaves_as_word_and_pdf(client, cast, ending):
    client.force_login(cast.manager)
    address = at(cast, "letter", **letter_keys(ending))
    client.post(address, {"body": "Nous restons à votre disposition."})
    page = client.get(address).content.decode()
    assert "Nous restons à votre disposition." in page
    assert "trois mois à compter de l’envoi" in page
    assert "délibération" in page
    taken = at(cast, "letter_hand_out", **letter_keys(ending))
    word = client.post(taken, {"forme": "word"}).url
    assert client.get(word).content == client.get(word).content
    pdf = client.post(taken, {"forme": "pdf"}).url
    first, again = (b"".join(client.get(pdf).streaming_content) for _ in range(2))
    assert first.startswith(b"%PDF-")
    assert first == again
    assert ending.letters.get().versions.count() == 1


def test_a_way_out_is_withdrawn_before_it_leaves(client, cast, ending, today):
    client.force_login(cast.manager)
    address = at(cast, "ending_withdraw", **keys_of(ending))
    page = client.post(address, {"withdrawn_on": today.isoformat(), "reason": ""})
    assert page.status_code == 200
    client.post(address, {"withdrawn_on": today.isoformat(), "reason": "Un accord est trouvé."})
    ending.refresh_from_db()
    assert ending.status == TerminationStatus.RETIREE
    client.force_login(cast.counterpart)
    assert client.get(at(cast, "ending", **keys_of(ending))).status_code == 404


def test_a_convention_past_its_term_is_not_left(client, cast, today):
    Convention.objects.filter(pk=cast.convention.pk).update(ends_on=today - timedelta(days=1))
    client.force_login(cast.manager)
    page = client.get(at(cast), asked(cast, today)).content.decode()
    assert "Constatez la fin" in page


def test_a_convention_is_prorogued_before_its_term_by_an_avenant(client, cast):
    client.force_login(cast.manager)
    page = client.get(at(cast, "prorogate")).content.decode()
    assert "1213" in page
    sent = {"quantity": 2, "unit": "ans", "purpose": "", "drafted_by": cast.first.pk}
    response = client.post(at(cast, "prorogate"), sent)
    act = cast.convention.acts.exclude(number=0).get()
    assert response.url == reverse("conventions:act", args=[cast.convention.pk, act.number])
    page = client.get(response.url).content.decode()
    assert "2\xa0ans à compter du terme" in page


def test_after_the_term_a_prorogation_is_refused_with_what_remains(client, cast, today):
    Convention.objects.filter(pk=cast.convention.pk).update(ends_on=today - timedelta(days=1))
    client.force_login(cast.manager)
    page = client.get(at(cast, "prorogate")).content.decode()
    assert "1214" in page
    assert "1215" in page
    client.post(at(cast, "prorogate"), {"quantity": 2, "unit": "ans", "drafted_by": cast.first.pk})
    assert not cast.convention.acts.exclude(number=0).exists()
