"""Write the document of a yearly review to a file."""

from datetime import datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from engagements.actions.snapshot import take_snapshot
from engagements.models import Revoyure
from reporting.actions.revoyure_document import lay_out, make_sealed_pdf, store_sealed_document
from reporting.models import SealedDocument
from reporting.seals.certificates import seal_identity


class Command(BaseCommand):
    help = (
        "Écrit la revoyure d’une année en PDF. Avec --sign, le document scellé : celui qui est "
        "conservé s’il existe, sinon il est scellé et conservé. Une revoyure encore ouverte donne "
        "un projet, qui ne se scelle pas."
    )

    def add_arguments(self, parser):
        parser.add_argument("reference", help="référence de la convention, par exemple DEMO")
        parser.add_argument("year", type=int, help="année de la revoyure")
        parser.add_argument("--output", required=True, type=Path, help="fichier PDF à écrire")
        parser.add_argument("--sign", action="store_true", help="sceller le document")

    def handle(self, *args, reference, year, output, sign, **options):
        found = Revoyure.objects.select_related("convention__territory").filter(
            convention__reference=reference, year=year
        )
        revoyure = found.first()
        if revoyure is None:
            msg = f"Aucune revoyure {year} pour la convention {reference}."
            raise CommandError(msg)
        if not output.parent.is_dir():
            msg = f"Le dossier {output.parent} n’existe pas."
            raise CommandError(msg)
        now = timezone.now()
        try:
            data = self._sealed(revoyure, now=now) if sign else self._unsealed(revoyure, now=now)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        output.write_bytes(data)
        self.stdout.write(f"{output} : {len(data)} octets.")

    def _sealed(self, revoyure: Revoyure, *, now: datetime) -> bytes:
        if not revoyure.is_frozen:
            msg = f"La revoyure {revoyure.year} n’est pas gelée : elle ne se scelle pas encore."
            raise CommandError(msg)
        kept = SealedDocument.objects.filter(revoyure=revoyure).select_related("document").first()
        if kept is None:
            sealed = make_sealed_pdf(revoyure.snapshot, now=now)
            kept = store_sealed_document(revoyure, sealed, by=None, now=now)
        return kept.document.read()

    def _unsealed(self, revoyure: Revoyure, *, now: datetime) -> bytes:
        is_test = seal_identity(now=now).is_test
        if revoyure.is_frozen:
            return lay_out(revoyure.snapshot, is_test=is_test)
        # Never saved: what the review would say if it were frozen now.
        revoyure.frozen_at = now
        return lay_out(take_snapshot(revoyure, on=timezone.localdate(now)), is_test=is_test)
