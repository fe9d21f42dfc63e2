"""Dates across conventions and of one convention."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.tests.factories import make_member, make_user
from conventions.enums import ConventionStatus, EffectBasis
from conventions.models import Convention
from conventions.tests.factories import make_convention, make_signed_convention
from reminders.actions.findings import raise_finding
from reminders.actions.selfcheck import check_portal
from reminders.enums import DeadlineKind, FindingKind, ReminderStatus
from reminders.models import Deadline
from reminders.tests.factories import make_deadline, make_reminder, plain, project_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(cast):
    """The cast's convention, still in force a year from now."""
    Convention.objects.filter(pk=cast.convention.pk).update(
        ends_on=timezone.localdate() + timedelta(days=365)
    )
    cast.convention.refresh_from_db()
    return cast.convention


def _in(days):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def dates(running, cast):
    return {
        "late": make_deadline(running, title="Comité en retard", due_on=_in(-5)),
        "near": make_deadline(running, title="Comité proche", due_on=_in(5)),
        "far": make_deadline(
            running, title="Rapport lointain", due_on=_in(100), kind=DeadlineKind.RAPPORT_ACTIVITE
        ),
        "elapsed": make_deadline(
            running, title="Sortie passée", due_on=_in(-60), kind=DeadlineKind.RESILIATION
        ),
        "done": make_deadline(
            running, title="Gel fait", due_on=_in(-9), done_on=_in(-10), done_by=cast.manager
        ),
        "rolling": make_deadline(running, title="Glissante", due_on=_in(31), rolling=True),
        "retired": make_deadline(
            running, title="Ancienne", due_on=_in(8), retired_at=timezone.now()
        ),
    }


def _listed(client, user, query=""):
    client.force_login(user)
    return list(client.get(reverse("reminders:list") + query).context["rows"])


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["late", "near", "far"]),
        ("?etat=en-retard", ["late"]),
        ("?etat=faites", ["done"]),
        ("?etat=remplacees", ["retired"]),
        ("?etat=a-venir", ["near", "far"]),
        ("?convention=grand+LAC", ["late", "near", "far"]),
        ("?etat=passees", ["elapsed"]),
        ("?etat=toutes", ["elapsed", "done", "late", "near", "far"]),
        ("?periode=30", ["late", "near"]),
        ("?nature=rapport_activite", ["far"]),
        ("?convention=Grand+Lac", ["late", "near", "far"]),
        ("?convention=rien", []),
        ("?tri=-date", ["far", "near", "late"]),
        ("?nature=inconnue&periode=x&etat=y&tri=z", ["late", "near", "far"]),
    ],
)
def test_filters_live_in_the_address(client, cast, dates, query, names):
    Convention.objects.update(title="Convention de Grand Lac")
    assert _listed(client, cast.reader, query) == [dates[name] for name in names]


def test_a_stranger_sees_none_of_them(client, cast, dates):
    assert _listed(client, cast.stranger) == []
    assert "Aucune échéance à venir" in client.get(reverse("reminders:list")).content.decode()


def test_who_left_sees_nothing_from_that_day_on(client, cast, dates):
    former = make_member(cast.epci, Role.RESPONSABLE, ends_on=_in(-1))
    assert _listed(client, former) == []


def test_the_platform_sees_them_all(client, cast, dates):
    assert len(_listed(client, make_user(is_superuser=True))) == 3


@pytest.mark.parametrize("rows", [1, 10])
def test_the_list_costs_the_same_queries_whatever_its_length(
    client, cast, running, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        other = make_signed_convention(epci=cast.epci, ends_on=_in(365))
        make_deadline(other, due_on=_in(9))
    client.force_login(cast.manager)
    with django_assert_max_num_queries(12):
        client.get(reverse("reminders:list"))


def test_an_administrator_is_told_of_what_the_portal_found(client, cast, running, dates):
    now = timezone.now()
    make_reminder(dates["near"], cast.manager, status=ReminderStatus.ECHEC, failure="550")
    raise_finding(
        FindingKind.RAPPEL_ECHOUE, "rappel:1", words="550", now=now, deadline=dates["near"],
        convention=cast.convention,
    )  # fmt: skip
    check_portal(now=now)
    client.force_login(make_member(cast.epci, Role.ADMINISTRATEUR))
    text = plain(client.get(reverse("reminders:list")).content.decode())
    assert "1 rappel qui n’a pas pu partir" in text
    assert "1 convention sans rappel à venir" in text
    project_now(running, now=now, on=timezone.localdate())
    check_portal(now=now)
    text = plain(client.get(reverse("reminders:list")).content.decode())
    assert "sans rappel à venir" not in text


def test_a_contributor_is_not_bothered_with_them(client, cast, running, dates):
    raise_finding(FindingKind.RAPPEL_ECHOUE, "1", words="550", now=timezone.now())
    client.force_login(cast.contributor)
    text = client.get(reverse("reminders:list")).content.decode()
    assert "pas pu partir" not in text
    assert reverse("reminders:findings") not in text


# One convention -----------------------------------------------------------------------------------


def _tab(client, user, convention):
    client.force_login(user)
    return client.get(reverse("reminders:convention_deadlines", args=[convention.pk]))


def test_the_tab_parts_what_is_late_to_come_rolling_and_behind(client, cast, running, dates):
    context = _tab(client, cast.reader, running).context
    assert context["late"] == [dates["late"]]
    assert context["near"] == [dates["near"]]
    assert context["later"] == [dates["far"]]
    assert context["behind"] == [dates["done"], dates["elapsed"]]


def test_each_row_has_the_anchor_that_other_pages_lead_to(client, cast, running, dates):
    text = _tab(client, cast.reader, running).content.decode()
    for name in ("late", "near", "far", "elapsed", "done"):
        assert text.count(f'id="echeance-{dates[name].pk}"') == 1


def test_the_answer_of_the_day_is_on_the_tab(client, cast, running):
    project_now(running, now=timezone.now(), on=timezone.localdate())
    response = _tab(client, cast.reader, running)
    (answer,) = response.context["answers"]
    assert answer.deadline == Deadline.objects.rolling().get()
    assert "Si la lettre partait aujourd’hui" in response.content.decode()


def test_a_text_without_way_out_says_so(client, cast):
    silent = make_convention(
        epci=cast.epci,
        status=ConventionStatus.SIGNEE,
        starts_on=_in(-30),
        starts_on_basis=EffectBasis.HYPOTHESE,
        ends_on=_in(900),
    )
    text = plain(_tab(client, cast.reader, silent).content.decode())
    assert "ne prévoit pas de résiliation" in text
    assert "art. 1212" in text


def test_the_tab_of_a_convention_one_may_not_know_of_does_not_exist(client, cast, running):
    assert _tab(client, cast.stranger, running).status_code == 404


def test_the_scheduler_says_when_it_last_passed(client, cast, running):
    text = plain(_tab(client, cast.reader, running).content.decode())
    assert "Le planificateur n’est pas encore passé." in text


@pytest.mark.parametrize("rows", [1, 12])
def test_the_tab_costs_the_same_queries_whatever_its_length(
    client, cast, running, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        make_deadline(running, due_on=_in(9))
    client.force_login(cast.manager)
    with django_assert_max_num_queries(32):
        client.get(reverse("reminders:convention_deadlines", args=[running.pk]))
