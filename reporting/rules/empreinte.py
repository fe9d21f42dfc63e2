"""The digest printed on a text: anyone who has the words can compute it again."""

import hashlib
import json
from collections.abc import Iterable, Sequence


def text_fingerprint(lines: Iterable[Sequence[str]]) -> str:
    """SHA-256 of the lines of a text (number, heading, wording…) as JSON in UTF-8."""
    words = [[str(word) for word in line] for line in lines]
    canonical = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def in_fours(digest: str) -> str:
    """Set spaces in a digest, so that two of them can be compared by eye."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))
