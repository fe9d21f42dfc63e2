"""Who was and will be told of a date: messages of one day with one fate are one line."""

from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.rules.typographie import date_longue, pluriel
from reminders.enums import ReminderNature, ReminderStatus
from reminders.models import Reminder


class Wave(NamedTuple):
    """Reminders of one day with one fate: the same line of the page."""

    day: date
    reminders: list[Reminder]
    people: list[str]

    @property
    def first(self) -> Reminder:
        return self.reminders[0]

    @property
    def words(self) -> str:
        """Say why these messages leave."""
        row = self.first
        if row.nature == ReminderNature.CORRECTION:
            return f"correction de la date annoncée, {date_longue(row.previous_on)}"
        if row.nature == ReminderNature.ESCALADE:
            return f"escalade, sans réponse {_distance(row.rule)}"
        return (
            f"rappel {_distance(row.rule)}" if row.rule >= 0 else f"relance {_distance(row.rule)}"
        )


def waves_of(reminders: QuerySet[Reminder]) -> list[Wave]:
    """Group reminders by day and fate; a cancelled one is history and stays out."""
    rows = reminders.exclude(status=ReminderStatus.ANNULE).select_related(
        "recipient", "external__party"
    )
    found = list(rows.order_by("due_at", "status", "nature", "pk"))
    stood_in = _who_stood_in(found)

    def fate(row: Reminder) -> tuple:
        day = timezone.localdate(row.sent_at or row.due_at)
        return day, row.status, row.failure, row.nature, row.rule

    groups = ((key[0], list(group)) for key, group in groupby(found, key=fate))
    return [Wave(day, group, [_told(row, stood_in) for row in group]) for day, group in groups]


def next_wave(waves: list[Wave]) -> Wave | None:
    """Return the messages that leave next."""
    waiting = (wave for wave in waves if wave.first.status == ReminderStatus.A_ENVOYER)
    return min(waiting, key=lambda wave: wave.day, default=None)


def _who_stood_in(rows: list[Reminder]) -> dict[str, str]:
    """Name those who received in the place of somebody absent, by address."""
    elsewhere = {row.sent_to for row in rows if _went_elsewhere(row)}
    people = User.objects.filter(email__in=elsewhere) if elsewhere else ()
    return {person.email: str(person) for person in people}


def _went_elsewhere(row: Reminder) -> bool:
    return bool(row.sent_to and row.recipient_id and row.sent_to != row.recipient.email)


def _told(row: Reminder, stood_in: dict[str, str]) -> str:
    if row.external_id:
        return f"{row.addressee} (extérieur, pour {row.external.party.alias})"
    if _went_elsewhere(row) and row.sent_to in stood_in:
        return f"{stood_in[row.sent_to]} (en l’absence de {row.addressee})"
    return row.addressee


def _distance(rule: int) -> str:
    if rule == 0:
        return "le jour même"
    days = pluriel(abs(rule), "jour")
    return f"à {days}" if rule > 0 else f"{days} après"
