"""What stands beside the articles of two texts compared, as floors above keep it.

Each thing is known by a key it keeps from one text to the other, and is told in plain lines.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from conventions.rules.comparaison_passages import Passage, PassageStatus, compare_sequences


@dataclass(frozen=True)
class Told:
    """One thing as one text has it: how it is called there, and what it says, a line each."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Beside:
    """What became of one thing between the two texts."""

    label: str
    word: str
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Section:
    """All that changed of one kind; never empty."""

    heading: str
    rows: tuple[Beside, ...]


def section_of(
    heading: str, old: Mapping[Hashable, Told], new: Mapping[Hashable, Told]
) -> list[Section]:
    """Compare two sets of things; no section when nothing of them changed.

    They stand in the order of the new text, what is gone last.
    """
    keys = dict.fromkeys([*new, *old])
    rows = (_compared(old.get(key), new.get(key)) for key in keys)
    found = tuple(row for row in rows if row is not None)
    return [Section(heading, found)] if found else []


def _compared(old: Told | None, new: Told | None) -> Beside | None:
    if old == new:
        return None
    passages = compare_sequences(old.lines if old else (), new.lines if new else ())
    if old is None or new is None:
        word = "ajouté" if old is None else "prend fin"
        return Beside((new or old).label, word, tuple(passages))
    rewritten = any(passage.status != PassageStatus.UNCHANGED for passage in passages)
    words = ["modifié"] if rewritten else []
    words += [f"anciennement {old.label}"] if old.label != new.label else []
    return Beside(new.label, ", ".join(words), tuple(passages) if rewritten else ())
