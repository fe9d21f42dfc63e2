"""The support desk looks, corrects what is not signed, and writes each correction down."""

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.enums import Verb
from accounts.models import JournalEntry
from conventions.actions.documents import store_document
from conventions.models import Act, Convention, Document, Mandate, Party
from conventions.tests.checklist import settle_procedure
from conventions.tests.drafting import TODAY, empower, make_drafting_cast
from conventions.tests.factories import make_signed_convention
from conventions.tests.test_rules_fichiers import pdf

pytestmark = pytest.mark.django_db
OURS = [model for model in admin.site._registry if model._meta.app_label == "conventions"]


@pytest.fixture
def cast(client):
    cast = make_drafting_cast()
    client.force_login(cast.platform)
    return cast


def _address(row, page: str = "change") -> str:
    name = f"admin:conventions_{row._meta.model_name}_{page}"
    return reverse(name, args=[row.pk] if page != "changelist" else [])


def test_every_list_and_file_opens(client, cast):
    empower(cast.convention)
    make_signed_convention(reference="SIGNEE-2017")
    store_document(cast.convention, by=cast.manager, on=TODAY, name="acte.pdf", data=pdf())
    settle_procedure(cast.act, by=cast.manager, on=TODAY)
    for model in OURS:
        assert model.objects.exists(), model
        assert client.get(_address(model(), "changelist")).status_code == 200, model
        for row in model.objects.all():
            assert client.get(_address(row)).status_code == 200, row


def test_lists_are_searched(client, cast):
    for model in OURS:
        address = _address(model(), "changelist")
        assert client.get(f"{address}?q=lac").status_code == 200, model


@pytest.mark.parametrize("model", OURS)
def test_nothing_is_deleted(rf, cast, model):
    request = rf.get("/")
    request.user = cast.platform
    assert not admin.site._registry[model].has_delete_permission(request)


def _values(response) -> dict:
    """Return the answers of the admin's own forms, as the browser would send them back."""
    forms = [response.context["adminform"].form]
    sent = {}
    for formset in response.context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.initial_forms]
    for form in forms:
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                sent[field.html_name] = value
    return sent


def test_a_draft_is_corrected_and_the_correction_is_written_down(client, cast):
    response = client.get(_address(cast.convention))
    answers = _values(response) | {"title": "Titre corrigé", "status": "signee"}
    assert client.post(_address(cast.convention), answers).status_code == 302
    cast.convention.refresh_from_db()
    assert (cast.convention.title, cast.convention.status) == ("Titre corrigé", "en_negociation")
    entry = JournalEntry.objects.of_dossier(cast.convention.pk).get(verb=Verb.SUPPORT_CHANGED)
    assert entry.data["changes"]["title"][1] == "Titre corrigé"
    assert entry.actor == cast.platform


def test_what_is_signed_is_only_read(client, cast):
    convention = make_signed_convention(reference="SIGNEE-2017")
    before = convention.title
    client.post(_address(convention), {"title": "Autre", "zone": "metropole"})
    for row in (
        convention.acts.get(),
        convention.parties.first(),
        Mandate.objects.filter(party__convention=convention).first(),
    ):
        assert client.post(_address(row), {"title": "Autre"}).status_code == 403, row
    convention.refresh_from_db()
    assert convention.title == before
    assert Act.objects.get(convention=convention).title == before
    assert Party.objects.filter(convention=convention).count() == 2


def test_a_convention_shows_its_last_lines_and_leads_to_its_journal(client, cast):
    store_document(cast.convention, by=cast.manager, on=TODAY, name="acte.pdf", data=pdf())
    page = client.get(_address(cast.convention)).content.decode()
    assert "a déposé acte.pdf" in page
    assert f"?dossier_id={cast.convention.pk}" in page
    journal = reverse("admin:accounts_journalentry_changelist")
    assert client.get(f"{journal}?dossier_id={cast.convention.pk}").status_code == 200


def test_kept_files_are_checked_from_their_list(client, cast):
    document = store_document(
        cast.convention, by=cast.manager, on=TODAY, name="acte.pdf", data=pdf()
    )
    address = _address(document, "changelist")
    chosen = {"action": "check_bytes", "_selected_action": [document.pk]}
    assert "Fichiers intacts : 1" in client.post(address, chosen, follow=True).content.decode()
    document.path.chmod(0o600)
    document.path.write_bytes(b"autre")
    assert (
        "le fichier manque ou a changé"
        in client.post(address, chosen, follow=True).content.decode()
    )
    assert Document.objects.get().size == document.size


def test_only_the_platform_enters(client, cast):
    client.force_login(cast.manager)
    assert client.get(_address(Convention(), "changelist")).status_code == 302
