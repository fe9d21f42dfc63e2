"""Answer worked cases on dates, one a line; no database is opened, no case stops the next."""

import io
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from conventions.rules.delais import DelaiError, compute
from territories.rules.french import NBSP, long_date, typeset


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
                self.stdout.write(render(answer(line)))
                self.stdout.flush()


def _lines(stream: Any) -> Iterator[bytes | str]:
    """Read bytes where there are some: one badly encoded line must not stop the others."""
    yield from getattr(stream, "buffer", stream)


def _speak_utf8(stream: Any) -> None:
    """Write UTF-8 whatever the locale; half a surrogate pair comes back as its JSON escape."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def answer(line: bytes | str) -> dict[str, Any]:
    """Return the answer to one case, or the French reason why there is none."""
    case_id = None
    try:
        case = _read(line)
        case_id = case.get("id")
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


def _read(line: bytes | str) -> dict[str, Any]:
    try:
        case = json.loads(line, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        msg = "Cette ligne n’est pas du JSON valide."
        raise DelaiError(msg) from None
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
