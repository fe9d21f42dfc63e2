from django.apps import AppConfig
from django.utils.module_loading import import_module

from conventions.rules.recherche import Place, add_place


class ReportingConfig(AppConfig):
    name = "reporting"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "documents et tableaux de bord"

    def ready(self):
        import_module("reporting.receivers")
        # The list of conventions, a lower floor, also finds what engagements say.
        add_place(Place("engagements.Engagement", "convention", ("title", "wording")))
