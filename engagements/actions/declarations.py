"""Saying how far along an engagement is, for a party, with evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.rules.roles import Capability
from accounts.rules.typographie import date_longue
from conventions.access import check_acts_for
from conventions.actions.documents import store_document
from conventions.enums import ConventionStatus, DocumentKind
from conventions.models import Document, Party
from engagements.enums import State
from engagements.models import Engagement, StateChange
from engagements.rules.declarations import check_declaration
from engagements.rules.situations import PERIODIC
from engagements.signals import engagement_changed

# Before its signature a text binds nobody; ended or terminated, it is still accounted for.
DECLARABLE = (ConventionStatus.SIGNEE, ConventionStatus.RESILIEE)


@dataclass(frozen=True)
class Evidence:
    """A file brought with a declaration."""

    name: str
    data: bytes


@transaction.atomic
def declare_state(
    engagement: Engagement,
    *,
    by,
    on: date,
    party: Party,
    state: State,
    comment: str = "",
    files: Sequence[Evidence] = (),
    next_due_on: date | None = None,
) -> StateChange:
    """Declare a state in a party's name: its debtors say how it goes, any party may contest it.

    What comes back and is kept gets its next date; without one, nothing more is awaited.
    """
    check_acts_for(by, party, Capability.CONTRIBUTE, on=on)
    engagement = _locked(engagement)
    _check(engagement, party, state, comment=comment, next_due_on=next_due_on)
    change = StateChange(
        engagement=engagement,
        old_state=engagement.state,
        state=state,
        party=party,
        comment=comment.strip(),
        next_due_on=next_due_on,
        declared_by=by,
        declared_on=on,
    )
    _keep(change, files)
    return change


def _locked(engagement: Engagement) -> Engagement:
    rows = Engagement.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("convention").get(pk=engagement.pk)


def _keep(change: StateChange, files: Sequence[Evidence]) -> None:
    """Write the declaration, its evidence, and what it makes of the engagement."""
    _refuse_replay(change)
    change.save()
    engagement, by, on = change.engagement, change.declared_by, change.declared_on
    documents = [_kept(engagement, file, by=by, on=on) for file in files]
    change.evidence.set(documents)
    engagement.state = change.state
    if change.state == State.TENU and engagement.recurrence in PERIODIC:
        engagement.due_on = change.next_due_on
    engagement.save(update_fields=["state", "due_on"])
    _say(change, documents)
    engagement_changed.send(sender=Engagement, engagement=engagement, by=by, on=on)


def _check(
    engagement: Engagement, party: Party, state: State, *, comment: str, next_due_on: date | None
) -> None:
    convention = engagement.convention
    if party.convention_id != convention.pk:
        raise ValidationError({"party": f"{party} n’est pas partie à cette convention."})
    if convention.status not in DECLARABLE:
        msg = "L’état d’un engagement se déclare une fois la convention signée."
        raise ValidationError(msg, code="unsigned")
    is_debtor = engagement.debts.filter(party=party).exists()
    check_declaration(
        state,
        current=engagement.state,
        is_debtor=is_debtor,
        comment=comment,
        next_due_on=next_due_on,
    )
    _check_next(engagement, next_due_on)


def _check_next(engagement: Engagement, next_due_on: date | None) -> None:
    if next_due_on is None:
        return
    refusal = ""
    if engagement.recurrence not in PERIODIC:
        refusal = "Cet engagement ne revient pas : il n’a pas d’échéance suivante."
    elif engagement.due_on and next_due_on <= engagement.due_on:
        refusal = f"L’échéance suivante doit suivre celle du {date_longue(engagement.due_on)}."
    elif engagement.ends_on and next_due_on > engagement.ends_on:
        refusal = f"L’engagement finit le {date_longue(engagement.ends_on)}."
    if refusal:
        raise ValidationError({"next_due_on": refusal})


def _refuse_replay(change: StateChange) -> None:
    """The same words twice on the same day are one declaration sent twice."""
    last = change.engagement.state_changes.order_by("-pk").first()
    said = ("state", "party_id", "comment", "next_due_on", "declared_by_id", "declared_on")
    if last is not None and all(getattr(last, name) == getattr(change, name) for name in said):
        raise ValidationError("Cette déclaration est déjà enregistrée.", code="replay")


def _kept(engagement: Engagement, file: Evidence, *, by, on: date) -> Document:
    try:
        return store_document(
            engagement.convention,
            by=by,
            on=on,
            name=file.name,
            data=file.data,
            kind=DocumentKind.PREUVE,
            description=f"Preuve pour {engagement.code}",
        )
    except ValidationError as error:
        refusals = [f"{file.name} : {message}" for message in error.messages]
        raise ValidationError({"files": refusals}) from error


def _say(change: StateChange, documents: Sequence[Document]) -> None:
    engagement = change.engagement
    record(
        change.declared_by,
        Verb.ENGAGEMENT_STATE_DECLARED,
        engagement,
        dossier=engagement.convention_id,
        party=change.party.alias,
        changes={"state": [State(change.old_state).label, State(change.state).label]},
        reason=change.comment,
        next_due_on=change.next_due_on.isoformat() if change.next_due_on else None,
        evidence=[document.sha256 for document in documents],
    )
