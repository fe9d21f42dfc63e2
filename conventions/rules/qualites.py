"""In which capacity somebody signs, read from the words of the act.

Conventions of Action Logement are signed by the president and the vice-president of its regional
committee, together (domain rules B11); a public body by its president, or by one to whom the
president delegated (B1). People write these capacities in many ways.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

_ROLE = re.compile(r"\b(?P<vice>(?:vice|v) ?)?(?:presidente?|pdte?)\b|\b(?P<vp>vp)\b")
_MAYOR = re.compile(r"^(?:madame |monsieur )?(?:le |la )?maire\b(?! adjoint| delegue)")
_IN_THE_NAME = re.compile(
    r"\b(?:par (?:delegation|procuration|pouvoir|interim|subdelegation)|pour|p o|representant"
    r"|representante|suppleant|suppleante|mandataire)\b"
)


class Seat(Enum):
    PRESIDENT = "président"
    VICE_PRESIDENT = "vice-président"


@dataclass(frozen=True)
class Capacity:
    """The seat somebody signs from, in person or `for_another`; no seat when no word says one."""

    seat: Seat | None = None
    for_another: bool = False
    is_mayor: bool = False

    @property
    def is_executive(self) -> bool:
        """Whether they sign as the head of a public body, in person."""
        return self.is_mayor or (self.seat is Seat.PRESIDENT and not self.for_another)


def capacity(words: str) -> Capacity:
    """Read «Vice-présidente du CRAL», «Directrice, par délégation du président», «Maire»…"""
    plain = _plain(words)
    cut = _IN_THE_NAME.search(plain)
    own, other = (plain[: cut.start()], plain[cut.end() :]) if cut else (plain, "")
    if seat := _seat(own):
        return Capacity(seat)
    if _MAYOR.search(own):
        return Capacity(is_mayor=True)
    if seat := _seat(other):
        return Capacity(seat, for_another=True)
    return Capacity()


def _seat(words: str) -> Seat | None:
    found = _ROLE.search(words)
    if found is None:
        return None
    return Seat.VICE_PRESIDENT if found["vice"] or found["vp"] else Seat.PRESIDENT


def _plain(words: str) -> str:
    """Lower case, without accents, every separator a single space."""
    letters = unicodedata.normalize("NFKD", words.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()
