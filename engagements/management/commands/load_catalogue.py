"""Bring the shared catalogue of indicators up to date; as often as one likes."""

from django.core.management.base import BaseCommand

from engagements.actions.catalogue import CATALOGUE, load_catalogue


class Command(BaseCommand):
    help = "Charge ou met à jour le catalogue partagé des indicateurs."

    def handle(self, *args, **options) -> None:
        new = load_catalogue()
        self.stdout.write(f"{len(CATALOGUE)} indicateurs au catalogue, dont {new} nouveaux.")
