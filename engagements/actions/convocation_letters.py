"""All that a convocation says, and the agenda it starts from, read from what is recorded."""

from datetime import date, timedelta

from django.utils import timezone

from conventions.actions.letter_facts import article_label, side_of, signatories_of
from conventions.models import RevoyureClause
from conventions.models.endings_read import review_clause
from conventions.rules.lettre import Letter
from engagements.models import Convocation, ConvocationLetter, Revoyure
from engagements.models.revoyure_read import due_engagements, missing_figures
from engagements.rules.convocation import (
    ConvocationFacts,
    Due,
    Purpose,
    agenda_of,
    compose,
    what_the_clause_asks,
)


def composed(letter: ConvocationLetter, purpose: Purpose = Purpose.CONVOCATION) -> Letter:
    """Return the letter as it reads today."""
    return compose(_facts(letter), purpose)


def _facts(letter: ConvocationLetter) -> ConvocationFacts:
    convocation = letter.convocation
    revoyure = convocation.revoyure
    convention = revoyure.convention
    day = convocation.created_at.date()
    clause = review_clause(convention, on=day)
    return ConvocationFacts(
        sender=side_of(convocation.party),
        addressee=side_of(letter.addressee),
        title=convention.title,
        reference=convention.reference,
        year=revoyure.year,
        held_on=convocation.held_on,
        made_at=convocation.created_at.isoformat(),
        form=letter.kind,
        signed_on=convention.acts.get(number=0).signed_on,
        begins_at=convocation.begins_at,
        place=convocation.place,
        agenda=convocation.agenda,
        article=article_label(convention, clause.article_id, on=day) if clause else "",
        wording=clause.wording if clause else "",
        added=letter.body,
        instead_of=_replaced(convocation),
        dated_on=timezone.localtime(convocation.created_at).date(),
        cancelled_on=convocation.cancelled_on,
        cancellation_reason=convocation.cancellation_reason,
        signatories=signatories_of(convocation.party),
    )


def _replaced(convocation: Convocation) -> date | None:
    """The day of the last meeting that was called off before this call was prepared."""
    before = convocation.revoyure.convocations.filter(
        sent_on__isnull=False, cancelled_on__isnull=False, pk__lt=convocation.pk
    )
    return before.order_by("-pk").values_list("held_on", flat=True).first()


def starting_agenda(revoyure: Revoyure, *, on: date) -> str:
    """Return the agenda a person edits: what is due, what is missing, what comes next."""
    clause = review_clause(revoyure.convention, on=on)
    missing = {target.indicator.name for target in missing_figures(revoyure, on=on)}
    owed = [f"{one.code} ({one.title})" for one in due_engagements(revoyure, on=on)]
    return agenda_of(
        Due(
            year=revoyure.year,
            missing=sorted(missing),
            engagements=owed,
            freeze_on=_after(revoyure, clause, "freeze_days"),
            transmission_on=_after(revoyure, clause, "transmission_days"),
        )
    )


def meeting_asked(revoyure: Revoyure, *, on: date) -> tuple[str, date | None]:
    """Return what the clause asks of the meeting, in words, and the day it leads to."""
    clause = review_clause(revoyure.convention, on=on)
    day = _after(revoyure, clause, "meeting_days")
    return what_the_clause_asks(wording=clause.wording if clause else "", meeting_on=day), day


def _after(revoyure: Revoyure, clause: RevoyureClause | None, name: str) -> date | None:
    if clause is None:
        return None
    return revoyure.opened_on + timedelta(days=getattr(clause, name))
