"""The Celery application: workers wake, read one row of the database, and act on it."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("revoyure")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
