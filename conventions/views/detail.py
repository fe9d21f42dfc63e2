"""«Synthèse»: what one wants to know of a convention before opening anything else."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import JournalEntry
from conventions.access import capabilities_in, entries_visible_to, get_convention_or_404
from conventions.models import Convention, Mandate, Party, Signatory
from conventions.models.act import STANDING_ACT
from conventions.models.clauses_read import clause_lines, clauses_of
from conventions.models.listing import parties_in_order
from conventions.rules.steps import next_steps

LAST_LINES = 6


class Signing(NamedTuple):
    """A party, who signs for it and on what authority."""

    party: Party
    signatories: list[Signatory]
    mandates: list[Mandate]


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    on = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=on)
    prefetch_related_objects([convention], parties_in_order())
    rights = capabilities_in(request.user, convention, on=on)
    context = {
        "convention": convention,
        "on": on,
        "tab": "synthese",
        "signings": _signings(convention),
        "clauses": clause_lines(clauses_of(convention.pk, on=on)),
        "entries": _last_lines(request.user, convention, on),
        "steps": next_steps(convention.situation_on(on), rights),
    }
    return render(request, "conventions/detail.html", context)


def _last_lines(user, convention: Convention, on: date) -> QuerySet[JournalEntry]:
    entries = JournalEntry.objects.of_dossier(convention.pk)
    return entries_visible_to(user, entries, on=on)[:LAST_LINES]


def _signings(convention: Convention) -> list[Signing]:
    """What is voted for an avenant still being drafted is told with it, not here."""
    rows = Mandate.objects.filter(Q(act__isnull=True) | STANDING_ACT, party__convention=convention)
    signatories, mandates = defaultdict(list), defaultdict(list)
    signing = Signatory.objects.filter(STANDING_ACT, act__convention=convention)
    for signatory in signing.order_by("act__number", "position"):
        # The act by which the party came: the first one it signed.
        own = signatories[signatory.party_id]
        if not own or own[0].act_id == signatory.act_id:
            own.append(signatory)
    for mandate in rows.order_by("adopted_on"):
        mandates[mandate.party_id].append(mandate)
    return [
        Signing(party, signatories[party.pk], mandates[party.pk])
        for party in convention.parties.all()
    ]
