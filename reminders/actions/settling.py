"""What people declare of a deadline: done, or after all not."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions.journal import record
from accounts.enums import Verb
from reminders.access import check_can_settle
from reminders.actions.arming import arm, disarm
from reminders.actions.recipients import audience_of
from reminders.actions.turns import take_turn
from reminders.models import Deadline

WITHDRAWN = "Cette échéance a été remplacée : ouvrez celle qui lui succède."


@transaction.atomic
def mark_done(deadline: Deadline, *, by, on: date, note: str = "") -> None:
    """Declare a deadline done: it stays in the history and nobody is reminded of it any more."""
    deadline = _lock(deadline, by=by, on=on)
    if deadline.rolling:
        msg = "Une date glissante répond à une question : elle n’est pas à faire."
        raise ValidationError(msg, code="rolling")
    if deadline.done_on is not None:
        msg = "L’échéance est déjà déclarée faite."
        raise ValidationError(msg, code="replay")
    deadline.done_on, deadline.done_by, deadline.done_note = on, by, note.strip()
    deadline.full_clean()
    deadline.save(update_fields=["done_on", "done_by", "done_note"])
    disarm([deadline], reason="L’échéance est faite.")
    record(
        by, Verb.DEADLINE_DONE, deadline, dossier=deadline.convention_id, note=deadline.done_note
    )


@transaction.atomic
def reopen(deadline: Deadline, *, by, on: date, now: datetime) -> None:
    """Take back a declaration: the reminders still ahead are armed again."""
    deadline = _lock(deadline, by=by, on=on)
    if deadline.done_on is None:
        msg = "L’échéance n’est pas déclarée faite."
        raise ValidationError(msg, code="replay")
    if deadline.done_by_id is None:
        msg = (
            "Cette échéance est faite par ce qui a été enregistré ailleurs (revoyure ou "
            "engagement) : c’est là qu’il faut revenir."
        )
        raise ValidationError(msg, code="derived")
    before = {"done_on": deadline.done_on.isoformat(), "note": deadline.done_note}
    deadline.done_on, deadline.done_by, deadline.done_note = None, None, ""
    deadline.save(update_fields=["done_on", "done_by", "done_note"])
    convention = deadline.convention
    arm([deadline], convention, audience_of(convention, on=on), now=now, is_new=False)
    record(by, Verb.DEADLINE_REOPENED, deadline, dossier=deadline.convention_id, before=before)


def _lock(deadline: Deadline, *, by, on: date) -> Deadline:
    check_can_settle(by, deadline, on=on)
    take_turn()
    rows = Deadline.objects.select_for_update(of=("self",)).select_related("convention")
    deadline = rows.get(pk=deadline.pk)
    if not deadline.is_live:
        raise ValidationError(WITHDRAWN, code="retired")
    return deadline
