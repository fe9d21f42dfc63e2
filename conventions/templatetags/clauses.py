"""What a clause leaves open, wherever the clause is read: said, with every possible answer."""

from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

from django import template

from conventions.enums import Operation
from conventions.models.clause import TimedClause
from conventions.models.clauses_read import ClauseRead
from conventions.rules.clauses import warnings_of
from conventions.rules.exemples import Example, silent_example

register = template.Library()


@register.inclusion_tag("conventions/_clause_doubts.html")
def clause_doubts(clause: TimedClause | ClauseRead, on: date, zone: str) -> dict[str, Any]:
    """Say what is silent or at odds in a clause; a silence comes with all its answers."""
    told = _terms(clause)
    if "quantity" not in told:
        return {"warnings": [], "examples": [], "on": on}
    told = {"operation": Operation.DUREE, "carry": False, "franc": False} | told
    names = ("operation", "unit", "trigger", "carry", "franc")
    warnings = warnings_of(**{name: told[name] for name in names})
    return {"warnings": warnings, "examples": _silent(told, on, zone), "on": on}


def _terms(clause: Any) -> Mapping[str, Any]:
    if isinstance(clause, ClauseRead):
        return clause.terms
    return {field.attname: getattr(clause, field.attname) for field in clause._meta.concrete_fields}


def _silent(told: Mapping[str, Any], on: date, zone: str) -> list[Example]:
    if told["trigger"] or told["operation"] == Operation.REBOURS:
        return []
    lasting = told["operation"] == Operation.DUREE
    return [silent_example(SimpleNamespace(**told), on, zone=zone, lasting=lasting)]
