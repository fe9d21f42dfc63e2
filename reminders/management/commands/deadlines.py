"""`manage.py deadlines REF [--on DATE] [--json]`: every deadline of a convention, with its reasons.

Counted afresh as of DATE (today by default); nothing is written, and what a person or one side
keeps to itself is left out. Exit status 1, with a French sentence on the error output, for an
unknown reference or a date that does not exist.

JSON answer, one object; dates are written AAAA-MM-JJ, what does not apply is null:

    reference, title, situation, situation_label, on, starts_on, ends_on
    notes      sentences on what the text does not foresee (code civil, art. 1211, 1212, 1214…)
    deadlines  in order of date, each with
        key              where it comes from; it outlives its date
        kind, kind_label one of `reminders.enums.DeadlineKind`
        title            what is to be done, or what ends
        due_on           last day, or first day free for a rolling date
        safe_on          last working day to act, null when nobody has to act
        effect_on        first day free, for a way out
        rolling          true when the date moves with the day it is read
        situation        one of `reminders.enums.DeadlineSituation`
        days_left        days from `on` to `due_on`, negative when past
        source           article of the convention or of the law
        wording          the clause's own words
        trigger          the event it is counted from, and its proof
        steps            sentences, each closing on the rule it applies
        done_on, done_note
"""

import io
import json
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.rules.typographie import dans_jours, jour_date
from conventions.models import Convention
from reminders.actions.gathering import facts_of
from reminders.enums import DeadlineKind
from reminders.models import Deadline
from reminders.rules.deadlines import ProjectedDeadline, situation_on
from reminders.rules.ladder import local_day
from reminders.rules.projection import project, silences
from territories.enums import Zone


class Command(BaseCommand):
    help = "Donne toutes les échéances d’une convention, avec leur raisonnement."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", metavar="REF", help="référence, par exemple BESANCON-2017")
        parser.add_argument("--on", metavar="DATE", help="jour d’où l’on regarde, AAAA-MM-JJ")
        parser.add_argument("--json", action="store_true", help="réponse en JSON")

    def handle(self, *, reference: str, **options: Any) -> None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        convention = Convention.objects.filter(reference=reference.strip().upper()).first()
        if convention is None:
            msg = f"Aucune convention ne porte la référence «\u00a0{reference}\u00a0»."
            raise CommandError(msg)
        on = _day(options["on"]) or local_day(timezone.now(), Zone(convention.zone))
        answer = answer_of(convention, on=on)
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(_as_text(answer)))


def answer_of(convention: Convention, *, on: date) -> dict[str, Any]:
    """Return the whole answer as JSON values."""
    facts = facts_of(convention, on=on)
    live = Deadline.objects.live().filter(convention=convention, done_on__lte=on)
    done = {row.key: row for row in live}
    return {
        "reference": convention.reference,
        "title": convention.title,
        "situation": facts.situation.value,
        "situation_label": facts.situation.label,
        "on": on.isoformat(),
        "starts_on": _iso(convention.starts_on),
        "ends_on": _iso(convention.ends_on),
        "notes": silences(facts),
        "deadlines": [
            _row(row, done.get(row.key), convention, on=on)
            for row in project(facts, on=on)
            if row.is_shared
        ],
    }


def _row(
    row: ProjectedDeadline, declared: Deadline | None, convention: Convention, *, on: date
) -> dict[str, Any]:
    done_on = row.done_on or (declared.done_on if declared else None)
    situation = situation_on(
        on,
        kind=row.kind,
        due_on=row.due_on,
        done_on=done_on,
        rolling=row.rolling,
        convention_ends_on=convention.ends_on,
    )
    days = {"due_on": row.due_on, "safe_on": row.safe_on, "effect_on": row.effect_on}
    return {
        "key": row.key,
        "kind": row.kind.value,
        "kind_label": DeadlineKind(row.kind).label,
        "title": row.title,
        **{name: _iso(day) for name, day in days.items()},
        "rolling": row.rolling,
        "situation": situation.value,
        "situation_label": situation.label,
        "days_left": (row.due_on - on).days,
        "source": row.source,
        "wording": row.wording,
        "trigger": row.trigger,
        "steps": list(row.steps),
        "done_on": _iso(done_on),
        "done_note": row.done_note or (declared.done_note if declared else ""),
    }


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        msg = f"«\u00a0{text}\u00a0» n’est pas une date\u00a0: écrivez AAAA-MM-JJ."
        raise CommandError(msg) from None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _as_text(answer: dict[str, Any]) -> Iterator[str]:
    on = date.fromisoformat(answer["on"])
    yield f"{answer['reference']}, {answer['title']}"
    yield f"{answer['situation_label']} au {jour_date(on)}"
    for note in answer["notes"]:
        yield f"  ! {note}"
    for row in answer["deadlines"]:
        yield from _row_as_text(row)
    yield ""
    yield "Un calcul de date est une aide\u00a0; le texte signé fait foi."


def _row_as_text(row: dict[str, Any]) -> Iterator[str]:
    due_on = date.fromisoformat(row["due_on"])
    yield ""
    yield f"{jour_date(due_on)}  {row['title']}"
    yield f"  {row['situation_label']}, {dans_jours(row['days_left'])} · {row['kind_label']}"
    if row["safe_on"] and row["safe_on"] != row["due_on"]:
        yield f"  Date sûre\u00a0: {jour_date(date.fromisoformat(row['safe_on']))}"
    if row["effect_on"] and not row["rolling"]:
        yield f"  Libre à partir du\u00a0: {jour_date(date.fromisoformat(row['effect_on']))}"
    if row["done_on"]:
        yield f"  Faite le {jour_date(date.fromisoformat(row['done_on']))}. {row['done_note']}"
    yield f"  Fondement\u00a0: {row['source']}"
    if row["wording"]:
        yield f"  Clause\u00a0: «\u00a0{row['wording']}\u00a0»"
    yield f"  {row['trigger']}"
    for rank, step in enumerate(row["steps"], start=1):
        yield f"  {rank}. {step}"
