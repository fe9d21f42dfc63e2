from importlib import import_module

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "reminders"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "échéances et rappels"

    def ready(self) -> None:
        import_module("reminders.receivers")
