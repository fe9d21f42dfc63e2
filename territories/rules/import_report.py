"""What an import changed, as facts, and as the French lines that say it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from territories.enums import TerritoryKind
from territories.rules.french import grouped, typeset

# Plural of each kind, in the order of the report.
PLURALS: Mapping[str, str] = {
    TerritoryKind.REGION: "régions",
    TerritoryKind.DEPARTEMENT: "départements",
    TerritoryKind.EPCI: "EPCI",
    TerritoryKind.COMMUNE: "communes",
}
LONGEST_LIST = 20


@dataclass
class KindChanges:
    """What changed among the territories of one kind; the lists name them."""

    total: int = 0
    created: list[str] = field(default_factory=list)
    already_ended: int = 0
    renamed: list[str] = field(default_factory=list)
    corrected: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not any((self.created, self.renamed, self.corrected, self.moved, self.ended))


@dataclass
class ImportReport:
    """The facts of an import. `recorded` is false when it found everything already there."""

    sources: Sequence[Mapping[str, Any]] = ()
    kinds: dict[str, KindChanges] = field(
        default_factory=lambda: {kind: KindChanges() for kind in PLURALS}
    )
    memberships: int = 0
    former_names: int = 0
    populations: int = 0
    recorded: bool = False

    @property
    def changes_something(self) -> bool:
        counted = self.memberships + self.former_names + self.populations
        return bool(counted) or any(not changes.is_empty for changes in self.kinds.values())

    def as_data(self) -> dict[str, Any]:
        """Return what is kept in the database: counts, and names where they are few."""
        return {
            "sources": [dict(source) for source in self.sources],
            "kinds": {kind: _kind_data(changes) for kind, changes in self.kinds.items()},
            "memberships": self.memberships,
            "former_names": self.former_names,
            "populations": self.populations,
        }

    def lines(self) -> list[str]:
        """Return the report as it is printed."""
        lines = ["Fichiers lus :"]
        lines += [
            f"  {source['file_name']} : {source['vintage']}, {grouped(source['rows'])} lignes"
            for source in self.sources
        ]
        if not self.changes_something:
            return [typeset(line) for line in [*lines, "", "Rien n’a changé.", *self._totals()]]
        lines += ["", "Changements :"]
        for kind, changes in self.kinds.items():
            lines += _kind_lines(PLURALS[kind], changes)
        lines += [
            f"  {label} : {grouped(count)}"
            for label, count in (
                ("appartenances datées créées, closes ou corrigées", self.memberships),
                ("anciens noms datés", self.former_names),
                ("populations", self.populations),
            )
            if count
        ]
        return [typeset(line) for line in [*lines, *self._totals()]]

    def _totals(self) -> list[str]:
        return [
            "",
            "En vigueur à la date des fichiers :",
            *(
                f"  {PLURALS[kind]} : {grouped(changes.total)}"
                for kind, changes in self.kinds.items()
            ),
        ]


def _kind_data(changes: KindChanges) -> dict[str, Any]:
    lists = {
        name: getattr(changes, name)
        for name in ("created", "renamed", "corrected", "moved", "ended")
    }
    return {
        "total": changes.total,
        **{name: len(found) for name, found in lists.items()},
        "names": {name: found for name, found in lists.items() if 0 < len(found) <= LONGEST_LIST},
    }


def _kind_lines(plural: str, changes: KindChanges) -> list[str]:
    past = f" (dont {grouped(changes.already_ended)} disparues)" if changes.already_ended else ""
    lines = []
    for label, found, more in (
        ("créations", changes.created, past),
        ("changements de nom", changes.renamed, ""),
        ("corrections", changes.corrected, ""),
        ("changements d’EPCI ou de rattachement", changes.moved, ""),
        ("fins", changes.ended, ""),
    ):
        if found:
            lines.append(f"  {plural}, {label} : {grouped(len(found))}{more}")
            if len(found) <= LONGEST_LIST:
                lines += [f"    {name}" for name in found]
    return lines
