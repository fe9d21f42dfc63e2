from reminders.models.added import AddedDeadline, DeadlineAnswer, DeadlineNote
from reminders.models.choices import ExternalRecipient, LadderChoice, RhythmChoice
from reminders.models.deadline import Deadline
from reminders.models.notice import Notice
from reminders.models.portal import CalendarFeed, Finding, FindingTold, Heartbeat
from reminders.models.reminder import Reminder

__all__ = [
    "AddedDeadline",
    "CalendarFeed",
    "Deadline",
    "DeadlineAnswer",
    "DeadlineNote",
    "ExternalRecipient",
    "Finding",
    "FindingTold",
    "Heartbeat",
    "LadderChoice",
    "Notice",
    "Reminder",
    "RhythmChoice",
]
