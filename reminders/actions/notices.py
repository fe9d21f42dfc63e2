"""Planning what people are told of a negotiation: gathered for a while, then sent once."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q

from accounts.models import User
from conventions.models import Act
from reminders.actions.recipients import Addressee, audience_of
from reminders.models import Notice
from reminders.rules.ladder import local_day
from reminders.rules.notices import notice_due_at
from territories.enums import Zone


@transaction.atomic
def queue_notices(
    act: Act, *, parties: Iterable[int], by: User | None, at: datetime, pressing: bool
) -> None:
    """Plan one message to each person of these parties but the author, or add to the one planned.

    The convention is locked by the act that announces: nobody is planned twice. A message that is
    leaving at this very instant is stepped over, and another one planned.
    """
    on = local_day(at, Zone(act.convention.zone))
    audience = audience_of(act.convention, on=on)
    rows = []
    for party in parties:
        for addressee in audience.inside([party]):
            if by is None or addressee.user_id != by.pk:
                rows += _planned(act, party, addressee, at=at, pressing=pressing)
    Notice.objects.bulk_create(rows)


def _planned(
    act: Act, party: int, addressee: Addressee, *, at: datetime, pressing: bool
) -> list[Notice]:
    """Bring forward the message already planned, or return the one to add."""
    who = Q(
        act=act,
        party=party,
        recipient=addressee.user_id,
        fallback_email=addressee.fallback_email,
    )
    last = Notice.objects.filter(who).aggregate(at=Max("sent_at"))["at"]
    due_at = notice_due_at(at, last_sent_at=last, pressing=pressing)
    waiting = Notice.objects.unsent().filter(who).select_for_update(of=("self",), skip_locked=True)
    planned = waiting.first()
    if planned is None:
        return [
            Notice(
                act=act,
                party_id=party,
                recipient_id=addressee.user_id,
                fallback_email=addressee.fallback_email,
                since_at=at,
                next_try_at=due_at,
            )
        ]
    planned.since_at = min(planned.since_at, at)
    if not planned.attempts:
        planned.next_try_at = min(planned.next_try_at, due_at)
    planned.save(update_fields=["since_at", "next_try_at"])
    return []
