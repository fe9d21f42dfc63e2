from django.apps import AppConfig
from django.utils.module_loading import import_module


class ConventionsConfig(AppConfig):
    name = "conventions"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "conventions"

    def ready(self) -> None:
        import_module("conventions.receivers")
