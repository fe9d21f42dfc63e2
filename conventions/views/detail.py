"""«Synthèse»: what one wants to know of a convention before opening anything else."""

from collections import defaultdict
from typing import NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import JournalEntry
from conventions.access import capabilities_in, get_convention_or_404
from conventions.models import (
    ArticleVersion,
    Convention,
    DurationClause,
    Mandate,
    Party,
    RevoyureClause,
    Signatory,
    TerminationClause,
)
from conventions.models.clause import Clause
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
    """A clause in one sentence, with the article that holds it and its own words."""

    name: str
    sentence: str
    article_id: int | None
    number: str
    wording: str
    is_confirmed: bool


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
        "clauses": _clauses(convention),
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


def _clauses(convention: Convention) -> list[ClauseLine]:
    """The clauses that bind today: a later act replaces duration and review, adds ways out."""
    lines = []
    if duration := _last(DurationClause, convention):
        words = duration_in_words(
            quantity=duration.quantity,
            unit=duration.unit,
            trigger=duration.trigger,
            prorogation=duration.prorogation_possible,
        )
        lines.append(_line("Durée", words, duration))
    if review := _last(RevoyureClause, convention):
        lines.append(_line("Revoyure", _review(review), review))
    for clause in _read(TerminationClause, convention).order_by("act__number", "pk"):
        words = termination_in_words(
            ground=clause.ground,
            form=clause.form,
            operation=clause.operation,
            quantity=clause.quantity,
            unit=clause.unit,
            trigger=clause.trigger,
        )
        lines.append(_line("Résiliation", words, clause))
    return lines


def _review(clause: RevoyureClause) -> str:
    return revoyure_in_words(
        year_basis=clause.year_basis,
        opens_month=clause.opens_month,
        opens_day=clause.opens_day,
        contribution_days=clause.contribution_days,
        meeting_days=clause.meeting_days,
    )


def _read(model: type[Clause], convention: Convention) -> QuerySet:
    numbers = ArticleVersion.objects.filter(article=OuterRef("article"), act=OuterRef("act"))
    return model.objects.filter(convention=convention).annotate(
        article_number=Subquery(numbers.order_by().values("number")[:1])
    )


def _last(model: type[Clause], convention: Convention) -> Clause | None:
    return _read(model, convention).order_by("-act__number").first()


def _line(name: str, sentence: str, clause: Clause) -> ClauseLine:
    number = clause.article_number or ""
    return ClauseLine(
        name, sentence, clause.article_id, number, clause.wording, clause.is_confirmed
    )
