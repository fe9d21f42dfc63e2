"""Model texts: what their variables ask, the wording they give once filled, what they may say.

A model is written like an article, with two marks of its own: «{{duree_annees}}» is a variable,
«{{art:duree}}» a reference to the clause of that key, which becomes a reference to the article once
the clause is laid down. What is not filled yet stays as written: a hole is seen, never guessed.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from accounts.rules.typographie import date_longue
from conventions.enums import TerminationGround, Trigger, Unit, YearBasis
from conventions.rules.clauses import quantity_in_words

_VARIABLE = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")
_WHOLE_VARIABLE = re.compile(rf"{_VARIABLE.pattern}\Z")
_REFERENCE = re.compile(r"\{\{art:([a-z][a-z0-9-]*)\}\}")
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_THOUSANDS = re.compile(r"(?<=\d)(?=(?:\d{3})+\Z)")
LONGEST_TEXT = 300
LARGEST_NUMBER = 10**12
NUMBER_EXPECTED = "Écrivez un nombre entier, sans unité, par exemple 3."
DATE_EXPECTED = "Écrivez une date, par exemple 01/01/2027."
CHOICE_EXPECTED = "Choisissez l’une des réponses proposées."
TOO_LONG = f"Cette réponse dépasse {LONGEST_TEXT} caractères."
# What each clause entered as data may say, and what it cannot go without.
CLAUSES: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "duree": (
        frozenset({"quantity"}),
        frozenset({"unit", "trigger", "prorogation_possible"}),
    ),
    "resiliation": (
        frozenset({"ground", "quantity"}),
        frozenset({"unit", "trigger", "carry", "franc", "form", "indemnity", "survival"}),
    ),
    "revoyure": (
        frozenset(),
        frozenset(
            {"year_basis", "opens_month", "opens_day", "contribution_days", "meeting_days"}
            | {"freeze_days", "transmission_days", "disagreement"}
        ),
    ),
}
_VOCABULARIES = {
    "unit": Unit,
    "trigger": Trigger,
    "ground": TerminationGround,
    "year_basis": YearBasis,
}


class VariableKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"


class CanevasError(ValueError):
    """A model or an answer that cannot be used, said in French."""


@dataclass(frozen=True)
class Variable:
    """What a model asks before its wording is whole; answers are kept raw: «3», «2027-01-01»."""

    name: str
    label: str
    kind: VariableKind = VariableKind.TEXT
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    example: str = ""
    help: str = ""
    prefill: str = ""

    def said(self, raw: str) -> str:
        """Return the answer as the text writes it: «3 ans», «1er janvier 2027», «octobre»."""
        if self.kind == VariableKind.DATE:
            return date_longue(date.fromisoformat(raw))
        if self.kind == VariableKind.CHOICE:
            return dict(self.choices).get(raw, raw)
        return self._counted(raw) if self.kind == VariableKind.NUMBER else raw

    def _counted(self, raw: str) -> str:
        if self.unit in Unit.values:
            return quantity_in_words(int(raw), self.unit)
        number = _THOUSANDS.sub("\u202f", raw)
        if not self.unit:
            return number
        return f"{number}\u00a0{self.unit if int(raw) > 1 else self.unit.removesuffix('s')}"

    def read(self, given: object) -> str:
        """Return an answer as it is kept; empty says that it is not known yet.

        Raise `CanevasError` when it is not what the variable asks.
        """
        words = str(given if given is not None else "").strip()
        if not words:
            return ""
        return _READERS[self.kind](self, words)


def _read_text(_variable: Variable, words: str) -> str:
    if len(words) > LONGEST_TEXT:
        raise CanevasError(TOO_LONG)
    if "{{" in words or "}}" in words:
        msg = "Une réponse ne peut pas contenir d’accolades."
        raise CanevasError(msg)
    return " ".join(words.split())


def _read_number(_variable: Variable, words: str) -> str:
    digits = re.sub(r"[\s\u00a0\u202f]", "", words)
    if not (digits.isascii() and digits.isdigit() and 0 < int(digits[:20]) < LARGEST_NUMBER):
        raise CanevasError(NUMBER_EXPECTED)
    return str(int(digits))


def _read_date(_variable: Variable, words: str) -> str:
    day, _, rest = words.partition("/")
    month, _, year = rest.partition("/")
    try:
        if rest:
            return date(int(year), int(month), int(day)).isoformat()
        return date.fromisoformat(words).isoformat()
    except ValueError as error:
        raise CanevasError(DATE_EXPECTED) from error


def _read_choice(variable: Variable, words: str) -> str:
    if words not in dict(variable.choices):
        raise CanevasError(CHOICE_EXPECTED)
    return words


_READERS = {
    VariableKind.TEXT: _read_text,
    VariableKind.NUMBER: _read_number,
    VariableKind.DATE: _read_date,
    VariableKind.CHOICE: _read_choice,
}


def variables_of(declared: Iterable[Mapping]) -> tuple[Variable, ...]:
    """Read the variables that a model declares; raise `CanevasError` on what cannot be one."""
    return tuple(_variable(row) for row in declared)


def _variable(row: Mapping) -> Variable:
    name = str(row.get("name", ""))
    if not _NAME.match(name):
        msg = f"« {name} » n’est pas un nom de variable : minuscules sans accent, chiffres et _."
        raise CanevasError(msg)
    try:
        kind = VariableKind(row.get("type", VariableKind.TEXT))
    except ValueError as error:
        msg = f"Variable « {name} » : le type est text, number, date ou choice."
        raise CanevasError(msg) from error
    choices = tuple((str(key), str(label)) for key, label in row.get("choices", ()))
    if (kind == VariableKind.CHOICE) != bool(choices):
        msg = f"Variable « {name} » : les réponses possibles vont avec le type choice."
        raise CanevasError(msg)
    words = {key: str(row.get(key, "")) for key in ("unit", "example", "help", "prefill")}
    return Variable(name, str(row.get("label", "")) or name, kind, choices=choices, **words)


def names_in(text: str) -> tuple[str, ...]:
    """Return the variables a wording still asks for, in reading order, each once."""
    return tuple(dict.fromkeys(match[1] for match in _VARIABLE.finditer(text)))


def references_in(text: str) -> tuple[str, ...]:
    """Return the keys of the clauses a wording refers to."""
    return tuple(dict.fromkeys(match[1] for match in _REFERENCE.finditer(text)))


def fill(
    text: str,
    variables: Iterable[Variable],
    values: Mapping[str, str],
    codes: Mapping[str, int] | None = None,
) -> str:
    """Return a wording with the answers in place, and references to the articles of the draft.

    `codes` gives the article laid down for a clause's key. What nobody answered, or no article
    stands for yet, stays as written.
    """
    known = {variable.name: variable for variable in variables}
    found = codes or {}

    def answer(match: re.Match) -> str:
        name = match[1]
        raw = values.get(name, "")
        return known[name].said(raw) if raw and name in known else match[0]

    def article(match: re.Match) -> str:
        code = found.get(match[1])
        return match[0] if code is None else f"{{{{art:{code}}}}}"

    return _REFERENCE.sub(article, _VARIABLE.sub(answer, text))


def readable(text: str, variables: Iterable[Variable], headings: Mapping[str, str]) -> str:
    """Return a wording for who browses: «[Durée de la convention]», «article « Revoyure »»."""
    labels = {variable.name: variable.label for variable in variables}
    words = _VARIABLE.sub(lambda match: f"[{labels.get(match[1], match[1])}]", text)
    return _REFERENCE.sub(lambda match: f"article « {headings.get(match[1], match[1])} »", words)


def speaks_of(words: str, sought: str) -> bool:
    """Whether a text holds these words, whatever their capitals and accents."""
    return _folded(sought) in _folded(words)


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def terms_filled(terms: Mapping, values: Mapping[str, str]) -> dict | None:
    """Return a clause's data with the answers in place; None while one of them is missing."""
    filled = {}
    for name, value in terms.items():
        match = _WHOLE_VARIABLE.match(value) if isinstance(value, str) else None
        raw = values.get(match[1], "") if match else value
        if raw == "":
            return None
        filled[name] = int(raw) if match and raw.isdigit() else raw
    return filled


def terms_in_words(terms: Mapping) -> str:
    """Return what laying a clause down also enters, for who chooses it."""
    label = {"duree": "durée", "resiliation": "résiliation", "revoyure": "revoyure"}
    event = terms.get("trigger")
    counted = f", comptée : {Trigger(event).label}" if event else ""
    return f"Saisit aussi la clause de {label[terms['clause']]}{counted}, à relire et à confirmer."


@dataclass(frozen=True)
class ClauseWords:
    """The wordings of one clause, as `problems` checks them."""

    key: str
    bodies: tuple[str, ...]
    terms: tuple[Mapping, ...] = ()


def problems(variables: Iterable[Variable], clauses: Iterable[ClauseWords]) -> list[str]:
    """Return all that forbids using a model, in French; nothing when it holds together."""
    known = [variable.name for variable in variables]
    written = list(clauses)
    keys = [clause.key for clause in written]
    found = [f"La variable « {name} » est déclarée deux fois." for name in _twice(known)]
    found += [f"Deux clauses portent la clé « {key} »." for key in _twice(keys)]
    for clause in written:
        for body in clause.bodies:
            found += _unknown(clause.key, body, known, keys)
        for terms in clause.terms:
            found += _bad_terms(clause.key, terms, known)
    return list(dict.fromkeys(found))


def _unknown(key: str, body: str, known: list[str], keys: list[str]) -> list[str]:
    strange = [
        f"Clause « {key} » : la variable « {name} » n’est pas déclarée."
        for name in names_in(body)
        if name not in known
    ]
    return strange + [
        f"Clause « {key} » : elle renvoie à « {name} », qui n’est la clé d’aucune clause."
        for name in references_in(body)
        if name not in keys
    ]


def _bad_terms(key: str, terms: Mapping, known: list[str]) -> list[str]:
    if not terms:
        return []
    given = dict(terms)
    kind = given.pop("clause", None)
    if kind not in CLAUSES:
        return [f"Clause « {key} » : la clause en données est duree, resiliation ou revoyure."]
    needed, possible = CLAUSES[kind]
    found = [f"Clause « {key} » : il manque « {name} »." for name in sorted(needed - given.keys())]
    found += [
        f"Clause « {key} » : « {name} » n’est pas un terme de cette clause."
        for name in sorted(given.keys() - needed - possible)
    ]
    found += [
        f"Clause « {key} » : « {given[name]} » n’est pas une valeur de « {name} »."
        for name, vocabulary in _VOCABULARIES.items()
        if name in given and given[name] not in vocabulary.values
    ]
    words = " ".join(str(value) for value in given.values())
    return found + _unknown(key, words, known, [key])


def _twice(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})
