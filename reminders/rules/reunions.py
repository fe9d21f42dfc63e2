"""The meetings of the bodies that follow the convention: one in each slice of each year.

The text says so many times a year: the year is cut into slices of equal length, and the meeting is
due by the last day of its own. A slice that the convention's start or end cuts by more than half
asks for none: the reasoning of its neighbour says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from conventions.enums import YearBasis
from conventions.rules.delais_calcul import shift_months
from conventions.rules.delais_phrases import safe_step, step
from reminders.enums import DeadlineKind
from reminders.rules.deadlines import ProjectedDeadline
from reminders.rules.facts import ConventionFacts, FollowUpFacts
from territories.rules.french import MONTHS, long_date, short_date, typeset
from territories.rules.jours_feries import working_day_on_or_before

RULE = "règle du portail : des périodes de même durée"
CLAUSE = "clause de suivi"
ONE_DAY = timedelta(days=1)
_NAMES = {2: "semestre", 3: "quadrimestre", 4: "trimestre", 6: "bimestre", 12: "mois"}


@dataclass(frozen=True)
class Slice:
    """One part of a year, from `first` to `last`, and what of it the convention covers."""

    year: int
    rank: int
    first: date
    last: date
    begins: date
    ends: date

    @property
    def is_cut(self) -> bool:
        return (self.begins, self.ends) != (self.first, self.last)

    @property
    def covered(self) -> int:
        return (self.ends - self.begins).days + 1

    @property
    def counts(self) -> bool:
        """Whether half of it at least lies within the convention."""
        return 2 * self.covered >= (self.last - self.first).days + 1


def meetings(facts: ConventionFacts, *, until: date) -> Iterator[ProjectedDeadline]:
    """Yield one meeting a slice, for each body, from the start to the end of the convention.

    Without an end, the slices that are over by `until`, whole: no horizon cuts a year.
    """
    for clause in facts.follow_ups:
        kept, left_out = _sorted_out(list(slices(clause, facts, until=until)))
        for rank, part in enumerate(kept):
            edge = rank in {0, len(kept) - 1}
            beside = [other for other in left_out if edge and _touch(other, part)]
            yield _meeting(clause, part, beside, facts)


def slices(clause: FollowUpFacts, facts: ConventionFacts, *, until: date) -> Iterator[Slice]:
    """Yield every slice of which the convention covers a day."""
    stop = facts.last_day
    for year in range(facts.starts_on.year - 1, until.year + 1):
        for rank in range(1, clause.per_year + 1):
            first, last = _bounds(clause, facts.starts_on, year, rank)
            begins = max(first, facts.starts_on)
            ends = last if stop is None else min(last, stop)
            if begins <= ends and ends <= until:
                yield Slice(year, rank, first, last, begins, ends)


def _bounds(clause: FollowUpFacts, starts_on: date, year: int, rank: int) -> tuple[date, date]:
    """Return the first and last day of a slice of the year that begins in `year`."""
    origin = starts_on if clause.year_basis == YearBasis.CONVENTION else date(starts_on.year, 1, 1)
    years = year - starts_on.year
    return (
        _edge(origin, years, clause.per_year, rank - 1),
        _edge(origin, years, clause.per_year, rank) - ONE_DAY,
    )


def _edge(origin: date, years: int, per_year: int, rank: int) -> date:
    """Return the day a slice begins: a whole number of months on, else an equal share of days.

    Always counted from the first day of all: a month without its quantième does not shift the rest.
    """
    if 12 % per_year == 0:
        return shift_months(origin, 12 * years + rank * 12 // per_year).day
    first, next_one = (shift_months(origin, 12 * (years + more)).day for more in (0, 1))
    return first + timedelta(days=round((next_one - first).days * rank / per_year))


def _sorted_out(parts: list[Slice]) -> tuple[list[Slice], list[Slice]]:
    """Part the slices that ask for a meeting from those cut too short.

    A convention too short for any keeps the one it covers best.
    """
    kept = [part for part in parts if part.counts]
    if not kept and parts:
        kept = [max(parts, key=lambda part: part.covered)]
    return kept, [part for part in parts if part not in kept]


def _touch(one: Slice, other: Slice) -> bool:
    return ONE_DAY in {other.first - one.last, one.first - other.last}


def _meeting(
    clause: FollowUpFacts, part: Slice, beside: list[Slice], facts: ConventionFacts
) -> ProjectedDeadline:
    safe = working_day_on_or_before(part.ends, facts.zone)
    times = "une fois" if clause.per_year == 1 else f"{clause.per_year} fois"
    return ProjectedDeadline(
        key=f"reunion:{clause.pk}:{part.year}:{part.rank}",
        kind=DeadlineKind.REUNION_SUIVI,
        title=typeset(f"Réunir {_the(clause.body)}, {_name(clause, part)}")[:300],
        due_on=part.ends,
        safe_on=safe,
        source=clause.origin.label or CLAUSE,
        article_id=clause.origin.article_id,
        wording=clause.origin.wording,
        trigger=typeset(
            f"Au moins {times} par {_year_in_words(clause)} ; la convention court depuis le "
            f"{short_date(facts.starts_on)}."
        ),
        steps=(
            *_cut_into(clause, part),
            *_shortened(part, facts),
            *(_left_out(other) for other in beside),
            safe_step(part.ends, safe, facts.zone),
        ),
    )


def _cut_into(clause: FollowUpFacts, part: Slice) -> Iterator[str]:
    often = "une réunion" if clause.per_year == 1 else f"{clause.per_year} réunions"
    yield step(f"Le texte prévoit au moins {often} par {_year_in_words(clause)}", CLAUSE)
    if clause.per_year > 1:
        period = f"Période {part.rank} sur {clause.per_year}"
    else:
        period = "Une seule période"
    yield step(
        f"{period} : du {long_date(part.first)} au {long_date(part.last)}, dernier jour pour se "
        "réunir",
        RULE,
    )


def _shortened(part: Slice, facts: ConventionFacts) -> Iterator[str]:
    if part.begins > part.first:
        yield step(
            f"La convention ne prend effet que le {long_date(part.begins)} : la période est "
            "écourtée, et une réunion y reste due",
            RULE,
        )
    if part.ends < part.last:
        yield step(
            f"La convention prend fin le {long_date(part.ends)}, avant la fin de la période : la "
            "réunion est due au plus tard ce jour-là",
            RULE,
        )


def _left_out(part: Slice) -> str:
    days = f"{part.covered} jour{'s' if part.covered > 1 else ''}"
    return step(
        f"De la période du {short_date(part.first)} au {short_date(part.last)}, la convention ne "
        f"couvre que {days}, moins de la moitié : le portail n’y attend pas de réunion",
        RULE,
    )


def _name(clause: FollowUpFacts, part: Slice) -> str:
    """Say which slice: «1er semestre 2027», «mars 2027», «du 5 mars au 4 septembre 2027»."""
    if clause.year_basis == YearBasis.CONVENTION:
        return f"période du {short_date(part.first)} au {short_date(part.last)}"
    if clause.per_year == 1:
        return f"année {part.year}"
    if clause.per_year == 12:
        return f"{MONTHS[part.rank - 1]} {part.year}"
    name = _NAMES.get(clause.per_year, "période")
    feminine = name == "période"
    first = "1re" if feminine else "1er"
    return f"{first if part.rank == 1 else f'{part.rank}e'} {name} {part.year}"


def _year_in_words(clause: FollowUpFacts) -> str:
    of_convention = clause.year_basis == YearBasis.CONVENTION
    return "année de convention" if of_convention else "année civile"


_FEMININE = (
    "assemblée", "cellule", "commission", "conférence", "délégation", "équipe", "instance",
    "mission", "réunion", "rencontre", "revue", "séance", "table",
)  # fmt: skip
_PLURAL = ("les ", "des ")
_DETERMINED = ("le ", "la ", "l’", "l'", "un ", "une ", *_PLURAL)


def _the(body: str) -> str:
    """Name a body with its article: «le comité de pilotage», «la commission», «l’instance»."""
    name = body.strip()
    if name.lower().startswith(_DETERMINED):
        return f"{name[:1].lower()}{name[1:]}"
    name = name if name[:2].isupper() else f"{name[:1].lower()}{name[1:]}"
    if name[:1].lower() in "aeéèêiîoôuhy" and not name[:2].isupper():
        return f"l’{name}"
    return f"la {name}" if name.lower().startswith(_FEMININE) else f"le {name}"
