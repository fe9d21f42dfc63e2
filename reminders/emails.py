"""A reminder or a notice as a message: what, when, one link.

No figure, no clause, no name but organisations'.

What the convention says stays behind the login (control 37); the subject is one line whatever the
title of the convention holds (control 36).
"""

import re
from datetime import date, datetime
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.rules.typographie import dans_jours, date_longue
from reminders.enums import DeadlineKind
from reminders.models import Deadline, Notice, Reminder
from reminders.rules.notices import Told

REMINDER, CORRECTION = "reminders/emails/reminder", "reminders/emails/correction"
NOTICE = "reminders/emails/notice"
LONGEST_SUBJECT = 180
_NOT_ONE_LINE = re.compile(r"[\s\x00-\x1f\x7f]+")


def reminder_email(reminder: Reminder, *, on: date, now: datetime) -> EmailMultiAlternatives:
    """Return the message of a reminder or of a correction, as read on the day `on`.

    A reminder that an outage held back says by how many days it is late (promise R6).
    """
    notice = CORRECTION if reminder.is_correction else REMINDER
    context = _context(reminder, on=on) | {"days_late": (now - reminder.due_at).days}
    message = EmailMultiAlternatives(
        subject=_subject(reminder, context, on=on),
        body=render_to_string(f"{notice}_body.txt", context).strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[reminder.email],
        headers={"Message-ID": reminder.message_id, "Auto-Submitted": "auto-generated"},
    )
    html = render_to_string(f"{notice}_body.html", context)
    message.attach_alternative(html, "text/html")
    return message


def notice_email(notice: Notice, told: Told) -> EmailMultiAlternatives:
    """Return the message that tells what others did in a negotiation: how many, never what."""
    act, convention = notice.act, notice.act.convention
    path = reverse("conventions:negotiation", args=[convention.pk, act.number])
    context = {
        "act": act,
        "convention": convention,
        "parties": ", ".join(str(party) for party in convention.parties.all()),
        "told": told,
        "href": urljoin(f"{settings.SITE_URL}/", path.lstrip("/")),
    }
    subject = f"{told.headline} : {act} ({convention.reference})"
    message = EmailMultiAlternatives(
        subject=_NOT_ONE_LINE.sub(" ", subject)[:LONGEST_SUBJECT].strip(),
        body=render_to_string(f"{NOTICE}_body.txt", context).strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[notice.email],
        headers={"Message-ID": notice.message_id, "Auto-Submitted": "auto-generated"},
    )
    html = render_to_string(f"{NOTICE}_body.html", context)
    message.attach_alternative(html, "text/html")
    return message


def neutral_title(deadline: Deadline) -> str:
    """Say what is due without the figures that the title of an engagement may hold."""
    if deadline.kind == DeadlineKind.ENGAGEMENT and deadline.engagement_id is not None:
        return f"Engagement {deadline.engagement.code} à tenir"
    return deadline.title


def _context(reminder: Reminder, *, on: date) -> dict:
    deadline = reminder.deadline
    return {
        "deadline": deadline,
        "title": neutral_title(deadline),
        "convention": deadline.convention,
        "parties": ", ".join(str(party) for party in deadline.convention.parties.all()),
        "reminder": reminder,
        "href": urljoin(
            f"{settings.SITE_URL}/", reverse("reminders:detail", args=[deadline.pk]).lstrip("/")
        ),
        "on": on,
        "days_left": (deadline.due_on - on).days,
        "has_another_safe_day": deadline.safe_on not in (None, deadline.due_on),
    }


def _subject(reminder: Reminder, context: dict, *, on: date) -> str:
    deadline, title = reminder.deadline, context["title"]
    distance = dans_jours((deadline.due_on - on).days)
    when = f"Passée {distance}" if deadline.due_on < on else distance.capitalize()
    if not reminder.is_correction:
        text = f"{when} : {title} ({deadline.convention.reference})"
    elif deadline.is_live:
        text = f"Date corrigée, {date_longue(deadline.due_on)} : {title}"
    else:
        text = f"Échéance sans suite : {title}"
    return _NOT_ONE_LINE.sub(" ", text)[:LONGEST_SUBJECT].strip()
