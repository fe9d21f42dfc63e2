from django.apps import AppConfig
from django.utils.module_loading import import_module


class ReportingConfig(AppConfig):
    name = "reporting"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "documents et tableaux de bord"

    def ready(self):
        import_module("reporting.receivers")
