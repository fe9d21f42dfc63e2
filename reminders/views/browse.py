"""Dates across one's conventions, by place, and those of one convention."""

from collections import defaultdict
from datetime import date
from itertools import groupby

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.rules.roles import Capability
from conventions.access import get_convention_or_404, parties_acted_for
from conventions.access import visible_to as conventions_visible_to
from reminders.access import answers_visible_to, notes_visible_to, visible_to
from reminders.actions.gathering import facts_of
from reminders.actions.watching import troubles_for
from reminders.enums import DeadlineSituation as Situation
from reminders.forms.deadlines import DeadlineFilterForm
from reminders.models import Deadline
from reminders.models.listing import (
    by_region,
    by_territory,
    for_list,
    listed,
    open_to,
    places,
    situation_here,
)
from reminders.rules.liste import Filtres
from reminders.rules.projection import silences
from reminders.views.answers import live_answers

ROWS = 50
DRAWN = 14
_BEHIND = (Situation.FAITE, Situation.SANS_OBJET, Situation.PASSEE)


@require_safe
def deadlines(request: HttpRequest) -> HttpResponse:
    """Every date of the conventions one may read; the filters live in the address."""
    user, on = request.user, timezone.localdate()
    filtres = Filtres.read(request.GET)
    sides = parties_acted_for(user, Capability.READ, on=on)
    found = listed(visible_to(user, on=on), filtres, sides, on=on)
    page = Paginator(_shown(user, found, on=on), ROWS).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    context = {
        "form": DeadlineFilterForm(filtres, regions=_regions(user, on=on)),
        "filtres": filtres,
        "export_query": _query(filtres),
        "page": page,
        "rows": rows,
        "months": _by_month(rows) if filtres.is_by_date else [("", rows)],
        "coming": [row for row in rows if row.due_on >= on and not row.done_on][:DRAWN],
        "troubles": troubles_for(user, on=on, now=timezone.now()),
        "on": on,
    }
    return render(request, "reminders/list.html", context)


@require_safe
def by_place(request: HttpRequest) -> HttpResponse:
    """What is late and what is near, region by region, then territory by territory."""
    user, on = request.user, timezone.localdate()
    region = Filtres.read(request.GET).region
    sides = parties_acted_for(user, Capability.READ, on=on)
    rows = open_to(visible_to(user, on=on), sides)
    counted = by_territory(rows, region, on=on) if region else by_region(rows, on=on)
    page = Paginator(counted, ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "places": places(page.object_list, region=region),
        "region": dict(_regions(user, on=on)).get(region, region),
        "code": region,
        "on": on,
    }
    return render(request, "reminders/by_place.html", context)


@require_safe
def convention_deadlines(request: HttpRequest, pk: int) -> HttpResponse:
    """The dates of one convention: late, near, to come, rolling, behind."""
    user, on = request.user, timezone.localdate()
    convention = get_convention_or_404(user, pk, on=on)
    rows = visible_to(user, on=on).filter(convention=convention)
    groups = _parted(_shown(user, rows.fixed(), on=on), on=on)
    near, later = groups[Situation.PROCHE], groups[Situation.A_VENIR]
    behind = [row for situation in _BEHIND for row in groups[situation]]
    behind.sort(key=lambda row: (row.due_on, row.pk), reverse=True)
    context = {
        "convention": convention,
        "on": on,
        "tab": "echeances",
        "late": groups[Situation.EN_RETARD],
        "near": near,
        "later": later,
        "coming": [*near, *later][:DRAWN],
        "answers": live_answers(rows.rolling().select_related("clause", "convention"), on=on),
        "behind": behind,
        "behind_rows": [("", behind)],
        "replaced": rows.filter(retired_at__isnull=False, rolling=False).count(),
        "silences": silences(facts_of(convention, on=on)),
    }
    return render(request, "reminders/convention_deadlines.html", context)


def _shown(user, rows: QuerySet[Deadline], *, on: date) -> QuerySet[Deadline]:
    return for_list(rows, answers_visible_to(user, on=on), notes_visible_to(user, on=on))


def _parted(rows: QuerySet[Deadline], *, on: date) -> dict[Situation, list[Deadline]]:
    groups: dict[Situation, list[Deadline]] = defaultdict(list)
    for row in rows:
        groups[situation_here(row, on)].append(row)
    return groups


def _by_month(rows: list[Deadline]) -> list[tuple[date, list[Deadline]]]:
    months = groupby(rows, key=lambda row: row.due_on.replace(day=1))
    return [(month, list(dates)) for month, dates in months]


def _regions(user, *, on: date) -> list[tuple[str, str]]:
    rows = conventions_visible_to(user, on=on).filter(region__isnull=False)
    named = rows.order_by("region__name").values_list("region__code", "region__name")
    return list(named.distinct())


def _query(filtres: Filtres) -> str:
    kept = urlencode(list(filtres.items()))
    return f"?{kept}" if kept else ""
