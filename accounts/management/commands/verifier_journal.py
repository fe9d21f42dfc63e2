"""Check that no line of the journal was changed, removed or moved."""

from django.core.management.base import BaseCommand, CommandError

from accounts.actions.journal import broken_links
from accounts.models import JournalEntry


class Command(BaseCommand):
    help = "Vérifie la chaîne du journal ; sort en erreur et nomme les lignes en cause sinon."

    def handle(self, *args, **options):
        problems = broken_links()
        for number, reason in problems:
            self.stderr.write(f"ligne {number} : {reason}")
        if problems:
            msg = f"Le journal est rompu en {len(problems)} endroit(s)."
            raise CommandError(msg)
        self.stdout.write(f"Journal intact : {JournalEntry.objects.count()} lignes.")
