"""«Synthèse»: what one wants to know of a convention before opening anything else."""

from collections import defaultdict
from typing import NamedTuple

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import JournalEntry
from conventions.access import capabilities_in, get_convention_or_404
from conventions.models import Convention, Mandate, Party, Signatory
from conventions.models.clauses_read import ClauseRead, Clauses, clauses_of
from conventions.models.listing import parties_in_order
from conventions.rules.clauses import (
    duration_in_words,
    revoyure_in_words,
    termination_in_words,
)
from conventions.rules.steps import next_steps

LAST_LINES = 6


class Signing(NamedTuple):
    """A party, who signs for it and on what authority."""

    party: Party
    signatories: list[Signatory]
    mandates: list[Mandate]


class ClauseLine(NamedTuple):
    """A clause in one sentence, and the clause itself for its article and its own words."""

    name: str
    sentence: str
    clause: ClauseRead


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
        "clauses": _clause_lines(clauses_of(convention.pk, on=on)),
        "entries": JournalEntry.objects.of_dossier(convention.pk)[:LAST_LINES],
        "steps": next_steps(convention.situation_on(on), rights),
    }
    return render(request, "conventions/detail.html", context)


def _signings(convention: Convention) -> list[Signing]:
    signatories, mandates = defaultdict(list), defaultdict(list)
    for signatory in Signatory.objects.filter(act__convention=convention, act__number=0).order_by(
        "position"
    ):
        signatories[signatory.party_id].append(signatory)
    for mandate in Mandate.objects.filter(party__convention=convention).order_by("adopted_on"):
        mandates[mandate.party_id].append(mandate)
    return [
        Signing(party, signatories[party.pk], mandates[party.pk])
        for party in convention.parties.all()
    ]


def _clause_lines(clauses: Clauses) -> list[ClauseLine]:
    lines = []
    if clauses.duration:
        words = duration_in_words(**clauses.duration.terms)
        lines.append(ClauseLine("Durée", words, clauses.duration))
    if clauses.revoyure:
        words = revoyure_in_words(**clauses.revoyure.terms)
        lines.append(ClauseLine("Revoyure", words, clauses.revoyure))
    for clause in clauses.terminations:
        lines.append(ClauseLine("Résiliation", termination_in_words(**clause.terms), clause))
    return lines
