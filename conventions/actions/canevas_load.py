"""The models shipped with the portal, loaded as often as one likes.

A model is never edited once a text was begun from it: whoever wants another wording publishes
another version, and texts keep the one they came from.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from conventions.models import Canevas, CanevasClause
from conventions.rules.canevas import CanevasError, ClauseWords, problems, variables_of

FOLDER = Path(__file__).resolve().parents[1] / "canevas"
_CARD = ("kind", "title", "source", "published_on")
_CLAUSE = ("depth", "kind", "heading", "body", "guidance", "required", "topic", "terms")
_USUAL = {"depth": 1, "kind": "article", "required": False, "terms": {}, "guidance": ""}


@dataclass(frozen=True)
class Loaded:
    """What a loading did: models written, those already there, those in use that differ."""

    written: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def load_shipped(folder: Path = FOLDER) -> Loaded:
    """Bring the library up to the files; raise `CanevasError` when one does not hold together."""
    models = [tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))]
    return load_models(models)


@transaction.atomic
def load_models(models: Iterable[Mapping]) -> Loaded:
    written, kept, refused = [], [], []
    for model in sorted(models, key=lambda model: (model["key"], model["version"])):
        _check(model)
        name = f"{model['key']} {model['version']}"
        known = Canevas.objects.filter(key=model["key"], version=model["version"]).first()
        if known is not None and _as_data(known) == _as_shipped(model):
            kept.append(name)
        elif known is not None and is_used(known):
            refused.append(name)
        else:
            _write(model, known)
            written.append(name)
    return Loaded(tuple(written), tuple(kept), tuple(refused))


def is_used(canevas: Canevas) -> bool:
    """Whether a text was begun from this model, or bears one of its clauses."""
    return canevas.acts.exists() or canevas.clauses.filter(articles__isnull=False).exists()


def _check(model: Mapping) -> None:
    words = [
        ClauseWords(
            clause["key"],
            tuple(one["body"] for one in (clause, *clause.get("alternatives", ()))),
            tuple(one.get("terms", {}) for one in (clause, *clause.get("alternatives", ()))),
        )
        for clause in model["clauses"]
    ]
    found = problems(variables_of(model["variables"]), words)
    if found:
        raise CanevasError("\n".join(found))


def _clauses_of(model: Mapping) -> list[dict]:
    """Return the clauses as rows: what the file leaves out is the usual, bodies are trimmed."""
    return [
        {
            **{name: clause.get(name, _USUAL.get(name, "")) for name in _CLAUSE},
            "body": clause["body"].strip(),
            "key": clause["key"],
            "position": rank,
            "alternatives": [
                {**other, "body": other["body"].strip(), "terms": other.get("terms", {})}
                for other in clause.get("alternatives", ())
            ],
        }
        for rank, clause in enumerate(model["clauses"], 1)
    ]


def _as_shipped(model: Mapping) -> tuple:
    return [model[name] for name in _CARD], model["variables"], _clauses_of(model)


def _as_data(canevas: Canevas) -> tuple:
    names = (*_CLAUSE, "key", "position", "alternatives")
    clauses = list(canevas.clauses.values(*names))
    return [getattr(canevas, name) for name in _CARD], canevas.variables, clauses


def _write(model: Mapping, known: Canevas | None) -> None:
    canevas = known or Canevas(key=model["key"], version=model["version"])
    for name in _CARD:
        setattr(canevas, name, model[name])
    canevas.variables = model["variables"]
    canevas.full_clean()
    canevas.save()
    canevas.clauses.all().delete()
    CanevasClause.objects.bulk_create(
        CanevasClause(canevas=canevas, **row) for row in _clauses_of(model)
    )
    retire_older(canevas)


def retire_older(canevas: Canevas) -> None:
    """Retire the earlier versions of a model on the day this one is published."""
    if canevas.published_on is None:
        return
    older = Canevas.objects.filter(key=canevas.key, version__lt=canevas.version)
    older.filter(retired_on__isnull=True).update(retired_on=canevas.published_on)


@transaction.atomic
def next_version(canevas: Canevas) -> Canevas:
    """Copy a model as the draft of its next version, published by nobody yet."""
    last = Canevas.objects.filter(key=canevas.key).order_by("-version").first()
    card = {name: getattr(canevas, name) for name in ("kind", "key", "title", "source")}
    copy = Canevas.objects.create(**card, version=last.version + 1, variables=canevas.variables)
    names = (*_CLAUSE, "key", "position", "alternatives")
    rows = canevas.clauses.values(*names)
    CanevasClause.objects.bulk_create(CanevasClause(canevas=copy, **row) for row in rows)
    return copy
