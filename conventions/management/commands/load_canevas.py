"""Bring the model texts shipped with the portal up to date; as often as one likes."""

from django.core.management.base import BaseCommand

from conventions.actions.canevas_load import load_shipped
from territories.rules.french import typeset


class Command(BaseCommand):
    help = "Charge ou met à jour les canevas types livrés avec le portail."

    def handle(self, *args, **options) -> None:
        loaded = load_shipped()
        for name in loaded.written:
            self.stdout.write(typeset(f"{name} : chargé."))
        for name in loaded.kept:
            self.stdout.write(typeset(f"{name} : déjà à jour."))
        for name in loaded.refused:
            self.stderr.write(
                typeset(f"{name} : des textes en sont partis ; publiez une nouvelle version.")
            )
