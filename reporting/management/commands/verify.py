"""`manage.py verify FILE [--json]`: is this PDF still what was sealed or signed, and by whom?

Exit status: 0 when all is well, 1 when it is not, 2 when there is no such file. Reads no database.
"""

import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.formats import date_format

from reporting.seals.signatures import SignatureReport
from reporting.seals.verification import Verification, verify_file

NOT_WELL = 1
NO_FILE = 2


class Command(BaseCommand):
    help = "Vérifie un PDF scellé ou signé : qui l’a signé, et s’il a changé depuis."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FICHIER")
        parser.add_argument("--json", action="store_true", help="réponse en JSON")

    def handle(self, *, file, **options):
        try:
            answer = verify_file(file, now=timezone.now())
        except OSError as error:
            what = "introuvable" if isinstance(error, FileNotFoundError) else "illisible"
            self.stderr.write(f"{file}\u00a0: fichier {what}.")
            sys.exit(NO_FILE)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(answer), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(as_text(file.name, answer)))
        if not answer.is_ok:
            sys.exit(NOT_WELL)


def as_json(answer: Verification) -> dict:
    """Return the answer as plain values; instants in ISO 8601, statuses as in `enums`."""
    fields = asdict(answer) | {"is_ok": answer.is_ok, "is_test": answer.is_test}
    for signature in fields["signatures"]:
        for key, value in signature.items():
            if isinstance(value, datetime):
                signature[key] = value.isoformat()
    return fields


def as_text(name: str, answer: Verification) -> list[str]:
    lines = [f"{name}\u00a0: {answer.status.label}", *answer.reasons]
    for signature in answer.signatures:
        lines += ["", *_signature_lines(signature)]
    if answer.sha256:
        lines += ["", f"Empreinte SHA-256\u00a0: {answer.sha256}"]
    return lines


def _signature_lines(signature: SignatureReport) -> list[str]:
    kind = "Horodatage" if signature.is_timestamp else "Signature"
    facts = [
        ("état", signature.status.label),
        ("signataire", signature.signer or "inconnu"),
        ("organisme", signature.organisation),
        ("date annoncée", _instant(signature.claimed_at)),
        ("date prouvée", _instant(signature.proven_at)),
        ("niveau", signature.level.label),
        ("couvre", "tout le fichier" if signature.covers_file else "une version antérieure"),
        ("depuis", signature.change.label),
        ("contenu intact", _yes_or_no(signature.is_intact)),
        ("certificat reconnu", _yes_or_no(signature.is_trusted)),
    ]
    return [
        f"{kind} «\u00a0{signature.field}\u00a0»",
        *(f"  {label:<19}{value}" for label, value in facts if value),
        *(f"  – {reason}" for reason in signature.reasons),
    ]


def _instant(moment: datetime | None) -> str:
    if moment is None:
        return ""
    moment = timezone.localtime(moment)
    return date_format(moment, r"j F Y à G\h i").replace("h ", "\u00a0h\u00a0")


def _yes_or_no(fact: bool) -> str:
    return "oui" if fact else "non"
