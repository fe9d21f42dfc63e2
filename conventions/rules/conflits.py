"""What an avenant cannot do as it stands: against another draft, the signed text, or itself.

Drafts are compared as one person sees them: the caller hands over only those that person may know
of. A draft met too late is found when it opens, or when the other is signed: its base has then
moved, and it must be read again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from accounts.rules.typographie import date_longue
from conventions.enums import ActKind, Change
from conventions.rules.avenants import Name, Planned

_ASPECTS = {
    Change.REMPLACER: frozenset({"wording"}),
    Change.RENUMEROTER: frozenset({"number"}),
    Change.ABROGER: frozenset({"wording", "number"}),
    Change.ECRIRE: frozenset({"wording", "number"}),
}


class Where(StrEnum):
    """The page of the avenant on which a conflict is settled."""

    OPERATION = "operation"
    CARD = "card"
    CLAUSES = "clauses"
    BASE = "base"


@dataclass(frozen=True)
class Conflict:
    """One reason to look again. A blocking one must be settled before the signature.

    `keys` are the operations concerned; `other` is the other draft, when there is one.
    """

    message: str
    where: Where = Where.OPERATION
    keys: tuple[int, ...] = ()
    other: int | None = None
    is_blocking: bool = True


@dataclass(frozen=True)
class ClauseTouch:
    """A clause that an act writes: of which kind, called what, and which one it replaces."""

    kind: str
    name: str
    replaces: int | None = None
    is_single: bool = False
    already_replaced: bool = False
    on: date | None = None
    replaced_from: date | None = None

    def begins_before(self, effective_on: date | None) -> bool:
        """Whether it would take over a clause before that one binds: both would stand."""
        day = self.on or effective_on
        return bool(day and self.replaced_from and day < self.replaced_from)

    def meets(self, other: "ClauseTouch") -> bool:
        if self.kind != other.kind:
            return False
        return self.is_single or (self.replaces is not None and self.replaces == other.replaces)


@dataclass(frozen=True)
class Draft:
    """An act not signed yet, as conflicts are looked for in it."""

    key: int
    name: str
    kind: str = ActKind.AVENANT
    operations: tuple[Planned, ...] = ()
    clauses: tuple[ClauseTouch, ...] = ()
    effective_on: date | None = None
    is_closed: bool = False
    has_more: bool = False
    reason: str = ""

    def day(self, operation: Planned) -> date | None:
        return operation.on or self.effective_on


# Two drafts ---------------------------------------------------------------------------------------
def between(mine: Draft, others: Iterable[Draft], names: Mapping[int, Name]) -> list[Conflict]:
    """Return where other drafts change what this one changes, told from this one's side.

    A draft whose text is closed goes first: it is only warned, and the other one must wait.
    """
    return [
        conflict
        for other in others
        for conflict in (
            *_same_articles(mine, other, names),
            *_insertions_behind_repealed(mine, other, names),
            *_same_numbers(mine, other),
            *_same_clauses(mine, other),
        )
    ]


def _blocks(mine: Draft, other: Draft) -> bool:
    return other.is_closed or not mine.is_closed


def _same_articles(mine: Draft, other: Draft, names: Mapping[int, Name]) -> Iterator[Conflict]:
    theirs: dict[int, set[str]] = {}
    for operation in other.operations:
        if not operation.is_new:
            theirs.setdefault(operation.article, set()).update(_ASPECTS[operation.change])
    touched: dict[int, list[int]] = {}
    for operation in mine.operations:
        shared = theirs.get(operation.article, set()) & _ASPECTS[Change(operation.change)]
        if shared and not operation.is_new:
            touched.setdefault(operation.article, []).append(operation.key)
    for article, keys in touched.items():
        yield Conflict(
            f"Le {other.name} change aussi {names[article].the}. Gardez cette opération dans un "
            "seul des deux, ou attendez que l’autre soit signé et repartez de sa rédaction.",
            keys=tuple(keys),
            other=other.key,
            is_blocking=_blocks(mine, other),
        )


def _insertions_behind_repealed(
    mine: Draft, other: Draft, names: Mapping[int, Name]
) -> Iterator[Conflict]:
    repealed = {one.article for one in other.operations if one.change == Change.ABROGER}
    for operation in mine.operations:
        if not operation.is_new:
            continue
        if operation.parent in repealed:
            yield Conflict(
                f"Le {other.name} abroge {names[operation.parent].the}, dans lequel ce projet "
                "insère un article : il disparaîtrait avec lui. Placez-le ailleurs.",
                keys=(operation.key,),
                other=other.key,
                is_blocking=_blocks(mine, other),
            )
        elif operation.after in repealed:
            yield Conflict(
                f"Le {other.name} abroge {names[operation.after].the}, après lequel ce projet "
                "insère un article. La place reste lisible, mais relisez-la.",
                keys=(operation.key,),
                other=other.key,
                is_blocking=False,
            )


def _same_numbers(mine: Draft, other: Draft) -> Iterator[Conflict]:
    given = {
        (one.kind, one.parent, one.number) for one in other.operations if one.is_new and one.number
    }
    for operation in mine.operations:
        if operation.is_new and (operation.kind, operation.parent, operation.number) in given:
            new = Name(operation.kind, operation.number, operation.heading)
            yield Conflict(
                f"Le {other.name} insère aussi {new.one}. Le second à être signé devra changer de "
                "numéro.",
                keys=(operation.key,),
                other=other.key,
                is_blocking=False,
            )


def _same_clauses(mine: Draft, other: Draft) -> Iterator[Conflict]:
    for touch in mine.clauses:
        if any(touch.meets(their) for their in other.clauses):
            yield Conflict(
                f"Le {other.name} change aussi {touch.name}. Gardez ce changement dans un seul "
                "des deux.",
                where=Where.CLAUSES,
                other=other.key,
                is_blocking=_blocks(mine, other),
            )


# The draft itself ---------------------------------------------------------------------------------
def against_itself(mine: Draft, names: Mapping[int, Name]) -> list[Conflict]:
    """Return what the draft says that it also unsays, or does not say at all."""
    found = [*_after_its_own_repeal(mine, names)]
    if not (mine.operations or mine.clauses or mine.has_more):
        found.append(Conflict(f"{_this(mine)} ne change rien : ajoutez une opération."))
    if mine.kind == ActKind.ERRATUM and not mine.reason.strip():
        found.append(
            Conflict("Dites quelle erreur matérielle l’erratum rectifie.", where=Where.CARD)
        )
    for touch in mine.clauses:
        if touch.already_replaced:
            sentence = f"Un acte signé a déjà changé {touch.name} : partez de ce qu’il en dit."
            found.append(Conflict(sentence, where=Where.CLAUSES))
        elif touch.begins_before(mine.effective_on):
            sentence = (
                f"Un acte signé ne change {touch.name} que le {date_longue(touch.replaced_from)} : "
                "le projet ne peut pas la changer de nouveau avant ce jour."
            )
            found.append(Conflict(sentence, where=Where.CLAUSES))
    return found


def _this(mine: Draft) -> str:
    return "L’erratum" if mine.kind == ActKind.ERRATUM else "L’avenant"


def _after_its_own_repeal(mine: Draft, names: Mapping[int, Name]) -> Iterator[Conflict]:
    for repeal in mine.operations:
        if repeal.change != Change.ABROGER:
            continue
        since = mine.day(repeal)
        for other in mine.operations:
            same = other.article == repeal.article and other.key != repeal.key
            at = mine.day(other)
            later = since is None or at is None or at >= since
            if same and later and other.change in {Change.REMPLACER, Change.RENUMEROTER}:
                yield Conflict(
                    f"{_this(mine)} change {names[repeal.article].the} et l’abroge : gardez l’une "
                    "des deux opérations.",
                    keys=(other.key, repeal.key),
                )


def moved_base(*, based_on: int | None, signed: Iterable[int]) -> list[Conflict]:
    """Return that acts were signed since the draft was begun, or last read again."""
    newer = sorted(number for number in signed if number > (based_on or 0))
    if not newer:
        return []
    told = ", ".join(f"n°\u00a0{number}" for number in newer)
    acts = "l’acte" if len(newer) == 1 else "les actes"
    were = "a été signé" if len(newer) == 1 else "ont été signés"
    sentence = (
        f"Depuis que ce projet est commencé, {acts} {told} {were}. Relisez ses opérations sur le "
        "texte qui en résulte, puis dites-le."
    )
    return [Conflict(sentence, where=Where.BASE)]
