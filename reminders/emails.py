"""A reminder or a notice as a message: what, when, one link.

No figure, no clause, no name but organisations' and, in an absence, those of the two people. What
the convention says stays behind the login (control 37); the subject is one line whatever the title
of the convention holds (control 36).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import formatdate, parseaddr
from functools import lru_cache
from typing import Self
from urllib.parse import urljoin
from uuid import uuid4

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import sanitize_address
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe

from accounts.models import Absence
from accounts.rules.typographie import accord, dans_jours, date_longue, jour_date, pluriel
from accounts.templatetags import typographie
from conventions.models import Party
from reminders.enums import DeadlineKind, ReminderNature
from reminders.models import Deadline, ExternalRecipient, Notice, Reminder
from reminders.rules.deadlines import EXPECTED
from reminders.rules.mime import encoded_words, is_plain_address, two_parts
from reminders.rules.notices import Told
from reminders.rules.outside import SALT

LONGEST_SUBJECT = 180
_NOT_ONE_LINE = re.compile(r"[\s\x00-\x1f\x7f]+")
_TEMPLATES = {
    ReminderNature.RAPPEL: "reminders/emails/reminder",
    ReminderNature.CORRECTION: "reminders/emails/correction",
    ReminderNature.ESCALADE: "reminders/emails/escalation",
}


class TwoParts(EmailMultiAlternatives):
    """A text and the same in HTML, written straight as bytes when its addresses are plain."""

    @property
    def is_plain(self) -> bool:
        return all(is_plain_address(address) for address in (*self.to, *self.cc))

    @property
    def envelope_sender(self) -> str:
        return parseaddr(_sender(self.from_email))[1]

    def message(self):
        if not self.is_plain:
            return super().message()
        headers = {
            "Subject": encoded_words(self.subject),
            "From": _sender(self.from_email),
            "To": ", ".join(self.to),
            **({"Cc": ", ".join(self.cc)} if self.cc else {}),
            "Date": formatdate(),
            **self.extra_headers,
        }
        html = self.alternatives[0].content
        return Written(two_parts(headers, text=self.body, html=html, boundary=f"=_{uuid4().hex}"))


@dataclass(frozen=True)
class Written:
    """The bytes of a message, for Django's ways of sending it."""

    content: bytes

    def as_bytes(self, *, linesep: str = "\n") -> bytes:
        return self.content if linesep == "\r\n" else self.content.replace(b"\r\n", b"\n")


@lru_cache
def _sender(address: str) -> str:
    return sanitize_address(address, settings.DEFAULT_CHARSET)


# What people wrote, set the French way.
_SET = frozenset({"title", "parties", "source", "absent"})


@dataclass(frozen=True)
class Route:
    """Where a message goes: to the addressee, or to who reads their mail while they are away."""

    to: str
    cc: tuple[str, ...] = ()
    absent: str = ""
    has_account: bool = True

    @classmethod
    def of(cls, reminder: Reminder, absence: Absence | None = None) -> Self:
        if absence is not None:
            return cls(absence.delegate.email, cc=(absence.user.email,), absent=str(absence.user))
        return cls(reminder.email, has_account=reminder.recipient_id is not None)


@dataclass(frozen=True)
class Item:
    """One date of a message, as read on the day `on`."""

    reminder: Reminder
    on: date
    now: datetime

    @property
    def deadline(self) -> Deadline:
        return self.reminder.deadline

    @property
    def title(self) -> str:
        return neutral_title(self.deadline)

    @property
    def days_left(self) -> int:
        return (self.deadline.due_on - self.on).days

    @property
    def distance(self) -> str:
        """Say how far the day is; what somebody must still do is late once it is over."""
        if self.days_left >= 0:
            return dans_jours(self.days_left)
        if self.deadline.kind in EXPECTED:
            return _late_by(-self.days_left)
        return f"passée {dans_jours(self.days_left)}"

    @property
    def days_late(self) -> int:
        """By how many days an outage held the reminder back (promise R6)."""
        return (self.now - self.reminder.due_at).days

    @property
    def held_back(self) -> str:
        return _late_by(self.days_late) if self.days_late > 0 else ""

    @property
    def has_another_safe_day(self) -> bool:
        return self.deadline.safe_on not in (None, self.deadline.due_on)

    @property
    def parties(self) -> str:
        return _enumerated(self.deadline.convention.parties.all())

    def blanks(self) -> dict[str, str | date | None]:
        """Return what a message about this date alone says of it, empty when it does not."""
        deadline = self.deadline
        return {
            "title": self.title,
            "reference": deadline.convention.reference,
            "parties": self.parties,
            "source": deadline.source,
            "due_on": deadline.due_on,
            "safe_on": deadline.safe_on if self.has_another_safe_day else None,
            "previous_on": self.reminder.previous_on,
            "distance": self.distance,
            "held_back": self.held_back,
            "stands": "oui" if deadline.is_live else "",
        }


def reminder_email(
    reminder: Reminder, *, on: date, now: datetime, route: Route | None = None
) -> EmailMultiAlternatives:
    """Return the message of a reminder, a correction or an escalation, as read on the day `on`.

    A reminder that an outage held back says by how many days it is late (promise R6).
    """
    route = route or Route.of(reminder)
    item = Item(reminder, on, now)
    path = reverse("reminders:detail", args=[reminder.deadline_id])
    blanks = item.blanks() | _common(path, reminder, route)
    return _message(
        _subject(item),
        _filled(_TEMPLATES[ReminderNature(reminder.nature)], blanks),
        leader=reminder,
        route=route,
        leave=blanks["leave"],
    )


def grouped_email(
    reminders: Sequence[Reminder],
    *,
    days: Mapping[int, date],
    leader: Reminder,
    now: datetime,
    route: Route,
) -> EmailMultiAlternatives:
    """Return one message for several dates of one addressee, the nearest first.

    `days` says, by reminder, what day it is where its convention lives.
    """
    items = sorted(
        (Item(row, days[row.pk], now) for row in reminders),
        key=lambda item: (item.deadline.due_on, item.reminder.pk),
    )
    common = _common(reverse("reminders:list"), leader, route)
    context = {"items": items, "held_back": any(item.held_back for item in items)} | common
    return _message(
        _grouped_subject(items),
        _rendered("reminders/emails/grouped", context),
        leader=leader,
        route=route,
        leave=common["leave"],
    )


def line_of(reminder: Reminder, *, on: date, now: datetime) -> str:
    """Say one date in a line: what a row keeps of a message that carried others."""
    item = Item(reminder, on, now)
    said = [f"{date_longue(item.deadline.due_on)}, {item.distance} : {item.title}."]
    if item.held_back:
        said.append(f"Ce rappel part {item.held_back}.")
    return " ".join(said)


def external_link(recipient: ExternalRecipient) -> str:
    """Return the page of somebody without an account: what they are told, and how to stop it."""
    token = signing.dumps(recipient.pk, salt=SALT)
    return _absolute(reverse("reminders:external", args=[token]))


def notice_email(notice: Notice, told: Told) -> EmailMultiAlternatives:
    """Return the message that tells what others did in a negotiation: how many, never what."""
    act, convention = notice.act, notice.act.convention
    context = {
        "act": act,
        "convention": convention,
        "parties": _enumerated(convention.parties.all()),
        "told": told,
        "href": _absolute(reverse("conventions:negotiation", args=[convention.pk, act.number])),
    }
    subject = f"{told.headline} : {act} ({convention.reference})"
    parts = _rendered("reminders/emails/notice", context)
    return _email(subject, parts, route=Route(notice.email), headers=_headers(notice.message_id))


def neutral_title(deadline: Deadline) -> str:
    """Say what is due without the figures that the title of an engagement may hold."""
    if deadline.kind == DeadlineKind.ENGAGEMENT and deadline.engagement_id is not None:
        return f"Engagement {deadline.engagement.code} à tenir"
    return deadline.title


def _late_by(days: int) -> str:
    return f"en retard de {pluriel(days, 'jour')}"


def _enumerated(parties: Iterable[Party]) -> str:
    *others, last = [str(party) for party in parties] or [""]
    return f"{', '.join(others)} et {last}" if others else last


def _subject(item: Item) -> str:
    deadline, title = item.deadline, item.title
    if item.reminder.nature == ReminderNature.ESCALADE:
        return f"Sans réponse, {item.distance} : {title} ({deadline.convention.reference})"
    if not item.reminder.is_correction:
        return f"{item.distance.capitalize()} : {title} ({deadline.convention.reference})"
    if deadline.is_live:
        return f"Date corrigée, {date_longue(deadline.due_on)} : {title}"
    return f"Échéance sans suite : {title}"


def _grouped_subject(items: Sequence[Item]) -> str:
    ahead = [item for item in items if item.days_left >= 0]
    count = f"{pluriel(len(items), 'échéance')} à suivre"
    if not ahead:
        return f"{count}, {accord(len(items), 'passée')}"
    return f"{count}, la prochaine {ahead[0].distance}"


def _common(path: str, leader: Reminder, route: Route) -> dict[str, str]:
    """Return what all messages about dates have in common: one link, who reads, how to choose."""
    leave = external_link(leader.external) if leader.external_id else ""
    return {
        "href": leave or _absolute(path),
        "absent": route.absent,
        "leave": leave,
        "choices": _absolute(reverse("reminders:choices")) if route.has_account else "",
    }


def _message(
    subject: str, parts: tuple[str, str], *, leader: Reminder, route: Route, leave: str
) -> EmailMultiAlternatives:
    headers = _headers(leader.message_id)
    if leave:
        headers["List-Unsubscribe"] = f"<{leave}>"
    return _email(subject, parts, route=route, headers=headers)


def _email(
    subject: str, parts: tuple[str, str], *, route: Route, headers: dict[str, str]
) -> EmailMultiAlternatives:
    text, html = parts
    message = TwoParts(
        subject=_NOT_ONE_LINE.sub(" ", subject)[:LONGEST_SUBJECT].strip(),
        body=text.strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[route.to],
        cc=list(route.cc),
        headers=headers,
    )
    message.attach_alternative(html, "text/html")
    return message


def _rendered(name: str, context: dict) -> tuple[str, str]:
    """Return the text and the HTML of a message."""
    text, html = (get_template(f"{name}_body.{kind}").template for kind in ("txt", "html"))
    return text.render(Context(context, autoescape=False)), html.render(Context(context))


def _filled(name: str, blanks: dict[str, str | date | None]) -> tuple[str, str]:
    """Return the text and the HTML of a message about one date.

    Its templates hold blanks alone, said or not: each is rendered once for what it says, and then
    only filled in.
    """
    said = frozenset(blank for blank, value in blanks.items() if value)
    known = tuple(blanks)
    text = {blank: _as_text(blanks[blank]) for blank in said}
    html = {blank: _as_html(blank, blanks[blank]) for blank in said}
    return (
        _fill(_form(name, "txt", known, said), text),
        _fill(_form(name, "html", known, said), html),
    )


def _fill(form: list[str], values: dict[str, str]) -> str:
    pieces = form.copy()
    pieces[1::2] = [values[blank] for blank in form[1::2]]
    return "".join(pieces)


@lru_cache(maxsize=256)
def _form(name: str, kind: str, blanks: tuple[str, ...], said: frozenset[str]) -> list[str]:
    """Return a message cut at its blanks: words, name of a blank, words…"""
    marks = {blank: mark_safe(f"\x02{blank}\x02") for blank in said}  # noqa: S308 - our own names
    context = Context(dict.fromkeys(blanks, "") | marks, autoescape=kind == "html")
    form = get_template(f"{name}_body.{kind}").template.render(context)
    return form.split("\x02")


def _as_text(value: str | date) -> str:
    return jour_date(value) if isinstance(value, date) else value


def _as_html(blank: str, value: str | date) -> str:
    if isinstance(value, date):
        html = typographie.jour_date(value)
    else:
        html = typographie.typo(value) if blank in _SET else escape(value)
    # No style sheet reaches a mail.
    return html.replace("<sup>", '<sup style="font-size:65%;line-height:0">')


def _headers(message_id: str) -> dict[str, str]:
    return {"Message-ID": message_id, "Auto-Submitted": "auto-generated"}


def _absolute(path: str) -> str:
    return urljoin(f"{settings.SITE_URL}/", path.lstrip("/"))
