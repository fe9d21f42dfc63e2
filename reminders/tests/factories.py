"""Plain facts, deadlines and reminders for tests."""

from datetime import UTC, date, datetime

from conventions.enums import EffectBasis, Situation, Trigger, Unit
from reminders.actions.delivery import Outcome
from reminders.actions.projection import project_deadlines
from reminders.actions.sending import send_due_reminders
from reminders.enums import DeadlineKind, ReminderNature
from reminders.models import Deadline, ExternalRecipient, Reminder
from reminders.rules.facts import (
    ConventionFacts,
    DurationFacts,
    Origin,
    RevoyureClauseFacts,
    TerminationFacts,
)

# A working Thursday in the first year of the cast's convention, 8:00 in Paris.
NOW = datetime(2018, 3, 1, 7, 0, tzinfo=UTC)
TODAY = date(2018, 3, 1)


def make_facts(**fields) -> ConventionFacts:
    """Return a convention in force for three years from 11 December 2017, with its clauses."""
    fields.setdefault("situation", Situation.EN_VIGUEUR)
    fields.setdefault("signed_on", date(2017, 12, 11))
    fields.setdefault("starts_on", date(2017, 12, 11))
    fields.setdefault("basis", EffectBasis.DERNIERE_SIGNATURE)
    fields.setdefault("ends_on", date(2020, 12, 10))
    fields.setdefault("duration", make_duration())
    fields.setdefault("terminations", (make_termination(),))
    fields.setdefault("revoyure_clause", RevoyureClauseFacts())
    return ConventionFacts(**fields)


def make_duration(**fields) -> DurationFacts:
    fields.setdefault("quantity", 3)
    fields.setdefault("unit", Unit.ANS)
    fields.setdefault("trigger", Trigger.SIGNATURE)
    fields.setdefault("origin", Origin(5, "article 5", "pour une durée de trois ans"))
    return DurationFacts(**fields)


def make_termination(**fields) -> TerminationFacts:
    """Return Besançon's clause: three months from dispatch, without any reason."""
    fields.setdefault("pk", 7)
    fields.setdefault("quantity", 3)
    fields.setdefault("unit", Unit.MOIS)
    fields.setdefault("trigger", Trigger.ENVOI)
    fields.setdefault("origin", Origin(7, "article 7", "trois mois à compter de l’envoi"))
    return TerminationFacts(**fields)


def project_now(convention, *, now: datetime = NOW, on: date = TODAY, by=None):
    return project_deadlines(convention, now=now, on=on, by=by)


def make_deadline(convention, **fields) -> Deadline:
    fields.setdefault("kind", DeadlineKind.REVOYURE_COMITE)
    fields.setdefault("key", f"essai:{Deadline.every.count()}")
    fields.setdefault("title", "Réunir le comité")
    fields.setdefault("due_on", date(2018, 4, 3))
    fields.setdefault("projected_at", NOW)
    return Deadline.objects.create(convention=convention, **fields)


def make_reminder(deadline: Deadline, recipient=None, **fields) -> Reminder:
    fields.setdefault("target_on", deadline.due_on)
    fields.setdefault("rule", 7)
    fields.setdefault("due_at", NOW)
    fields.setdefault("next_try_at", fields["due_at"])
    if fields.get("previous_on"):
        fields.setdefault("nature", ReminderNature.CORRECTION)
    return Reminder.objects.create(deadline=deadline, recipient=recipient, **fields)


def send_reminders(now: datetime = NOW, stop_at: datetime | None = None) -> dict[Outcome, int]:
    """Make one pass of the sender at this instant; count the mails by what became of them."""
    return +send_due_reminders(clock=lambda: now, stop_at=stop_at)


def plain(*sentences: str) -> str:
    """Return sentences with ordinary spaces, to look for words in them."""
    return " ".join(sentences).replace("\u00a0", " ").replace("\u202f", " ")


def make_external(party, **fields) -> ExternalRecipient:
    """Return somebody outside whom a party has told."""
    fields.setdefault("email", f"notaire{ExternalRecipient.objects.count()}@exemple.fr")
    fields.setdefault("name", "Maître Anne Perrin")
    fields.setdefault("added_at", NOW)
    fields.setdefault("added_by", party.convention.created_by)
    return ExternalRecipient.objects.create(convention=party.convention, party=party, **fields)
