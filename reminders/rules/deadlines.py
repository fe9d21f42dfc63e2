"""What a deadline is: the row a projection wants, and what the calendar makes of it on a day."""

from dataclasses import dataclass
from datetime import date, timedelta

from reminders.enums import DeadlineKind, DeadlineSituation

PROCHE = timedelta(days=30)

# Dates by which somebody must have done something: past and not done, they are late. The others
# are limits that pass: the term comes, a way out closes, the prefect's time is over.
EXPECTED = frozenset(
    {
        DeadlineKind.REVOYURE_OUVERTURE,
        DeadlineKind.REVOYURE_CONTRIBUTIONS,
        DeadlineKind.REVOYURE_COMITE,
        DeadlineKind.REVOYURE_GEL,
        DeadlineKind.REVOYURE_TRANSMISSION,
        DeadlineKind.ENGAGEMENT,
        DeadlineKind.RAPPORT_ACTIVITE,
        DeadlineKind.PREUVES_LRE,
        DeadlineKind.AJOUTEE,
    }
)


# Each side answers for itself, out of the other's sight: whether it means to leave is its secret.
EACH_SIDE = frozenset({DeadlineKind.RESILIATION})


@dataclass(frozen=True)
class ProjectedDeadline:
    """One date with its reasoning. `key` says where it comes from and outlives its date.

    `safe_on` is the last working day on which to act; it is absent when nobody has to act.
    `effect_on` is the first day free, for a way out. `done_on` is set when the facts say so.
    `owner_id` or `reserved_to_id` keep it to a person or an organisation.
    """

    key: str
    kind: DeadlineKind
    title: str
    due_on: date
    safe_on: date | None = None
    effect_on: date | None = None
    rolling: bool = False
    source: str = ""
    article_id: int | None = None
    wording: str = ""
    trigger: str = ""
    steps: tuple[str, ...] = ()
    engagement_id: int | None = None
    clause_id: int | None = None
    party_id: int | None = None
    owner_id: int | None = None
    reserved_to_id: int | None = None
    done_on: date | None = None
    done_note: str = ""

    @property
    def is_shared(self) -> bool:
        return self.owner_id is None and self.reserved_to_id is None


def situation_on(
    day: date,
    *,
    kind: DeadlineKind,
    due_on: date,
    done_on: date | None = None,
    not_applicable: bool = False,
    rolling: bool = False,
    retired: bool = False,
    convention_ends_on: date | None = None,
) -> DeadlineSituation:
    """Return what the deadline is on `day`.

    Once the convention is past its term nothing of it is late any more: what is left to say is
    that it ran out, and the convention's page says it.
    """
    if retired:
        return DeadlineSituation.RETIREE
    if done_on is not None:
        return DeadlineSituation.SANS_OBJET if not_applicable else DeadlineSituation.FAITE
    if rolling:
        return DeadlineSituation.GLISSANTE
    if due_on >= day:
        return DeadlineSituation.PROCHE if due_on <= day + PROCHE else DeadlineSituation.A_VENIR
    over = convention_ends_on is not None and convention_ends_on < day
    if kind in EXPECTED and not over:
        return DeadlineSituation.EN_RETARD
    return DeadlineSituation.PASSEE
