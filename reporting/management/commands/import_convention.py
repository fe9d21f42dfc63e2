"""Take in a convention written by `export_convention`, here or on another portal."""

import sys
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reporting.actions.import_convention import import_convention
from reporting.exchange.parsing import MAX_BYTES

TOLD = ("parties", "actes", "articles", "engagements", "realises", "documents", "journal")


class Command(BaseCommand):
    help = (
        "Importe une convention exportée en JSON : une convention égale, ou rien. Personne n’y "
        "gagne de droit ; les comptes inconnus sont créés inactifs."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="fichier JSON, ou - pour l’entrée standard")
        parser.add_argument("--dry-run", action="store_true", help="tout vérifier, ne rien écrire")

    def handle(self, *args, file, dry_run, **options):
        now = timezone.now()
        try:
            report = import_convention(
                _bytes(file), on=timezone.localdate(now), now=now, dry_run=dry_run
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        told = ", ".join(f"{report.counts[key]} {key}" for key in TOLD)
        done = "peut être importée" if dry_run else "importée"
        self.stdout.write(f"{report.reference} {done} : {told}.")
        for path in report.kept:
            self.stdout.write(f"Gardé comme il est ici : {path}")


def _bytes(file: str) -> bytes:
    """Return what the file holds, one byte more than is read at most: the reader refuses it."""
    if file == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        with Path(file).open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        msg = f"Le fichier {file} ne se lit pas : {error.strerror}."
        raise CommandError(msg) from error
