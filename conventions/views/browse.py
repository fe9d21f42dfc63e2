"""The list of conventions: filters in the address, a page at a time, the same order twice."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.access import Scope, scope_of
from accounts.rules.roles import Capability
from conventions.access import visible_to
from conventions.enums import ConventionKind, Situation
from conventions.models import Convention, Party
from conventions.models.listing import listed
from conventions.rules.cycle import LIVING, short_label, situation_on
from conventions.rules.liste import Filtres, days_left
from territories.models import Territory

PER_PAGE = 25
_LIFE = ("status", "starts_on", "ends_on", "closed_on", "terminated_on")
_COLUMNS = ("pk", "reference", "title", "territory__name", *_LIFE)


class Row(NamedTuple):
    """A convention as the list shows it."""

    pk: int
    href: str
    reference: str
    title: str
    territory: str
    parties: str
    situation: Situation
    starts_on: date | None
    ends_on: date | None
    days: int | None

    @property
    def is_running(self) -> bool:
        """Whether what is late in it still matters."""
        return self.situation in LIVING


@require_safe
def conventions_list(request: HttpRequest) -> HttpResponse:
    on = timezone.localdate()
    filtres = Filtres.read(request.GET)
    found = listed(visible_to(request.user, on=on), filtres, on=on)
    page = _page(found, request.GET.get("page"), search=bool(filtres.q))
    scope = scope_of(request.user, on=on)
    context = {
        "on": on,
        "filtres": filtres,
        "export_query": _query(filtres),
        "page": page,
        "rows": _rows(page, on=on),
        "situations": [(value, short_label(value)) for value in Situation],
        "kinds": ConventionKind.choices,
        "regions": _regions(scope),
        "may_create": scope.is_platform or bool(scope.organisations_with(Capability.MANAGE)),
    }
    return render(request, "conventions/list.html", context)


def _query(filtres: Filtres) -> str:
    kept = urlencode(list(filtres.items()))
    return f"?{kept}" if kept else ""


def _page(found: QuerySet, number: str | None, *, search: bool) -> Page:
    """Cut one page. Looking for words is dear: it is done once, and only keys are kept of it."""
    if not search:
        return Paginator(found.values(*_COLUMNS), PER_PAGE).get_page(number)
    page = Paginator(list(found.values_list("pk", flat=True)), PER_PAGE).get_page(number)
    rows = Convention.objects.filter(pk__in=page.object_list).values(*_COLUMNS)
    by_pk = {row["pk"]: row for row in rows}
    page.object_list = [by_pk[pk] for pk in page.object_list]
    return page


def _rows(page: Page, *, on: date) -> list[Row]:
    page.object_list = list(page.object_list)
    parties = defaultdict(list)
    aliases = Party.objects.filter(convention__in=[row["pk"] for row in page.object_list])
    for convention_id, alias in aliases.order_by("position").values_list("convention_id", "alias"):
        parties[convention_id].append(alias)
    root = reverse("conventions:list")
    return [
        Row(
            pk=row["pk"],
            href=f"{root}{row['pk']}/",
            reference=row["reference"],
            title=row["title"],
            territory=row["territory__name"],
            parties=", ".join(parties[row["pk"]]),
            situation=situation_on(on, **{name: row[name] for name in _LIFE}),
            starts_on=row["starts_on"],
            ends_on=row["ends_on"],
            days=days_left(ends_on=row["ends_on"], on=on),
        )
        for row in page.object_list
    ]


def _regions(scope: Scope) -> list[tuple[str, str]]:
    """The regions worth choosing from: none for whoever follows one region at most."""
    held = {mandate.region_id for mandate in scope.regional}
    if not scope.is_platform and len(held) < 2:
        return []
    regions = Territory.objects.regions()
    if not scope.is_platform:
        regions = regions.filter(pk__in=held)
    return list(regions.order_by("name").values_list("code", "name"))
