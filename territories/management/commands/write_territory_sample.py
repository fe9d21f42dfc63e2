"""Write the shipped sample again from an imported map (see territories/sample/README.md)."""

from typing import Any

from django.core.management.base import BaseCommand

from territories.actions.sample import REAL
from territories.actions.sample_writing import sample_text


class Command(BaseCommand):
    help = "Réécrit l’échantillon livré avec le portail d’après les territoires importés."

    def handle(self, *args: Any, **options: Any) -> None:
        REAL.write_text(sample_text(), encoding="utf-8")
        self.stdout.write(f"Écrit\u00a0: {REAL.name}")
