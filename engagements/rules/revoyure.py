"""The yearly review: which years may be opened, what is missing, where readings differ."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

SCHEMA = "revoyure/1"


def year_problem(
    year: int, *, starts_on: date | None, ends_on: date | None, on: date
) -> str | None:
    """Return the French reason why this year cannot be reviewed, or None."""
    if starts_on is None:
        return "La convention n’a pas encore de date d’effet\u00a0: aucune année n’est à revoir."
    if year < starts_on.year:
        return f"La convention prend effet en {starts_on.year}\u00a0: {year} est trop tôt."
    if ends_on is not None and year > ends_on.year:
        return f"La convention finit en {ends_on.year}\u00a0: {year} est trop tard."
    if year > on.year:
        return f"{year} n’a pas commencé\u00a0: sa revoyure s’ouvrira cette année-là."
    return None


def canonical(snapshot: Mapping) -> bytes:
    """Return the one way of writing a snapshot: sorted keys, no spaces, UTF-8."""
    text = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def snapshot_hash(snapshot: Mapping) -> str:
    """SHA-256 of the canonical snapshot: what the document prints and anyone can recompute."""
    return hashlib.sha256(canonical(snapshot)).hexdigest()


def missing_readings(owed: Iterable[int], read: Iterable[int]) -> list[int]:
    """Return the engagements a party owes and has not read yet, in their order."""
    done = set(read)
    return [number for number in owed if number not in done]


@dataclass(frozen=True)
class Reading:
    """What one party says of one engagement."""

    party: int
    engagement: int
    appreciation: str
    comment: str = ""


@dataclass(frozen=True)
class Divergence:
    """One engagement that two parties at least read differently."""

    engagement: int
    readings: tuple[Reading, ...]


def divergences(readings: Iterable[Reading]) -> list[Divergence]:
    """Return the engagements on which the parties' appreciations differ, in engagement order."""
    by_engagement: dict[int, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_engagement[reading.engagement].append(reading)
    return [
        Divergence(engagement, tuple(sorted(group, key=lambda r: r.party)))
        for engagement, group in sorted(by_engagement.items())
        if len({reading.appreciation for reading in group}) > 1
    ]
