"""Telling people what happens in a negotiation: gathered for a while, then sent once.

No line of the journal says that a notice left: the others would learn from it that one side has
talked among itself.
"""

import logging
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Q

from accounts.models import User
from conventions.access import threads_visible_to
from conventions.enums import ActStatus, ThreadScope
from conventions.models import Act
from conventions.models.negotiation_read import news_since, turn_of
from reminders.actions.delivery import Outcome, post, set_aside
from reminders.actions.recipients import Addressee, audience_of
from reminders.emails import notice_email
from reminders.enums import ReminderStatus
from reminders.models import Notice
from reminders.rules.ladder import local_day
from reminders.rules.notices import Told, notice_due_at
from territories.enums import Zone

logger = logging.getLogger(__name__)

SHARED = frozenset({ActStatus.EN_NEGOCIATION, ActStatus.EN_VALIDATION, ActStatus.EN_SIGNATURE})


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


def send_next_notice(*, now: datetime) -> Outcome:
    """Treat the oldest due notice that nobody else holds."""
    notice = None
    try:
        with transaction.atomic():
            notice = Notice.objects.next_to_send(now=now)
            return Outcome.NOTHING if notice is None else _treat(notice, now=now)
    except Exception as error:
        if notice is None:
            raise
        logger.exception("Notice %s broke; it is set aside for an hour.", notice.pk)
        set_aside(notice, type(error).__name__, now=now)
        return Outcome.POSTPONED


def _treat(notice: Notice, *, now: datetime) -> Outcome:
    """Ask again, as it leaves, who may be told, and what there is to tell."""
    on = local_day(now, Zone(notice.act.convention.zone))
    if notice.act.status not in SHARED:
        return _cancel(notice, "L’acte n’est plus en discussion.")
    addressee = Addressee(notice.recipient_id, notice.fallback_email)
    if addressee not in audience_of(notice.act.convention, on=on).inside([notice.party_id]):
        return _cancel(notice, "Cette personne ne suit plus la convention.")
    told = _told(notice, on=on)
    if told.is_empty:
        return _cancel(notice, "Il n’y a plus rien à dire.")
    return post(notice, notice_email(notice, told), now=now)


def _told(notice: Notice, *, on: date) -> Told:
    """Count what others did since, among what this person may read and has not read yet."""
    act, turn = notice.act, turn_of(notice.act)
    reading = act.readings.filter(reader=notice.recipient_id).first()
    since = max(notice.since_at, reading.read_at) if reading else notice.since_at
    if notice.recipient_id:
        threads = threads_visible_to(notice.recipient, act, on=on)
    else:
        threads = act.threads.filter(Q(scope=ThreadScope.PARTAGE) | Q(party=notice.party_id))
    news = news_since(act, since, threads=threads, reader_pk=notice.recipient_id)
    return Told(
        opened=turn is not None and turn.number == 1 and turn.opened_at >= since,
        handed_over=len(news.rounds),
        messages=len(news.messages),
        proposals=len(news.proposals),
        answers=len(news.answers),
        holder=str(turn.holder) if turn else "",
        is_ours=turn is not None and turn.holder_id == notice.party_id,
    )


def _cancel(notice: Notice, reason: str) -> Outcome:
    notice.status, notice.failure = ReminderStatus.ANNULE, reason
    notice.save(update_fields=["status", "failure"])
    return Outcome.CANCELLED
