"""Write a whole convention, with its history, to standard output."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from conventions.models import Convention
from reporting.actions.export_convention import export_akoma_ntoso, export_convention


class Command(BaseCommand):
    help = (
        "Écrit une convention entière, brouillons et échanges internes compris, sur la sortie "
        "standard : docs/format-export.md dit chaque champ."
    )

    def add_arguments(self, parser):
        parser.add_argument("reference", help="référence de la convention, par exemple DEMO")
        parser.add_argument("--format", choices=["json", "akn"], default="json", dest="fmt")
        parser.add_argument(
            "--without-files", action="store_true", help="ne pas joindre le contenu des documents"
        )

    def handle(self, *args, reference, fmt, without_files, **options):
        convention = Convention.objects.filter(reference=reference).first()
        if convention is None:
            msg = f"Aucune convention ne porte la référence {reference}."
            raise CommandError(msg)
        try:
            if fmt == "akn":
                data = export_akoma_ntoso(convention, on=timezone.localdate())
            else:
                data = export_convention(convention, with_files=not without_files)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(data.decode(), ending="")
