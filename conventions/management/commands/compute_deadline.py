"""Answer worked cases on dates, one a line; no database is opened, no case stops the next."""

import io
import json
import math
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from conventions.rules.delais import DelaiError, compute
from territories.rules.french import NBSP, long_date, typeset

NOT_JSON = "Cette ligne n’est pas du JSON valide."


class _SaidTwice(dict):
    """An object that gives a field twice: no one knows which of the two is meant."""


class Command(BaseCommand):
    help = (
        "Calcule des échéances : lit sur l’entrée standard un objet JSON par ligne, "
        '{"id", "op", "input"}, et répond à chacune.'
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--json",
            action="store_true",
            help='répond en JSON, une ligne par cas : {"id", "result", "safe_date", "steps"}, '
            'ou {"id", "error"}',
        )

    def handle(self, *args: Any, **options: Any) -> None:
        _speak_utf8(sys.stdout)
        render = _as_json if options["json"] else _as_text
        for line in _lines(sys.stdin):
            if line.strip():
                self.stdout.write(_reply(line, render))
                self.stdout.flush()


def _lines(stream: Any) -> Iterator[bytes | str]:
    """Read bytes where there are some: one badly encoded line must not stop the others."""
    yield from getattr(stream, "buffer", stream)


def _speak_utf8(stream: Any) -> None:
    """Write UTF-8 whatever the locale; half a surrogate pair comes back as its JSON escape."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _reply(line: bytes | str, render: Callable[[dict[str, Any]], str]) -> str:
    """Write the answer to one line; what is nested too deep to be written back is refused."""
    try:
        return render(answer(line))
    except RecursionError:
        return render({"id": None, "error": NOT_JSON})


def answer(line: bytes | str) -> dict[str, Any]:
    """Return the answer to one case, or the French reason why there is none."""
    case_id = None
    try:
        case = _read(line)
        case_id = case.get("id")
        _check_said_once(case)
        for field in ("op", "input"):
            if field not in case:
                msg = typeset(f"Le champ « {field} » manque.")
                raise DelaiError(msg)
        computation = compute(case["op"], case["input"])
    except DelaiError as error:
        return {"id": case_id, "error": str(error)}
    return {
        "id": case_id,
        "result": computation.result.isoformat(),
        "safe_date": computation.safe_date.isoformat(),
        "steps": list(computation.steps),
    }


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(text: str) -> float:
    """Read a number; 1e400 is none that could be written back."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    return fields if len(fields) == len(pairs) else _SaidTwice(pairs)


def _check_said_once(case: dict[str, Any]) -> None:
    """Refuse a field given twice: keeping the last in silence could give a wrong date."""
    if isinstance(case, _SaidTwice) or isinstance(case.get("input"), _SaidTwice):
        msg = "Un même champ est donné deux fois : n’en gardez qu’un."
        raise DelaiError(typeset(msg))


def _read(line: bytes | str) -> dict[str, Any]:
    text = line.removeprefix("\ufeff") if isinstance(line, str) else line
    try:
        case = json.loads(
            text, parse_constant=_refuse_constant, parse_float=_finite, object_pairs_hook=_fields
        )
    except (ValueError, RecursionError):
        raise DelaiError(NOT_JSON) from None
    if not isinstance(case, dict):
        msg = typeset("Cette ligne doit être un objet JSON avec « id », « op » et « input ».")
        raise DelaiError(msg)
    return case


def _as_json(reply: dict[str, Any]) -> str:
    return json.dumps(reply, ensure_ascii=False)


def _as_text(reply: dict[str, Any]) -> str:
    name = "Cas sans identifiant" if reply["id"] is None else f"Cas {reply['id']}"
    if "error" in reply:
        return f"{name}{NBSP}: {reply['error']}\n"
    steps = [f"  {rank}. {sentence}" for rank, sentence in enumerate(reply["steps"], 1)]
    return "\n".join([f"{name}{NBSP}: {_result_in_words(reply['result'])}", *steps, ""])


def _result_in_words(result: str) -> str:
    moment = datetime.fromisoformat(result)
    if moment.tzinfo is None:
        return long_date(moment.date())
    return typeset(f"{long_date(moment.date())} à {moment:%H} h {moment:%M} UTC")
