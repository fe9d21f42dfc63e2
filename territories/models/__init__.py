"""The facts about places."""

from territories.models.source import SourceFile, TerritoryImport
from territories.models.territory import Containment, FormerName, Population, Territory

__all__ = [
    "Containment",
    "FormerName",
    "Population",
    "SourceFile",
    "Territory",
    "TerritoryImport",
]
