from reminders.models.deadline import Deadline
from reminders.models.notice import Notice
from reminders.models.reminder import Heartbeat, Reminder

__all__ = ["Deadline", "Heartbeat", "Notice", "Reminder"]
