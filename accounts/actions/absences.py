"""Days on which somebody does not read their mail, and who reads it instead.

A delegate receives no right by it: what they may not see, they are not told.
"""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet

from accounts.access import scope_of
from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.models import Absence, Membership, User
from accounts.rules.roles import Capability
from accounts.rules.typographie import date_longue


@transaction.atomic
def declare_absence(
    user: User, *, by: User, on: date, delegate: User, starts_on: date, ends_on: date
) -> Absence:
    """Say who reads a person's mail between two days, both included.

    One declares one's own; an administrator of one's organisation may do it for a member.
    """
    check_may_declare_for(user, by=by, on=on)
    user = User.objects.select_for_update().get(pk=user.pk)
    _check_days(user, on=on, starts_on=starts_on, ends_on=ends_on)
    if not possible_delegates(user, on=on).filter(pk=delegate.pk).exists():
        msg = (
            "Désignez une autre personne du même organisme, dont le compte est ouvert : "
            f"{delegate} ne peut pas recevoir ces rappels."
        )
        raise ValidationError({"delegate": msg})
    absence = Absence(user=user, delegate=delegate, starts_on=starts_on, ends_on=ends_on)
    absence.full_clean()
    absence.save()
    record(
        by,
        Verb.ABSENCE_DECLARED,
        absence,
        label=str(user),
        delegate=str(delegate),
        starts_on=starts_on.isoformat(),
        ends_on=ends_on.isoformat(),
    )
    return absence


@transaction.atomic
def remove_absence(absence: Absence, *, by: User, on: date) -> None:
    """Forget an absence that did not take place, or that ends early."""
    check_may_declare_for(absence.user, by=by, on=on)
    record(by, Verb.ABSENCE_REMOVED, absence, label=str(absence.user))
    absence.delete()


def check_may_declare_for(user: User, *, by: User, on: date) -> None:
    """Refuse to speak of the absence of somebody else, unless one administers their house."""
    if user.pk == by.pk or scope_of(by, on=on).is_platform:
        return
    houses = scope_of(by, on=on).organisations_with(Capability.ADMINISTER)
    if not Membership.objects.of(user, on=on).filter(organisation__in=houses).exists():
        msg = "Seule la personne, ou un administrateur de son organisme, déclare son absence."
        raise PermissionDenied(msg)


def possible_delegates(user: User, *, on: date) -> QuerySet[User]:
    """The people of one's organisations whose account is open, oneself excepted."""
    houses = Membership.objects.in_force(on=on).filter(user=user).values("organisation")
    rows = Membership.objects.in_force(on=on).filter(organisation__in=houses)
    people = User.objects.filter(pk__in=rows.values("user"), is_active=True)
    return people.exclude(pk=user.pk).order_by("last_name", "first_name", "pk")


def _check_days(user: User, *, on: date, starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        msg = f"Le dernier jour ne peut pas précéder le premier, le {date_longue(starts_on)}."
        raise ValidationError({"ends_on": msg})
    if ends_on < on:
        raise ValidationError({"ends_on": "Ces jours sont déjà passés."})
    other = user.absences.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).first()
    if other is not None:
        msg = (
            f"Une absence est déjà déclarée du {date_longue(other.starts_on)} "
            f"au {date_longue(other.ends_on)} : retirez-la d’abord, ou choisissez d’autres jours."
        )
        raise ValidationError({"starts_on": msg})
