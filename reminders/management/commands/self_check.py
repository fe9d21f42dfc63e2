"""Make the portal's check of itself now: what stands is listed, and nothing is sent."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reminders.actions.selfcheck import check_portal
from reminders.actions.watching import grouped


class Command(BaseCommand):
    help = (
        "Vérifie le portail : conventions sans rappel à venir, échéances sans raisonnement, tâches "
        "de fond silencieuses. Code de retour 1 quand un constat tient."
    )

    def handle(self, **_options) -> None:
        standing = check_portal(now=timezone.now())
        for trouble in grouped(standing):
            self.stdout.write(f"{trouble.headline} :")
            for finding in trouble.findings:
                self.stdout.write(f"  {finding.words}")
        if standing:
            msg = "Des constats tiennent : la page /constats/ dit quoi faire."
            raise CommandError(msg, returncode=1)
        self.stdout.write("Rien à signaler.")
