"""The Celery application: workers wake, read one row of the database, and act on it."""

import os

from celery import Celery
from celery.signals import beat_embedded_init, beat_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("revoyure")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@beat_init.connect
@beat_embedded_init.connect
def look_at_once(**_arguments) -> None:
    """After a stop, long or short, the dates and the portal are looked at without waiting."""
    for task in ("project_all_deadlines", "check_portal"):
        app.send_task(f"reminders.tasks.{task}")
