"""The support desk for engagements: it looks, puts right what was mistyped, writes it down."""

from datetime import date

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.enums import Verb
from accounts.models import JournalEntry
from accounts.tests.factories import make_user
from engagements.enums import Appreciation, State
from engagements.models import Assessment, Engagement, Indicator, StateChange, Theme
from engagements.signals import engagement_changed
from engagements.tests.factories import (
    make_engagement,
    make_indicator,
    make_measurement,
    make_revoyure,
    make_target,
)

pytestmark = pytest.mark.django_db
OURS = [model for model in admin.site._registry if model._meta.app_label == "engagements"]


@pytest.fixture
def support(client, db):
    support = make_user(is_staff=True, is_superuser=True)
    client.force_login(support)
    return support


@pytest.fixture
def rows(cast):
    """One row of everything support can see."""
    theme = Theme.objects.create(convention=cast.convention, name="Produire")
    owed = make_engagement(cast.convention, cast.first_party, theme=theme)
    indicator = make_indicator()
    make_target(cast.convention, indicator, engagement=owed)
    make_measurement(cast.convention, indicator)
    StateChange.objects.create(
        engagement=owed,
        old_state=State.A_VENIR,
        state=State.EN_COURS,
        declared_by=cast.manager,
        declared_on=date(2019, 1, 1),
    )
    contribution = make_revoyure(cast.convention).contributions.first()
    Assessment.objects.create(
        contribution=contribution, engagement=owed, appreciation=Appreciation.TENU
    )
    return owed


def _address(row, page: str = "change") -> str:
    name = f"admin:engagements_{row._meta.model_name}_{page}"
    return reverse(name, args=[] if page == "changelist" else [row.pk])


def test_every_list_and_file_opens_and_is_searched(client, support, rows):
    for model in OURS:
        assert model.objects.exists(), model
        changelist = _address(model(), "changelist")
        for query in ("", "?q=lac"):
            assert client.get(changelist + query).status_code == 200, model
        assert client.get(_address(model.objects.first())).status_code == 200, model


def test_engagements_are_filtered_by_what_they_are_today(client, support, rows):
    late = make_engagement(rows.convention, state=State.EN_COURS, due_on=date(2018, 1, 1))
    changelist = client.get(_address(late, "changelist"), {"situation": "en_retard"})
    assert list(changelist.context["cl"].queryset) == [late]


@pytest.mark.parametrize("model", OURS)
def test_nothing_is_deleted(rf, support, model):
    request = rf.get("/")
    request.user = support
    assert not admin.site._registry[model].has_delete_permission(request)


def test_what_proves_something_is_only_read(rf, support):
    request = rf.get("/")
    request.user = support
    read_only = {
        model._meta.model_name
        for model, desk in admin.site._registry.items()
        if model in OURS and not desk.has_change_permission(request)
    }
    assert read_only == {"statechange", "measurement", "revoyure", "contribution"}


def test_a_correction_enters_the_journal_and_is_announced(client, support, rows):
    heard = []

    def hear(engagement, by, **_kwargs):
        heard.append((engagement.pk, by))

    engagement_changed.connect(hear)
    try:
        page = client.get(_address(rows))
        sent = {
            name: "" if value is None else value
            for name, value in page.context["adminform"].form.initial.items()
        }
        for formset in page.context["inline_admin_formsets"]:
            management = formset.formset.management_form
            sent |= {management.add_prefix(name): 0 for name in management.fields}
        response = client.post(_address(rows), sent | {"title": "Programmer autrement"})
    finally:
        engagement_changed.disconnect(hear)
    assert response.status_code == 302
    assert Engagement.objects.get(pk=rows.pk).title == "Programmer autrement"
    entry = JournalEntry.objects.get(verb=Verb.SUPPORT_CHANGED)
    assert entry.dossier_id == rows.convention_id
    assert entry.data["changes"]["title"][1] == "Programmer autrement"
    assert heard == [(rows.pk, support)]


def test_an_indicator_in_use_keeps_its_unit(rf, support, rows):
    request = rf.get("/")
    request.user = support
    desk = admin.site._registry[Indicator]
    assert "unit" in desk.get_readonly_fields(request, Indicator.objects.get())
    assert desk.get_readonly_fields(request, make_indicator()) == []
