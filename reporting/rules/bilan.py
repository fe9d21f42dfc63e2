"""From a frozen snapshot to what its document says: counts, groups, differences, plain sentences.

Pure: the snapshot is the only source, so that the document of a frozen year never changes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.rules.typographie import pluriel
from engagements.enums import Appreciation, Direction, EngagementSituation, Outcome
from engagements.rules.balance import Group, Owed, Row, arrange
from engagements.rules.revoyure import Reading, divergences
from engagements.rules.situations import meets_target, still_owed

Situation = EngagementSituation


@dataclass(frozen=True)
class Promise:
    """An engagement as the document shows it."""

    pk: int
    code: str
    title: str
    state: str
    word: str
    debtors: str
    article: str
    strength: str
    recurrence: str
    condition: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Facing:
    """One line of the balance on paper: what each of two parties owes, and how it is tied."""

    left: Promise | None
    right: Promise | None
    tied: bool
    first: bool
    alone: bool
    silence: str


@dataclass(frozen=True)
class Chapter:
    """An article and what it makes the parties owe."""

    label: str
    heading: str
    facing: tuple[Facing, ...]
    many: tuple[Promise, ...]
    joint: tuple[Promise, ...]


@dataclass(frozen=True)
class Opinion:
    party: str
    label: str
    comment: str


@dataclass(frozen=True)
class Difference:
    promise: Promise
    opinions: tuple[Opinion, ...]


def promises(snapshot: Mapping) -> dict[int, Promise]:
    aliases = {party["id"]: party["alias"] for party in snapshot["parties"]}
    labels = {article["id"]: article["label"] for article in snapshot["articles"]}
    frozen_on = date.fromisoformat(snapshot["revoyure"]["frozen_on"])
    return {
        item["id"]: Promise(
            pk=item["id"],
            code=item["code"],
            title=item["title"],
            state=item["situation"].replace("_", "-"),
            word=_word(item, frozen_on),
            debtors=", ".join(aliases[pk] for pk in item["debtors"]),
            article=labels.get(item["article"], ""),
            strength=item["strength"],
            recurrence=item["recurrence"],
            condition=item["condition"],
            evidence=tuple(name for name, _hash in item["evidence"]),
        )
        for item in snapshot["engagements"]
    }


def _word(item: Mapping, frozen_on: date) -> str:
    label = Situation(item["situation"]).label
    if item["situation"] == Situation.EN_RETARD:
        days = (frozen_on - date.fromisoformat(item["due_on"])).days
        return f"{label} de {pluriel(days, 'jour')}"
    if item["situation"] == Situation.SUSPENDU and item["condition"]:
        return f"{label}\u00a0: {item['condition']}"
    return label


def chapters(snapshot: Mapping) -> list[Chapter]:
    """The balance, article by article, in the order of the text."""
    shown = promises(snapshot)
    owed = [
        Owed(
            pk=item["id"],
            number=item["number"],
            group=item["article"],
            debtors=frozenset(item["debtors"]),
            counterparts=frozenset(item["counterparts"]),
        )
        for item in snapshot["engagements"]
    ]
    parties = [party["id"] for party in snapshot["parties"]]
    articles = {article["id"]: article for article in snapshot["articles"]}
    groups = arrange(owed, parties=parties, groups=list(articles))
    aliases = [party["alias"] for party in snapshot["parties"]]
    return [_chapter(group, articles.get(group.key), shown, aliases) for group in groups]


def _chapter(
    group: Group, article: Mapping | None, shown: Mapping[int, Promise], aliases: Sequence[str]
) -> Chapter:
    pairs = len(aliases) == 2
    lines = [line for row in group.rows for line in _lines(row, shown, aliases)] if pairs else []
    alone = [] if pairs else [pk for row in group.rows for cell in row.cells for pk in cell]
    return Chapter(
        label=article["label"] if article else "",
        heading=article["heading"] if article else "Autres engagements",
        facing=tuple(lines),
        many=tuple(shown[pk] for pk in [*alone, *group.shared]),
        joint=tuple(shown[pk] for pk in group.joint),
    )


def _lines(row: Row, shown: Mapping[int, Promise], aliases: Sequence[str]) -> Iterable[Facing]:
    left, right = row.cells
    height = max(len(left), len(right))
    silent = "" if left and right else _silence(row, aliases)
    for rank in range(height):
        yield Facing(
            left=shown[left[rank]] if rank < len(left) else None,
            right=shown[right[rank]] if rank < len(right) else None,
            tied=rank + 1 < height,
            first=rank == 0,
            alone=not (left and right),
            silence=silent if rank == 0 else "",
        )


def _silence(row: Row, aliases: Sequence[str]) -> str:
    missing = aliases[1] if row.cells[0] else aliases[0]
    if row.elsewhere:
        return "Contrepartie ailleurs au texte"
    return f"Aucune contrepartie de {missing} au texte"


def owed_counts(snapshot: Mapping) -> list[dict]:
    """For each party: its alias, what it still owes alone, out of how much."""
    return [
        {
            "alias": party["alias"],
            "total": len(own),
            "owed": sum(still_owed(Situation(item["situation"])) for item in own),
        }
        for party in snapshot["parties"]
        for own in [[e for e in snapshot["engagements"] if e["debtors"] == [party["id"]]]]
    ]


def readings(snapshot: Mapping) -> list[Reading]:
    return [
        Reading(
            contribution["party"],
            reading["engagement"],
            reading["appreciation"],
            reading["comment"],
        )
        for contribution in snapshot["contributions"]
        for reading in contribution["readings"]
    ]


def differences(snapshot: Mapping) -> list[Difference]:
    """The engagements that the parties read differently, both readings side by side."""
    shown = promises(snapshot)
    aliases = {party["id"]: party["alias"] for party in snapshot["parties"]}
    order = {party["id"]: party["position"] for party in snapshot["parties"]}
    return [
        Difference(
            shown[found.engagement],
            tuple(
                Opinion(aliases[r.party], Appreciation(r.appreciation).label, r.comment)
                for r in sorted(found.readings, key=lambda r: order[r.party])
            ),
        )
        for found in divergences(readings(snapshot))
    ]


def opinions(snapshot: Mapping) -> list[tuple[Promise, list[Opinion | None]]]:
    """Each engagement with what each party says of it, in the parties' order; None is silence."""
    shown = promises(snapshot)
    said = {(r.party, r.engagement): r for r in readings(snapshot)}
    parties = snapshot["parties"]
    return [
        (promise, [_opinion(said.get((party["id"], pk)), party["alias"]) for party in parties])
        for pk, promise in shown.items()
    ]


def _opinion(reading: Reading | None, alias: str) -> Opinion | None:
    if reading is None:
        return None
    return Opinion(alias, Appreciation(reading.appreciation).label, reading.comment)


def results(snapshot: Mapping) -> list[dict]:
    """The figures of the year under review that have a target, with whether they meet it."""
    year = snapshot["revoyure"]["year"]
    found = []
    for indicator in snapshot["indicateurs"]:
        for row in indicator["rows"]:
            if row["year"] != year or row["target"] is None:
                continue
            value = Decimal(row["value"]) if row["value"] is not None else None
            target = Decimal(row["target"])
            met = meets_target(value, target, Direction(indicator["direction"]))
            found.append({**row, "indicator": indicator, "value": value, "met": met})
    return found


def indicators_to_date(snapshot: Mapping) -> list[dict]:
    """The indicators without the years that come after the one under review."""
    year = snapshot["revoyure"]["year"]
    kept = [
        {**indicator, "rows": [row for row in indicator["rows"] if row["year"] <= year]}
        for indicator in snapshot["indicateurs"]
    ]
    return [indicator for indicator in kept if indicator["rows"]]


@dataclass(frozen=True)
class Essentials:
    """What an elected official reads first."""

    lead: str
    advances: tuple[Promise, ...]
    stuck: tuple[Promise, ...]
    waiting: tuple[Promise, ...]
    below: tuple[dict, ...]
    kept: int
    late: int
    total: int
    divergent: int


def essentials(snapshot: Mapping) -> Essentials:
    shown = promises(snapshot)
    by_state = Counter(promise.state for promise in shown.values())
    divergent = len(differences(snapshot))
    return Essentials(
        lead=_lead(snapshot, by_state, len(shown), divergent),
        advances=_in_state(shown, "tenu"),
        stuck=_in_state(shown, "en-retard", "conteste"),
        waiting=_in_state(shown, "suspendu"),
        below=tuple(row for row in results(snapshot) if row["met"] is False),
        kept=by_state["tenu"],
        late=by_state["en-retard"],
        total=len(shown),
        divergent=divergent,
    )


def _in_state(shown: Mapping[int, Promise], *states: str) -> tuple[Promise, ...]:
    return tuple(promise for promise in shown.values() if promise.state in states)


def _lead(snapshot: Mapping, by_state: Counter, total: int, divergent: int) -> str:
    if not total:
        return "La convention ne porte encore aucun engagement."
    kept = by_state["tenu"]
    sentences = [f"{pluriel(kept, 'engagement')} sur {total} "]
    sentences[0] += "est tenu." if kept < 2 else "sont tenus."
    if by_state["en-retard"]:
        late = by_state["en-retard"]
        sentences.append("Un est en retard." if late == 1 else f"{late} sont en retard.")
    if divergent:
        sentences.append(f"Les parties lisent différemment {pluriel(divergent, 'engagement')}.")
    else:
        sentences.append("Les parties ont la même lecture de l’année.")
    sentences.append(_OUTCOMES.get(snapshot["revoyure"]["outcome"], ""))
    return " ".join(filter(None, sentences))


_OUTCOMES = {
    Outcome.MAINTIEN: "Elles maintiennent leurs engagements.",
    Outcome.AVENANT: "Elles conviennent de préparer un avenant.",
    Outcome.DESACCORD: "Elles ne s’accordent pas sur la suite.",
}
