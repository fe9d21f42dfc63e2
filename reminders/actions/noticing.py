"""Sending the notices of negotiations that are due: what they say is read as they leave.

No line of the journal says that a notice left: the others would learn from it that one side has
talked among itself.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from conventions.access import threads_visible_to
from conventions.enums import ActStatus, ThreadScope
from conventions.models.negotiation_read import news_since, turn_of
from reminders.actions.delivery import Outcome, Postman, put_back, stamp
from reminders.actions.leasing import Lease
from reminders.actions.outbox import Clock, Outbox, empty
from reminders.actions.recipients import Addressee, audience_of
from reminders.emails import notice_email
from reminders.enums import ReminderStatus
from reminders.models import Notice
from reminders.rules.ladder import local_day
from reminders.rules.notices import Told
from territories.enums import Zone

SHARED = frozenset({ActStatus.EN_NEGOCIATION, ActStatus.EN_VALIDATION, ActStatus.EN_SIGNATURE})


@dataclass(frozen=True)
class NoticeMail:
    """One notice is one message: it is gathered when it is planned."""

    pk: int

    @property
    def pks(self) -> list[int]:
        return [self.pk]


def send_due_notices(*, clock: Clock, stop_at: datetime | None = None) -> Counter[Outcome]:
    """Send what is due until nothing is; return what became of each notice."""
    return empty(OUTBOX, clock=clock, stop_at=stop_at)


def _prepare(pks: Sequence[int], lease: Lease, *, now: datetime) -> list[NoticeMail]:
    return [NoticeMail(pk) for pk in pks]


@transaction.atomic
def _deliver(mail: NoticeMail, postman: Postman, lease: Lease, *, now: datetime) -> Outcome:
    """Ask again, as it leaves, who may be told, and what there is to tell."""
    held = Notice.objects.leased_until(lease.until).filter(pk=mail.pk)
    related = held.select_related("act__convention", "party", "recipient")
    notice = related.select_for_update(of=("self",), skip_locked=True).first()
    if notice is None:
        return Outcome.LEFT
    on = local_day(now, Zone(notice.act.convention.zone))
    told = _told(notice, on=on)
    objection = _objection(notice, told, on=on)
    if objection:
        Notice.objects.filter(pk=notice.pk).update(status=ReminderStatus.ANNULE, failure=objection)
        return Outcome.CANCELLED
    message = notice_email(notice, told)
    failure = postman.post(message)
    if failure is None:
        stamp(Notice, mail.pks, message, now=now, body=message.body)
        return Outcome.SENT
    put_back(Notice, mail.pks, failure, lease, attempts=notice.attempts + 1, now=now)
    return Outcome.UNREACHABLE if failure.unreachable else Outcome.POSTPONED


def _objection(notice: Notice, told: Told, *, on: date) -> str:
    """Say why it must not leave, or nothing."""
    if notice.act.status not in SHARED:
        return "L’acte n’est plus en discussion."
    addressee = Addressee(notice.recipient_id, notice.fallback_email)
    if addressee not in audience_of(notice.act.convention, on=on).inside([notice.party_id]):
        return "Cette personne ne suit plus la convention."
    return "Il n’y a plus rien à dire." if told.is_empty else ""


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


def _nothing_more(*, now: datetime) -> None:
    """No journal: see above."""


OUTBOX = Outbox(Notice, _prepare, _deliver, _nothing_more)
