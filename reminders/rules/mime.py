"""Writing a message of two parts as bytes (RFC 5322, 2045 to 2047): pure.

Python's own classes weigh what a message may hold in all generality, at several times the cost of
sending it. Ours hold two texts and plain addresses; whatever is not that plain is left to them.
"""

import re
from base64 import b64encode
from binascii import b2a_qp
from collections.abc import Mapping

# An address that needs neither quoting nor encoding (RFC 5321, «dot-string»).
_PLAIN_ADDRESS = re.compile(r"[\w!#$%&'*+/=?^`{|}~.-]+@[\w-]+(?:\.[\w-]+)*\Z", re.ASCII)
# Never more than 45 bytes of UTF-8: an encoded word holds at most 75 characters.
_CHARACTERS_A_WORD = 11
_LONGEST_LINE = 76


def is_plain_address(address: str) -> bool:
    return _PLAIN_ADDRESS.match(address) is not None


def encoded_words(text: str) -> str:
    """Return a header's text, encoded when it is not plain ASCII of one line (RFC 2047)."""
    if text.isascii() and text.isprintable() and len(text) <= _LONGEST_LINE and "=?" not in text:
        return text
    pieces = (
        text[start : start + _CHARACTERS_A_WORD]
        for start in range(0, len(text), _CHARACTERS_A_WORD)
    )
    words = (f"=?utf-8?b?{b64encode(piece.encode()).decode()}?=" for piece in pieces)
    return "\r\n ".join(words)


def two_parts(headers: Mapping[str, str], *, text: str, html: str, boundary: str) -> bytes:
    """Return the bytes of a message whose reader shows `html`, or else `text`.

    Headers are of one line and encoded already. `boundary` starts with «=_», which quoted-printable
    text cannot hold.
    """
    lines = [f"{name}: {value}\r\n" for name, value in headers.items()]
    lines.append(f'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="{boundary}"')
    head = "".join(lines).encode("ascii")
    cut = f"\r\n--{boundary}".encode("ascii")
    return b"".join(
        (head, b"\r\n", cut, _part("plain", text), cut, _part("html", html), cut, b"--\r\n")
    )


def _part(subtype: str, content: str) -> bytes:
    head = (
        f'\r\nContent-Type: text/{subtype}; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    body = b2a_qp(content.replace("\r\n", "\n").encode(), istext=True)
    return head.encode("ascii") + body.replace(b"\n", b"\r\n")
