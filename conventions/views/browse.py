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
from conventions.rules.cycle import short_label
from conventions.rules.liste import Filtres, days_left
from territories.models import Territory

PER_PAGE = 25
_COLUMNS = (
    "reference", "title", "status", "starts_on", "ends_on", "closed_on", "territory__name",
)  # fmt: skip


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
        return self.situation in {Situation.EN_VIGUEUR, Situation.POURSUITE_DE_FAIT}


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
        columns = found.select_related("territory").only(*_COLUMNS)
        return Paginator(columns, PER_PAGE).get_page(number)
    page = Paginator(list(found.values_list("pk", flat=True)), PER_PAGE).get_page(number)
    columns = Convention.objects.select_related("territory").only(*_COLUMNS)
    by_pk = columns.in_bulk(page.object_list)
    page.object_list = [by_pk[pk] for pk in page.object_list]
    return page


def _rows(page: Page, *, on: date) -> list[Row]:
    conventions = list(page.object_list)
    page.object_list = conventions
    parties = defaultdict(list)
    aliases = Party.objects.filter(convention__in=[c.pk for c in conventions]).order_by("position")
    for convention_id, alias in aliases.values_list("convention_id", "alias"):
        parties[convention_id].append(alias)
    root = reverse("conventions:list")
    return [
        Row(
            pk=convention.pk,
            href=f"{root}{convention.pk}/",
            reference=convention.reference,
            title=convention.title,
            territory=convention.territory.name,
            parties=", ".join(parties[convention.pk]),
            situation=convention.situation_on(on),
            starts_on=convention.starts_on,
            ends_on=convention.ends_on,
            days=days_left(ends_on=convention.ends_on, on=on),
        )
        for convention in conventions
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
