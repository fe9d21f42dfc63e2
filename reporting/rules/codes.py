"""The code printed on a sealed document, by which anyone finds its verification page."""

import base64
import hashlib
import re

_SHAPE = re.compile(r"REV-[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}\Z")


def document_code(snapshot_sha256: str) -> str:
    """Return «REV-XXXX-XXXX-XXXX», sixty bits drawn from what was frozen.

    The same frozen year gives the same code, so that rendering twice gives the same bytes; nobody
    guesses it without holding the document.
    """
    digest = hashlib.sha256(f"revoyure:{snapshot_sha256}".encode()).digest()
    letters = base64.b32encode(digest)[:12].decode()
    return f"REV-{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def clean_code(typed: str) -> str | None:
    """Return the code as it is stored, whatever the case and spaces typed, or None."""
    code = re.sub(r"\s+", "", typed).upper()
    return code if _SHAPE.fullmatch(code) else None
