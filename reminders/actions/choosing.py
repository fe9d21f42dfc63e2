"""What a person, or an organisation, chooses of its reminders: how early, in how many messages.

A choice that says what would happen without it is not kept: whoever did not choose follows what
their organisation, or the portal, does next. Whatever is chosen, those in charge are told once at
least (`reminders.rules.ladder.chosen`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.access import check_can_administer
from accounts.actions import record
from accounts.enums import Verb
from accounts.models import Membership, Organisation, User
from accounts.rules.roles import Capability
from conventions.access import parties_acted_for
from conventions.models import Convention, Party
from reminders.actions.arming import rearm
from reminders.actions.recipients import PROMPTEST, Addressee, audiences_of
from reminders.enums import DeadlineKind, Rhythm
from reminders.models import LadderChoice, RhythmChoice
from reminders.rules.choosing import Rungs, check_rungs, sorted_rungs
from reminders.rules.ladder import LADDERS

Chooser = User | Organisation

AT_ONCE = 200

ORGANISATION_NEVER = (
    "Un organisme ne peut pas choisir de ne rien recevoir : gardez au moins un rappel. Chaque "
    "personne qui n’est pas responsable peut ensuite s’en passer pour elle-même."
)
CHARGE_NEVER = (
    "Vous êtes responsable de conventions : gardez au moins un rappel, personne d’autre ne serait "
    "prévenu à votre place."
)


@dataclass(frozen=True)
class Choice:
    """How early one is told of a kind of deadline, and what it would be without one's choice."""

    rungs: Rungs
    base: Rungs
    is_own: bool
    by_organisation: bool = False


@dataclass(frozen=True)
class Board:
    """All that somebody chose, kind by kind, over what their organisations chose."""

    own: Mapping[str, Rungs] = field(default_factory=dict)
    above: Mapping[str, Rungs] = field(default_factory=dict)
    own_rhythm: Rhythm | None = None
    rhythm_above: Rhythm = Rhythm.CHACUN

    def choice(self, kind: str) -> Choice:
        base = self.above.get(kind) or _usual(kind)
        own = self.own.get(kind)
        return Choice(base if own is None else own, base, own is not None, kind in self.above)

    @property
    def rhythm(self) -> Rhythm:
        return self.own_rhythm or self.rhythm_above

    @property
    def is_usual(self) -> bool:
        return not self.own and self.own_rhythm is None


def board_of(chooser: Chooser, *, on: date) -> Board:
    """Return what somebody chose, and what they would follow otherwise."""
    above = []
    if isinstance(chooser, User):
        above = Membership.objects.of(chooser, on=on).values("organisation")
    ladders = LadderChoice.objects.filter(organisation__in=above).order_by("kind", "pk")
    rhythms = RhythmChoice.objects.filter(organisation__in=above).values_list("rhythm", flat=True)
    merged: dict[str, Rungs] = {}
    for row in ladders:
        months, days = merged.get(row.kind, ([], []))
        merged[row.kind] = sorted_rungs([*months, *row.months], [*days, *row.days])
    own_rhythm = RhythmChoice.objects.filter(_is(chooser)).first()
    return Board(
        own={row.kind: (row.months, row.days) for row in _ladders(chooser)},
        above=merged,
        own_rhythm=None if own_rhythm is None else Rhythm(own_rhythm.rhythm),
        rhythm_above=Rhythm(min(rhythms, key=PROMPTEST.index, default=Rhythm.CHACUN)),
    )


def conventions_followed(chooser: Chooser, *, on: date) -> QuerySet[Convention]:
    """The signed conventions of which somebody may be told: those of their parties."""
    if isinstance(chooser, User):
        parties = parties_acted_for(chooser, Capability.READ, on=on)
    else:
        own = Q(organisation=chooser)
        delegated = Q(
            organisation=chooser.acts_for_id, convention__region__in=chooser.regions.values("pk")
        )
        parties = Party.objects.in_force(on=on).filter(own | delegated)
    bound = parties.order_by().values("convention")
    return Convention.objects.signees().filter(pk__in=bound)


def in_charge_of(user: User, *, on: date) -> int:
    """Return how many conventions a person is in charge of."""
    audiences = audiences_of(conventions_followed(user, on=on), on=on)
    return sum(Addressee(user_id=user.pk) in row.in_charge for row in audiences.values())


@transaction.atomic
def choose_reminders(
    chooser: Chooser,
    *,
    by: User,
    now: datetime,
    on: date,
    ladders: Mapping[str, Rungs],
    rhythm: Rhythm,
) -> None:
    """Keep what somebody chose for these kinds of deadlines; the other kinds stay as they are."""
    _enter(chooser, by=by, on=on)
    board = board_of(chooser, on=on)
    ladders = {str(kind): sorted_rungs(*rungs) for kind, rungs in ladders.items()}
    _check(chooser, ladders, on=on)
    changed = [kind for kind, rungs in ladders.items() if rungs != board.choice(kind).rungs]
    if not changed and rhythm == board.rhythm:
        return
    for kind in changed:
        _keep(chooser, kind, ladders[kind], base=board.choice(kind).base)
    if rhythm != board.rhythm:
        RhythmChoice.objects.filter(_is(chooser)).delete()
        if rhythm != board.rhythm_above:
            RhythmChoice.objects.create(rhythm=rhythm, **_own(chooser))
    kept = {kind: list(ladders[kind]) for kind in changed}
    record(by, Verb.REMINDERS_CHOSEN, chooser, ladders=kept, rhythm=rhythm)
    _rearm(chooser, now=now, on=on)


@transaction.atomic
def forget_choices(chooser: Chooser, *, by: User, now: datetime, on: date) -> None:
    """Go back to what the organisation, or the portal, does."""
    _enter(chooser, by=by, on=on)
    if board_of(chooser, on=on).is_usual:
        return
    LadderChoice.objects.filter(_is(chooser)).delete()
    RhythmChoice.objects.filter(_is(chooser)).delete()
    record(by, Verb.REMINDERS_CHOSEN, chooser, back_to_usual=True)
    _rearm(chooser, now=now, on=on)


def _enter(chooser: Chooser, *, by: User, on: date) -> None:
    """One chooses for oneself, or for the organisation one administers; one at a time."""
    if isinstance(chooser, Organisation):
        check_can_administer(by, chooser, on=on)
    elif chooser.pk != by.pk:
        msg = "Chacun règle ses propres rappels."
        raise ValidationError(msg)
    model = User if isinstance(chooser, User) else Organisation
    model.objects.select_for_update(of=("self",)).get(pk=chooser.pk)


def _rearm(chooser: Chooser, *, now: datetime, on: date) -> None:
    """Have the reminders to come follow at once; past so many conventions, within the hour.

    The journal waits meanwhile: the hourly projection arms again what a national organisation
    follows beyond that.
    """
    rearm(conventions_followed(chooser, on=on).order_by("pk")[:AT_ONCE], now=now, on=on)


def _check(chooser: Chooser, ladders: Mapping[str, Rungs], *, on: date) -> None:
    problems = {}
    silent = [kind for kind, (months, days) in ladders.items() if not (months or days)]
    if silent and isinstance(chooser, Organisation):
        problems = dict.fromkeys(silent, ORGANISATION_NEVER)
    elif silent and in_charge_of(chooser, on=on):
        problems = dict.fromkeys(silent, CHARGE_NEVER)
    for kind, (months, days) in ladders.items():
        try:
            check_rungs(months, days)
        except ValidationError as error:
            problems[kind] = error
    if problems:
        raise ValidationError(problems)


def _keep(chooser: Chooser, kind: str, rungs: Rungs, *, base: Rungs) -> None:
    _ladders(chooser).filter(kind=kind).delete()
    if rungs != base:
        months, days = rungs
        LadderChoice.objects.create(kind=kind, months=months, days=days, **_own(chooser))


def _usual(kind: str) -> Rungs:
    usual = LADDERS[DeadlineKind(kind)]
    return sorted_rungs(usual.months, usual.days)


def _ladders(chooser: Chooser) -> QuerySet[LadderChoice]:
    return LadderChoice.objects.filter(_is(chooser))


def _own(chooser: Chooser) -> dict[str, Chooser]:
    return {"user" if isinstance(chooser, User) else "organisation": chooser}


def _is(chooser: Chooser) -> Q:
    return Q(**_own(chooser))
