from importlib import import_module

from django.apps import AppConfig


class EngagementsConfig(AppConfig):
    name = "engagements"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "engagements"

    def ready(self) -> None:
        import_module("engagements.receivers")
