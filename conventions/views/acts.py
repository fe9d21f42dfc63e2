"""The acts of a convention: what was signed, when, by whom, and what each one wrote."""

from datetime import date
from typing import NamedTuple

from django.db.models import Count, Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.rules.roles import Capability
from conventions.access import (
    acts_visible_to,
    capabilities_in,
    endings_visible_to,
    get_convention_or_404,
)
from conventions.actions.avenants import reason_not_to_amend
from conventions.actions.conflicts import OPEN, conflicts_seen_by
from conventions.enums import ActStatus, DocumentKind
from conventions.models import Act, Convention, Signatory
from conventions.models.acts_read import changes_by_act
from conventions.models.listing import parties_in_order
from conventions.rules.conflits import Conflict
from conventions.rules.sorties import reason_not_to_leave

_PROOFS = (DocumentKind.CONVENTION_SIGNEE, DocumentKind.DELIBERATION, DocumentKind.POUVOIR)


class Row(NamedTuple):
    """An act with what it does: «remplace» and the articles it replaces…"""

    act: Act
    changes: dict[str, list[str]]


class Project(NamedTuple):
    """A draft one may see, with what must be settled in it before it is signed."""

    act: Act
    changes: dict[str, list[str]]
    conflicts: list[Conflict]


@require_safe
def acts(request: HttpRequest, pk: int) -> HttpResponse:
    on = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=on)
    prefetch_related_objects([convention], parties_in_order())
    rows = _rows(request.user, convention, on)
    rights = capabilities_in(request.user, convention, on=on)
    may_amend = Capability.MANAGE in rights and not reason_not_to_amend(convention)
    context = {
        "convention": convention,
        "on": on,
        "tab": "actes",
        "signed": [row for row in rows if row.act.is_signed or row.act.number == 0],
        "projects": _projects(request.user, rows, on),
        "given_up": [row.act for row in rows if row.act.status == ActStatus.ABANDONNE],
        "may_amend": may_amend,
        "may_leave": may_amend and not reason_not_to_leave(convention.situation_on(on)),
        "endings": endings_visible_to(request.user, convention, on=on).select_related("party"),
        "proofs": convention.documents.filter(kind__in=_PROOFS).order_by("kind", "name"),
    }
    return render(request, "conventions/acts.html", context)


def _rows(user, convention: Convention, on: date) -> list[Row]:
    signatories = Signatory.objects.select_related("party", "mandate").order_by(
        "party__position", "position"
    )
    visible = (
        acts_visible_to(user, convention, on=on)
        .select_related("drafted_by")
        .annotate(worded=Count("article_versions"))
        .prefetch_related(Prefetch("signatories", signatories))
        .order_by("number")
    )
    found = list(visible)
    for act in found:
        act.convention = convention
    told = changes_by_act(convention, found) if len(found) > 1 else {}
    return [Row(act, told.get(act.pk, {})) for act in found]


def _projects(user, rows: list[Row], on: date) -> list[Project]:
    """Drafts in the order they were begun: their numbers say nothing."""
    drafts = [row for row in rows if row.act.number and row.act.status in OPEN]
    return [
        Project(row.act, row.changes, conflicts_seen_by(user, row.act, on=on))
        for row in sorted(drafts, key=lambda row: row.act.pk)
    ]
