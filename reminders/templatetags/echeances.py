"""How a deadline is marked on a page: icon, word, then colour."""

from datetime import date

from django import template
from django.utils.safestring import SafeString

from accounts.templatetags.typographie import state
from reminders.enums import DeadlineSituation, ReminderStatus
from reminders.models import Deadline, Reminder
from reminders.models.listing import situation_here
from reminders.rules.verdict import short_name

register = template.Library()

_MARKS = {
    DeadlineSituation.EN_RETARD: "en-retard",
    DeadlineSituation.PROCHE: "proche",
    DeadlineSituation.A_VENIR: "a-venir",
    DeadlineSituation.GLISSANTE: "a-venir",
    DeadlineSituation.FAITE: "tenu",
    DeadlineSituation.SANS_OBJET: "sans-objet",
    DeadlineSituation.PASSEE: "sans-objet",
    DeadlineSituation.RETIREE: "sans-objet",
}
_REMINDER_MARKS = {
    ReminderStatus.A_ENVOYER: "a-venir",
    ReminderStatus.ENVOYE: "tenu",
    ReminderStatus.ECHEC: "en-retard",
    ReminderStatus.ANNULE: "sans-objet",
}


@register.simple_tag
def deadline_state(deadline: Deadline, on: date) -> SafeString:
    """Say what a deadline is to its reader, whose own side may have closed it apart."""
    situation = situation_here(deadline, on)
    return state(_MARKS[situation], situation.label)


@register.simple_tag
def reminder_state(reminder: Reminder) -> SafeString:
    return state(_REMINDER_MARKS[reminder.status], reminder.get_status_display().capitalize())


@register.filter
def nature(deadline: Deadline) -> str:
    """Name the kind of a deadline in the room of a table."""
    return short_name(deadline.kind).capitalize()
