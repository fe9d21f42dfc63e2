"""Load the demonstration, once, and tell with which accounts to visit it."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Membership, User
from conventions.access import visible_to
from reporting.demo.loading import load_demonstration
from reporting.demo.people import ACCOUNTS, PASSWORD

REFUSAL = (
    "La démonstration ouvre des comptes dont le mot de passe est public : elle ne se charge pas "
    "sur un portail en production. Utilisez-la avec ENVIRONMENT=local."
)


class Command(BaseCommand):
    help = (
        "Charge la démonstration : cinq conventions, leurs parties, leurs échéances et un compte "
        "par sorte de personne. Ce qui existe déjà n’est pas touché. Refusée en production."
    )

    def handle(self, *args, **options):
        if not (settings.DEMO or settings.LOCAL):
            raise CommandError(REFUSAL)
        now = timezone.now()
        on = timezone.localdate(now)
        new = load_demonstration(on=on, now=now)
        loaded = ", ".join(new) if new else "rien de nouveau"
        self.stdout.write(f"Démonstration : {loaded}.\n\n")
        self.stdout.write(accounts_table(on=on))
        self.stdout.write(f"\nMot de passe de tous les comptes : {PASSWORD}")


def accounts_table(*, on) -> str:
    """One line an account: its address, who it is, and the conventions it sees today."""
    rows = [_row(User.objects.get(email=data.email), on=on) for data in ACCOUNTS]
    rows.insert(0, ("Courriel", "Qui", "Voit"))
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return "".join(
        f"{email:<{widths[0]}}  {who:<{widths[1]}}  {sees}\n" for email, who, sees in rows
    )


def _row(user: User, *, on) -> tuple[str, str, str]:
    seen = visible_to(user, on=on).order_by("reference").values_list("reference", flat=True)
    sees = "toutes les conventions, et l’assistance" if user.is_superuser else ", ".join(seen)
    return user.email, _who(user, on=on), sees or "rien"


def _who(user: User, *, on) -> str:
    """«Claire Vuillemin, responsable», or that the person has left; the address says of what."""
    if user.is_superuser:
        return f"{user}, administration du portail"
    membership = Membership.objects.of(user, on=on).first()
    return f"{user}, {membership.get_role_display() if membership else 'parti de l’organisme'}"
