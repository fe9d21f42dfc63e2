"""Letters as the register shows them: what counts and why, what is missing, what each version said.

The same for the letters of ways out and, on the floor above, for convocations.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from conventions.models.letter import KeptLetterVersion, PostedLetter
from conventions.rules.comparaison import Passage
from conventions.rules.lettre import compare_letters, letter_of
from conventions.rules.preuves import answer_by, kept_until, what_is_missing
from conventions.rules.sorties import Event


@dataclass(frozen=True)
class LetterTold:
    """A letter of the register. `event` is the day that counts, or what is awaited."""

    row: PostedLetter
    event: Event
    on: date

    @property
    def answer_by(self) -> date | None:
        return answer_by(self.row.dates)

    @property
    def missing(self) -> list[str]:
        return what_is_missing(
            self.row.dates,
            posting_proof=self.row.posting_proof_id is not None,
            delivery_proof=self.row.delivery_proof_id is not None,
            on=self.on,
        )

    @property
    def proofs_kept_until(self) -> date | None:
        """Until when a provider keeps the proofs of an electronic letter, at least."""
        if not self.row.is_electronic or self.row.posted_on is None:
            return None
        return kept_until(self.row.posted_on)


@dataclass(frozen=True)
class VersionsCompared:
    old: KeptLetterVersion
    new: KeptLetterVersion

    @property
    def passages(self) -> list[Passage]:
        return compare_letters(letter_of(self.old.content), letter_of(self.new.content))


def compare_versions(
    versions: Sequence[KeptLetterVersion], old: str, new: str
) -> VersionsCompared | None:
    """Return the two versions asked for, by default the last two; None when there are not two."""
    if len(versions) < 2:
        return None
    by_number = {str(version.number): version for version in versions}
    in_order = sorted(versions, key=lambda version: version.number)
    return VersionsCompared(by_number.get(old, in_order[-2]), by_number.get(new, in_order[-1]))
