"""What this floor does when it wakes: the shipped models are there as soon as their tables are."""

from django.apps import apps
from django.db import connections
from django.db.models.signals import post_migrate

from conventions.actions.canevas_load import load_shipped
from conventions.models import Canevas, CanevasClause


def load_models_shipped(using: str, **_kwargs) -> None:
    """Load the models after a migration, unless it stopped before their tables as they are now."""
    connection = connections[using]
    tables = connection.introspection.table_names()
    for model in (Canevas, CanevasClause):
        if model._meta.db_table not in tables:
            return
    load_shipped()


post_migrate.connect(load_models_shipped, sender=apps.get_app_config("conventions"))
