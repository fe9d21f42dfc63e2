"""Titles and bodies told alike or apart, as a person would tell them."""

import re
from collections.abc import Sequence

from conventions.enums import ArticleKind
from conventions.rules.texte import blocks, markup, runs, title
from conventions.rules.word_types import WordArticle

_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"\w+")
_LABELS = {str(kind.label): kind for kind in ArticleKind} | {"preambule": ArticleKind.PREAMBULE}
_NUMBERED = re.compile(
    r"(?P<kind>article|art\.|titre|annexe|préambule|preambule)?\s*"
    r"(?P<number>premier|1er|[ivxlc]{1,7}|[a-z]|\d{1,3}(?:[.-]\d{1,3}){0,6}[a-z]?)"
    r"(?P<more>\s+(?:bis|ter|quater|quinquies|sexies|[A-Z])(?=[\s.:–—-]|$))?"
    r"(?P<stop>\s*[.):–—-]+)?(?:\s+(?P<heading>.*))?",
    re.IGNORECASE | re.DOTALL,
)
_LOOKS = re.compile(r"(article|titre|annexe|préambule|preambule)\b", re.IGNORECASE)
LONGEST_TITLE = 300
LONGEST_NUMBER = 20


def normal(text: str) -> str:
    """Return a text as it is compared: one kind of space and apostrophe, no case, no last stop."""
    plain = _SPACES.sub(" ", text.replace("’", "'").replace("\u2011", "-"))
    return plain.strip(" .:;,–—-").casefold()


def same_title(text: str, article: WordArticle) -> bool:
    return normal(text) == normal(title(article.kind, article.number, article.heading))


def looks_like_a_title(text: str) -> bool:
    """Whether a paragraph without a heading style may still be one: «Article 3 – Durée»."""
    found = _NUMBERED.fullmatch(text) if _LOOKS.match(text) else None
    return len(text) <= LONGEST_TITLE and (
        (found is not None and found["kind"] is not None) or normal(text) in {"préambule"}
    )


def read_title(text: str, base: WordArticle | None) -> tuple[str, str, str]:
    """Return (kind, number, heading) of a heading, as `texte.title` would have written it.

    What the heading said when it left decides first: only what changed has to be guessed.
    """
    if base is not None and same_title(text, base):
        return base.kind, base.number, base.heading
    if base is not None and (kept := _heading_after(text, base)) is not None:
        return base.kind, base.number, kept
    kind, number, heading = _guessed(text, base)
    if base is not None and base.kind == ArticleKind.INTERTITRE and number:
        return base.kind, "", text
    return kind, number[:LONGEST_NUMBER], heading


def _heading_after(text: str, base: WordArticle) -> str | None:
    """Return the new heading when the number before it did not change."""
    if not base.number:
        return None if _LOOKS.match(text) and base.kind == ArticleKind.ARTICLE else text
    prefix = title(base.kind, base.number, "")
    plain, start = _SPACES.sub(" ", text), _SPACES.sub(" ", prefix)
    rest = plain[len(start) :]
    if not plain.casefold().startswith(start.casefold()) or (rest and rest[0].isalnum()):
        return None
    if re.match(r"[.-]\d|\s*(?:bis|ter|quater)\b", rest):
        return None
    return rest.lstrip(" .:–—-)")


def _guessed(text: str, base: WordArticle | None) -> tuple[str, str, str]:
    found = _NUMBERED.fullmatch(text)
    named = found is not None and found["kind"] is not None
    if found is None or not (named or (found["stop"] and found["number"][0].isdigit())):
        return _unnumbered(text, base)
    word = (found["kind"] or "article").lower()
    kind = ArticleKind.ARTICLE if word.startswith("art") else _LABELS[word]
    if base is not None and not named:
        kind = base.kind
    number = f"{found['number']}{found['more'] or ''}"
    if found["stop"] and found["stop"].strip().startswith(")"):
        number += ")"
    return kind, _SPACES.sub(" ", number), (found["heading"] or "").strip()


def _unnumbered(text: str, base: WordArticle | None) -> tuple[str, str, str]:
    if base is not None:
        return base.kind, "", text
    first = normal(text).partition(" ")[0]
    if first in {"préambule", "preambule"}:
        return ArticleKind.PREAMBULE, "", text
    if first == "annexe":
        return ArticleKind.ANNEXE, "", text
    return ArticleKind.INTERTITRE, "", text


def key(body: str) -> tuple[tuple[str, str], ...]:
    """Return a body as it is compared: its lines, their marks, and which of its signs are bold.

    Where one list ends and the next begins, the bold of a space or of a table's header are the
    word processor's business, not the wording's.
    """
    found: list[tuple[str, str]] = []
    for block in blocks(body):
        first, *others = markup([block]).split("\n")
        found.append(_key(first.replace("**", "") if block.header else first))
        found += map(_key, others)
    return tuple(found)


def _key(line: str) -> tuple[str, str]:
    text, bold = "", ""
    for piece in runs(line):
        words = piece.text if piece.reference is None else f"{{{{art:{piece.reference}}}}}"
        text += words
        bold += "".join(("x" if piece.bold else "-") for sign in words if not sign.isspace())
    return _SPACES.sub(" ", text).strip(), bold


def same_body(one: str, other: str) -> bool:
    return one == other or key(one) == key(other)


def words_of(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return from 0 to 1 how many words two texts share, whatever their order."""
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0


def body_words(article: WordArticle) -> frozenset[str]:
    texts: Sequence[str] = [block.words for block in blocks(article.body)]
    return words_of(" ".join([article.heading, *texts]))
