"""Versions of letters: what was handed out is kept as it read, and found again as it left."""

from collections.abc import Callable

from django.db import transaction

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.models import User
from conventions.models.letter import KeptLetterVersion, PostedLetter
from conventions.rules.lettre import Letter, content_of, digest


@transaction.atomic
def keep_version(
    letter: PostedLetter, composed: Letter, *, by: User, **journal
) -> KeptLetterVersion:
    """Keep the letter as it reads, unless the last one kept for the same purpose reads the same.

    The caller holds the lock of the convention. `journal`: `dossier`, and `reserved_to` while the
    letter is known to one side alone.
    """
    content = content_of(composed)
    sha256 = digest(content)
    kept = list(letter.versions.order_by("-number"))
    last = next((one for one in kept if one.content["purpose"] == composed.purpose), None)
    if last is not None and last.sha256 == sha256:
        return last
    number = kept[0].number + 1 if kept else 1
    version = letter.versions.create(number=number, content=content, sha256=sha256, kept_by=by)
    record(by, Verb.LETTER_KEPT, letter, number=number, sha256=sha256, **journal)
    return version


def posted_version(letter: PostedLetter) -> KeptLetterVersion | None:
    """Return the version that left, or None while nothing has."""
    return letter.versions.filter(is_posted=True).first()


def mark_posted(
    letter: PostedLetter, compose: Callable[[], Letter], *, by: User, **journal
) -> None:
    """Keep and mark the version that left, when the posting is recorded; take the mark back."""
    posted = posted_version(letter)
    if letter.posted_on is None and posted is not None:
        posted.is_posted = False
        posted.save(update_fields=["is_posted"])
    elif letter.posted_on is not None and posted is None:
        version = keep_version(letter, compose(), by=by, **journal)
        version.is_posted = True
        version.save(update_fields=["is_posted"])
