"""`manage.py import_territories FOLDER`: the official files, as often as wanted."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError
from django.utils import timezone

from territories.actions.import_territories import import_territories
from territories.actions.official_files import FILE_NAMES


class Command(BaseCommand):
    help = (
        "Importe les territoires depuis un dossier de fichiers officiels de l’INSEE et de la "
        f"DGCL : {', '.join(FILE_NAMES)}. Rejouable ; dit ce qui a changé."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="DOSSIER", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            report = import_territories(folder, now=timezone.now())
        except ValidationError as error:
            raise CommandError(f"{' '.join(error.messages)} Rien n’a été changé.") from None
        except IntegrityError as error:
            msg = f"La base refuse ces données ({error}). Rien n’a été changé."
            raise CommandError(msg) from error
        for line in report.lines():
            self.stdout.write(line)
