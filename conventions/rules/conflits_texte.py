"""What the text itself opposes to an avenant: places, numbers, dates, the size of an erratum."""

from collections.abc import Mapping, Sequence
from datetime import date

from accounts.rules.typographie import date_longue, pourcent
from conventions.enums import ActKind, ArticleKind, Change
from conventions.rules.avenants import Name, Planned
from conventions.rules.avenants_numeros import Numbered, series_of
from conventions.rules.comparaison_mots import compare_words
from conventions.rules.conflits import Conflict, Draft, Where

# Above this share of words changed, or this many of them, an erratum looks like an amendment.
LARGE_SHARE, LARGE_WORDS, SLIP = 0.2, 15, 3
_GIVING = frozenset({Change.ECRIRE, Change.RENUMEROTER})


class Standing(Numbered):
    """An article of the text of a day, repealed ones included."""

    repealed: bool


def against_text(
    mine: Draft, texts: Mapping[date | None, Sequence[Standing]], names: Mapping[int, Name]
) -> list[Conflict]:
    """Return the operations that find nothing to act upon on their day.

    `texts` is the signed text on each day at which the draft acts (None: once all that is signed
    has taken effect).
    """
    found = []
    for operation in mine.operations:
        day = mine.day(operation)
        text = {article.article_id: article for article in texts[day]}
        reason = _misplaced if operation.is_new else _mistaken
        if sentence := reason(mine, operation, text, names):
            found.append(Conflict(sentence, keys=(operation.key,)))
    return found


def _born_here(mine: Draft, article: int | None, day: date | None) -> bool:
    """Whether the draft itself puts that article there, by that day."""
    born = next((one for one in mine.operations if one.is_new and one.article == article), None)
    if born is None:
        return False
    since = mine.day(born)
    return since is None or day is None or since <= day


def _misplaced(mine: Draft, one: Planned, text: Mapping, names: Mapping[int, Name]) -> str:
    day = mine.day(one)
    if one.parent is not None and not _born_here(mine, one.parent, day):
        holder = text.get(one.parent)
        if holder is None or holder.repealed:
            return f"{_on(day)}, {names[one.parent].the} n’est pas en vigueur : rien n’y entre."
    if one.after is not None and one.after not in text and not _born_here(mine, one.after, day):
        return (
            f"{_on(day)}, {names[one.after].the} n’est pas encore en vigueur : l’article inséré "
            "derrière lui n’aurait pas de place."
        )
    return ""


def _mistaken(mine: Draft, one: Planned, text: Mapping, names: Mapping[int, Name]) -> str:
    day, name = mine.day(one), names[one.article]
    if _born_here(mine, one.article, day):
        return ""
    known = text.get(one.article)
    if known is None:
        return f"{_on(day)}, {name.the} n’est pas encore en vigueur : choisissez une autre date."
    if one.change == Change.ECRIRE:
        if known.repealed:
            return ""
        return f"{_on(day)}, {name.the} est en vigueur : remplacez-le au lieu de le rétablir."
    if known.repealed:
        return f"{_on(day)}, {name.the} est déjà {name.agree('abrogé')} : rétablissez-le d’abord."
    return ""


def _on(day: date | None) -> str:
    return f"Le {date_longue(day)}" if day else "À ce jour"


def taken_numbers(mine: Draft, results: Mapping[date | None, Sequence[Standing]]) -> list[Conflict]:
    """Return the numbers the draft gives that another article bears on that day.

    `results` is the text as it would stand on each day at which the draft acts.
    """
    found = []
    for operation in mine.operations:
        if operation.change not in _GIVING:
            continue
        others = (_namesake(operation, text) for text in results.values())
        if other := next(filter(None, others), None):
            sentence = (
                f"Deux articles porteraient le même numéro, {Name(other.kind, other.number).words} "
                ": changez l’un des deux, ou renumérotez ceux qui suivent."
            )
            found.append(Conflict(sentence, keys=(operation.key,)))
    return found


def _namesake(one: Planned, text: Sequence[Standing]) -> Standing | None:
    """Another standing article of the same series with the number this one bears then."""
    standing = [article for article in text if not article.repealed]
    mine = next((article for article in standing if article.article_id == one.article), None)
    if mine is None or not mine.number or mine.kind == ArticleKind.PREAMBULE:
        return None
    series = series_of(standing)
    return next(
        (
            article
            for article in standing
            if article.article_id != one.article
            and (article.kind, article.number) == (mine.kind, mine.number)
            and series[article.article_id] == series[mine.article_id]
        ),
        None,
    )


def days_of_effect(
    mine: Draft, *, on: date, signed_on: date | None, ends_on: date | None, moves_term: bool
) -> list[Conflict]:
    """Return the dates of effect that come before the signature, or after the term.

    Without `signed_on` a day already past is only warned about: a paper may be signed before it is
    recorded here. A draft that changes the duration may act after the present term.
    """
    days: dict[date, tuple[int, ...]] = {}
    for operation in mine.operations:
        if day := mine.day(operation):
            days[day] = (*days.get(day, ()), operation.key)
    for day in (mine.effective_on, *(touch.on for touch in mine.clauses)):
        if day is not None:
            days.setdefault(day, ())
    found = []
    for day, keys in sorted(days.items()):
        place = {"keys": keys, "where": Where.OPERATION if keys else Where.CARD}
        if day < (signed_on or on):
            than = "la signature" if signed_on else "le jour d’aujourd’hui"
            sentence = f"Une date d’effet, le {date_longue(day)}, précède {than}."
            found.append(Conflict(sentence, **place, is_blocking=signed_on is not None))
        if ends_on is not None and day > ends_on and not moves_term:
            sentence = (
                f"Une date d’effet, le {date_longue(day)}, tombe après le terme de la convention, "
                f"le {date_longue(ends_on)}."
            )
            found.append(Conflict(sentence, **place))
    return found


def large_changes(
    mine: Draft, bodies: Mapping[int, tuple[str, str]], names: Mapping[int, Name]
) -> list[Conflict]:
    """Return what an erratum changes beyond a clerical error: warned about, never refused.

    `bodies` gives, for each operation that replaces a wording, the one before and the new one.
    """
    if mine.kind != ActKind.ERRATUM:
        return []
    found = []
    for one in mine.operations:
        if one.change in {Change.ABROGER, Change.ECRIRE}:
            verb = "abroge" if one.change == Change.ABROGER else "ajoute"
            sentence = f"L’erratum {verb} {names[one.article].the} : est-ce bien une erreur ?"
            found.append(Conflict(sentence, keys=(one.key,), is_blocking=False))
        elif one.key in bodies and (share := _share_changed(*bodies[one.key])):
            sentence = (
                f"L’erratum change {pourcent(round(100 * share))} {names[one.article].of} : ce "
                "n’est plus une erreur matérielle. Préférez un avenant."
            )
            found.append(Conflict(sentence, keys=(one.key,), is_blocking=False))
    return found


def _share_changed(before: str, after: str) -> float:
    """The share of words that change when it is large; 0 when it may be a clerical error."""
    counts = {"equal": 0, "inserted": 0, "removed": 0}
    for segment in compare_words(before, after):
        counts[segment.kind] += len(segment.text.split())
    changed = max(counts["inserted"], counts["removed"])
    share = changed / max(1, changed + counts["equal"])
    return share if changed > LARGE_WORDS or (share > LARGE_SHARE and changed > SLIP) else 0
