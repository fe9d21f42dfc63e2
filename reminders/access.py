"""Who may see a deadline and what is said of it, and who may declare it done.

The only door to what a person or an organisation keeps to itself (`Deadline.every`). A date of one
organisation is met by the people of its side, its members and the delegations that act for it; a
date of one person by that person. The platform is of no side.
"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import scope_of
from accounts.models import Membership, Organisation
from accounts.rules.roles import Capability
from conventions import access
from conventions.models import Convention, Party
from reminders.enums import Sharing
from reminders.models import AddedDeadline, Deadline, DeadlineAnswer, DeadlineNote, Reminder
from reminders.rules.deadlines import EACH_SIDE


def visible_to(user, *, on: date) -> QuerySet[Deadline]:
    """The deadlines this person may read: everybody's, those of their side, and their own."""
    conventions = access.visible_to(user, on=on)
    if not user.is_authenticated:
        return Deadline.every.none()
    shared = Q(owner__isnull=True, reserved_to__isnull=True)
    kept = _kept_to_own_side(user, on=on) | Q(owner=user)
    return Deadline.every.filter(shared | kept, convention__in=conventions)


def get_deadline_or_404(user, pk: int, *, on: date) -> Deadline:
    """Return a deadline this person may see, withdrawn ones included. A stranger gets 404."""
    deadlines = visible_to(user, on=on).select_related(
        "convention__territory", "article", "clause", "engagement", "party", "done_by",
        "owner", "reserved_to",
    )  # fmt: skip
    deadline = deadlines.filter(pk=pk).first()
    if deadline is None:
        raise Http404
    return deadline


def notes_visible_to(user, *, on: date) -> QuerySet[DeadlineNote]:
    """The remarks one may read of the deadlines one sees: shared ones, and those of one's side."""
    seen = Q(reserved_to__isnull=True) | _kept_to_own_side(user, on=on)
    return DeadlineNote.objects.standing().filter(seen)


def answers_visible_to(user, *, on: date) -> QuerySet[DeadlineAnswer]:
    """The answers that stand and that one may know of.

    Where each side decides for itself, one reads those of one's own side alone.
    """
    sides = access.parties_acted_for(user, Capability.READ, on=on)
    known = ~Q(deadline__kind__in=EACH_SIDE) | Q(party__in=sides.order_by())
    return DeadlineAnswer.objects.standing().filter(known)


def reminders_visible_to(user, deadline: Deadline, *, on: date) -> QuerySet[Reminder]:
    """The messages one may know of about a deadline one sees.

    Where each side decides for itself, a reminder that stopped would tell the other side what was
    answered: one reads those of one's own side alone. The platform, which repairs what failed,
    reads them all.
    """
    reminders = deadline.reminders.all()
    if deadline.kind not in EACH_SIDE or scope_of(user, on=on).is_platform:
        return reminders
    sides = own_parties(user, deadline, on=on)
    bodies = [party.organisation_id for party in sides]
    houses = Organisation.objects.filter(Q(pk__in=bodies) | Q(acts_for__in=bodies)).order_by()
    return reminders.filter(
        Q(recipient__in=Membership.objects.filter(organisation__in=houses).values("user"))
        | Q(fallback_email__in=houses.exclude(reminder_email="").values("reminder_email"))
        | Q(external__party__in=sides)
    )


def own_parties(user, deadline: Deadline, *, on: date) -> list[Party]:
    """The sides of a deadline's convention whose people the person is one of."""
    found = access.acting_parties(user, deadline.convention, Capability.READ, on=on)
    return list(found.select_related("organisation"))


def added_visible_to(user, *, on: date) -> QuerySet[AddedDeadline]:
    """What people added and did not remove, to those who see the dates it makes."""
    if not user.is_authenticated:
        return AddedDeadline.objects.none()
    sides = access.parties_acted_for(user, Capability.READ, on=on)
    seen = (
        Q(sharing=Sharing.PARTIES)
        | Q(sharing=Sharing.ORGANISME, party__in=sides.order_by())
        | Q(sharing=Sharing.MOI, author=user)
    )
    conventions = access.visible_to(user, on=on)
    return AddedDeadline.objects.standing().filter(seen, convention__in=conventions)


def get_added_or_404(user, pk: int, *, on: date, convention: Convention) -> AddedDeadline:
    """Return a date somebody added to this convention and one may see. A stranger gets 404."""
    rows = added_visible_to(user, on=on).select_related("convention", "author", "party")
    return get_object_or_404(rows, pk=pk, convention=convention)


def can_settle(user, deadline: Deadline, *, on: date) -> bool:
    """Whether the person may say what became of a deadline they see."""
    if deadline.owner_id is not None:
        return deadline.owner_id == user.pk
    convention = deadline.convention
    if deadline.reserved_to_id is None:
        return access.can(user, convention, Capability.CONTRIBUTE, on=on)
    sides = access.acting_parties(user, convention, Capability.CONTRIBUTE, on=on)
    return sides.filter(organisation=deadline.reserved_to_id).exists()


def check_can_settle(user, deadline: Deadline, *, on: date) -> None:
    """Contributors and managers of a party follow its dates; a reader only reads them."""
    if not can_settle(user, deadline, on=on):
        msg = (
            "Il faut être contributeur ou responsable d’une partie que cette échéance concerne. "
            "Demandez ce rôle à l’administrateur de votre organisme."
        )
        raise PermissionDenied(msg)


def _kept_to_own_side(user, *, on: date) -> Q:
    """What rows of a convention reserve to an organisation whose side the person is of."""
    scope = scope_of(user, on=on)
    kept = Q(reserved_to__in=scope.organisations_with(Capability.READ))
    for mandate in scope.regional_with(Capability.READ):
        kept |= Q(reserved_to=mandate.acts_for_id, convention__region=mandate.region_id)
    return kept
