"""The rounds of a negotiation: who holds the pen, how it changes hands, what each has read.

Instants are taken once the convention is locked: what was written before the pen changed hands is
in the text handed over, and nothing else is.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.access import scope_of
from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.models import User
from accounts.rules.roles import Capability
from conventions.access import acting_parties, acts_visible_to, check_acts_for
from conventions.actions.draft import CLOSED_ACT, enter
from conventions.actions.revisions import AUTOSAVE
from conventions.enums import ActStatus, ThreadScope
from conventions.models import Act, Message, Party, Reading, Round
from conventions.models.negotiation_read import turn_of
from conventions.signals import negotiation_moved

NOT_OPEN = "La négociation de cet acte n’est pas ouverte : son texte n’est pas encore partagé."
NOT_YOURS = "La main est à {holder} : seul un de ses responsables peut la rendre."
ALREADY = "La main a déjà changé : elle est à {holder}. Rien n’a été changé."
PLATFORM_ONLY = "Seule l’administration du portail débloque une négociation."
TO_WHOM = "Choisissez la partie qui reçoit la main."
ANSWERED = (
    "{holder} a déjà lu, écrit, proposé ou répondu depuis que la main lui est passée : "
    "demandez-lui de vous la rendre."
)


def enter_negotiation(
    act: Act, *, by: User, on: date, capability: Capability = Capability.CONTRIBUTE
) -> None:
    """Lock the convention of an act whose negotiation is open, and refuse who may not act in it."""
    enter(act.convention, by=by, on=on, capability=capability)
    act.refresh_from_db(fields=["status"])
    if not acts_visible_to(by, act.convention, on=on).filter(pk=act.pk).exists():
        raise PermissionDenied(NOT_OPEN)
    if act.status == ActStatus.PROJET:
        raise ValidationError(NOT_OPEN, code="closed")
    if act.status != ActStatus.EN_NEGOCIATION:
        raise ValidationError(CLOSED_ACT[ActStatus(act.status)], code="closed")


def tell(
    act: Act, parties: Iterable[Party], *, by: User, at: datetime, pressing: bool = False
) -> None:
    """Announce what happened at an instant to these parties; nothing of a draft ever leaves."""
    if act.status in (ActStatus.PROJET, ActStatus.ABANDONNE):
        return
    told = {
        "act": act,
        "by": by,
        "at": at,
        "parties": [party.pk for party in parties],
        "pressing": pressing,
    }
    negotiation_moved.send(sender=Act, **told)


def drafting_party(act: Act) -> Party | None:
    """Return the party that wrote the draft: the drafter, or the body it acts for."""
    drafter = act.drafted_by or act.convention.drafted_by
    bodies = [pk for pk in (drafter.pk, drafter.acts_for_id) if pk]
    return act.convention.parties.filter(organisation__in=bodies, ends_on__isnull=True).first()


@transaction.atomic
def open_round(act: Act, *, by: User, on: date, holder: Party | None = None) -> Round | None:
    """Open the first round when the negotiation of an act opens; its drafter holds the pen.

    Called by the action that opens the negotiation, which has locked the convention. An act that
    already has its rounds goes on with them.
    """
    if turn := turn_of(act):
        return turn
    holder = holder or drafting_party(act)
    if holder is None:
        return None
    turn = _begin(act, holder)
    tell(act, _parties(act, on=on), by=by, at=turn.opened_at)
    return turn


def _begin(act: Act, holder: Party) -> Round:
    last = act.rounds.order_by("-number").first()
    turn = Round(
        act=act,
        number=last.number + 1 if last else 1,
        holder=holder,
        opened_at=last.closed_at if last else datetime.now(UTC),
    )
    turn.full_clean()
    turn.save()
    return turn


def _end(turn: Round, *, by: User, message: str) -> None:
    """Close a round, and with it the states of articles still being typed in it."""
    turn.closed_at, turn.closed_by, turn.message = datetime.now(UTC), by, message.strip()
    turn.save(update_fields=["closed_at", "closed_by", "message"])
    typed = turn.act.article_revisions.filter(reason=AUTOSAVE)
    typed.update(reason=f"état rendu au tour {turn.number}")


def _parties(act: Act, *, on: date) -> QuerySet[Party]:
    return act.convention.parties.in_force(on=on).order_by("position")


def receivers_of(act: Act, holder: Party | None, *, on: date) -> QuerySet[Party]:
    """The parties to which the pen may pass."""
    parties = _parties(act, on=on)
    return parties.exclude(pk=holder.pk) if holder else parties


@transaction.atomic
def hand_over(
    act: Act,
    *,
    by: User,
    on: date,
    message: str = "",
    to: Party | None = None,
    seen: int | None = None,
) -> Round:
    """End the round: the other party, or `to` when they are several, takes the pen.

    `seen` is the number of the round the person saw: handing over twice ends one round only.
    """
    enter_negotiation(act, by=by, on=on, capability=Capability.MANAGE)
    turn = turn_of(act) or _begin(act, _first_holder(act, by=by, on=on))
    if seen and turn.number != seen:
        raise ValidationError(ALREADY.format(holder=turn.holder), code="answered")
    _check_holder(turn, by=by, on=on)
    to = _receiver(act, turn.holder, to, on=on)
    _end(turn, by=by, message=message)
    following = _begin(act, to)
    told = {"to": str(to), "round": turn.number}
    record(by, Verb.ROUND_HANDED_OVER, act, dossier=act.convention_id, **told)
    tell(act, [to], by=by, at=turn.closed_at, pressing=True)
    tell(act, _parties(act, on=on).exclude(pk=to.pk), by=by, at=turn.closed_at)
    return following


def _first_holder(act: Act, *, by: User, on: date) -> Party:
    """Where no round was ever opened, the side that first hands over held the pen."""
    party = acting_parties(by, act.convention, Capability.MANAGE, on=on).first()
    if party is None:
        raise PermissionDenied("Seul un responsable d’une partie peut rendre la main.")
    return party


def _check_holder(turn: Round, *, by: User, on: date) -> None:
    mine = acting_parties(by, turn.act.convention, Capability.MANAGE, on=on)
    if not mine.filter(pk=turn.holder_id).exists():
        raise ValidationError(NOT_YOURS.format(holder=turn.holder), code="pen")


def _receiver(act: Act, holder: Party, to: Party | None, *, on: date) -> Party:
    """The party chosen, or the only other one."""
    others = list(receivers_of(act, holder, on=on))
    if to is None and len(others) == 1:
        return others[0]
    if to is None or to not in others:
        raise ValidationError({"to": TO_WHOM}, code="to")
    return to


def handed_over(turn: Round | None, *, on: date) -> Round | None:
    """Return the round that its own side ended as this one began: what it may take back.

    A pen that was taken back, or given by the platform, was handed over by nobody.
    """
    if turn is None:
        return None
    before = turn.act.rounds.filter(number=turn.number - 1).select_related("holder", "closed_by")
    last = before.first()
    if last is None or last.closed_by is None or last.holder_id == turn.holder_id:
        return None
    sides = acting_parties(last.closed_by, turn.act.convention, Capability.MANAGE, on=on)
    return last if sides.filter(pk=last.holder_id).exists() else None


def is_untouched(turn: Round, before: Round) -> bool:
    """Whether nobody but the side that handed over did anything since it did."""
    act, since = turn.act, turn.opened_at
    others = ~Q(party=before.holder_id)
    return not (
        act.article_revisions.filter(written_at__gt=since).exists()
        or act.proposals.filter(others, made_at__gt=since).exists()
        or act.proposals.filter(answered_at__gt=since).exists()
        or act.threads.filter(resolved_at__gt=since, scope=ThreadScope.PARTAGE).exists()
        or Message.objects.filter(
            others, thread__act=act, thread__scope=ThreadScope.PARTAGE, written_at__gt=since
        ).exists()
    )


@transaction.atomic
def take_back(act: Act, *, by: User, on: date, reason: str) -> Round:
    """Take the pen back from a party that has done nothing with it yet, and say why."""
    enter_negotiation(act, by=by, on=on, capability=Capability.MANAGE)
    turn = turn_of(act)
    before = handed_over(turn, on=on)
    if before is None:
        raise ValidationError("La main n’a pas été rendue : il n’y a rien à reprendre.")
    check_acts_for(by, before.holder, Capability.MANAGE, on=on)
    if not is_untouched(turn, before):
        raise ValidationError(ANSWERED.format(holder=turn.holder), code="answered")
    return _give(turn, before.holder, Verb.ROUND_TAKEN_BACK, by=by, on=on, reason=reason)


@transaction.atomic
def give_pen(act: Act, *, by: User, on: date, to: Party, reason: str) -> Round:
    """Unblock a negotiation: the platform, which speaks for no party, passes the pen to one."""
    if not scope_of(by, on=on).is_platform:
        raise PermissionDenied(PLATFORM_ONLY)
    enter_negotiation(act, by=by, on=on)
    turn = turn_of(act)
    if turn is not None and turn.holder_id == to.pk:
        raise ValidationError({"to": f"La main est déjà à {to}."}, code="replay")
    if to not in _parties(act, on=on):
        raise ValidationError({"to": TO_WHOM}, code="to")
    turn = turn or _begin(act, receivers_of(act, to, on=on).first())
    return _give(turn, to, Verb.PEN_GIVEN, by=by, on=on, reason=reason)


def _give(turn: Round, to: Party, verb: Verb, *, by: User, on: date, reason: str) -> Round:
    if not reason.strip():
        raise ValidationError({"reason": "Dites en une phrase pourquoi la main change."})
    _end(turn, by=by, message=reason)
    following = _begin(turn.act, to)
    told = {"to": str(to), "reason": reason.strip()}
    record(by, verb, turn.act, dossier=turn.act.convention_id, **told)
    parties = _parties(turn.act, on=on)
    tell(turn.act, parties, by=by, at=turn.closed_at, pressing=True)
    return following


@transaction.atomic
def mark_read(act: Act, *, by: User, seen_at: datetime) -> Reading:
    """Remember how far a person has read: the instant their page was made, never an earlier one.

    Kept out of the journal: when somebody reads is nobody else's business.
    """
    seen_at = min(seen_at, datetime.now(UTC))
    reading, created = Reading.objects.select_for_update(of=("self",)).get_or_create(
        act=act, reader=by, defaults={"read_at": seen_at}
    )
    if not created and reading.read_at < seen_at:
        reading.read_at = seen_at
        reading.save(update_fields=["read_at"])
    return reading
