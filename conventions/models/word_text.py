"""A text of a convention, gathered to be written as a Word file (`rules.word_ecriture`)."""

from collections.abc import Collection, Iterable
from datetime import date

from conventions.enums import ActKind, ActStatus, Change
from conventions.models.act import Act
from conventions.models.amendments import definitions_of
from conventions.models.consolidated import (
    ConsolidatedArticle,
    consolidated_text,
    text_after,
)
from conventions.models.mandate import Signatory
from conventions.rules.word_types import WordArticle, WordChange, WordSignature, WordText
from territories.rules.french import short_date

# What an avenant rewrites in its own document; a repealed article is in the table alone.
WORDED = (Change.ECRIRE, Change.REMPLACER, Change.RENUMEROTER)


def word_articles(text: Iterable[ConsolidatedArticle]) -> tuple[WordArticle, ...]:
    """Return a text as the Word rules know articles."""
    return tuple(
        WordArticle(one.code, one.kind, one.number, one.heading, one.body, one.depth)
        for one in text
    )


def labels_of(text: Iterable[ConsolidatedArticle]) -> dict[int, str]:
    return {article.code: article.label for article in text}


def word_text_of(act: Act, *, on: date, codes: Collection[int] = ()) -> WordText:
    """Return an act to write: all it words, or the articles of these codes.

    An avenant gives the articles it changes as they will read, and its before/after table.
    """
    text = text_after(act)
    changes = () if act.kind == ActKind.INITIAL else _changes(act, text)
    worded = _worded_by(act)
    own = [a for a in text if act.kind == ActKind.INITIAL or a.article_id in worded]
    kept = [article for article in own if not codes or article.code in codes]
    convention = act.convention
    title = act.title or convention.title
    return WordText(
        reference=convention.reference,
        act=act.number,
        day=(act.signed_on or on).isoformat(),
        title=title,
        kicker=_kicker(act),
        state=_state(act, on=on),
        parties=_parties(act, on=on),
        visas=tuple(act.visas.order_by("position").values_list("text", flat=True)),
        purpose=act.purpose,
        articles=word_articles(kept),
        definitions=() if codes else tuple(act.definitions.values_list("term", "meaning")),
        changes=() if codes else changes,
        closing=act.closing,
        signatures=_signatures(act, on=on),
        labels=labels_of(text),
        excerpt=bool(codes) or act.kind != ActKind.INITIAL,
        tracked=not act.is_signed,
    )


def word_text_on(convention, *, day: date) -> WordText | None:
    """Return the text in force on a day to write, or None when nothing was in force."""
    text = consolidated_text(convention, on=day)
    if not text:
        return None
    last = convention.acts.in_force(on=day).order_by("number").last()
    initial = convention.acts.get(number=0)
    return WordText(
        reference=convention.reference,
        act=last.number,
        day=day.isoformat(),
        title=convention.title,
        kicker="Texte consolidé, pour information : seuls les actes signés font foi",
        state=f"Texte en vigueur le {short_date(day)}",
        parties=_parties(initial, on=day),
        visas=tuple(initial.visas.order_by("position").values_list("text", flat=True)),
        articles=word_articles(text),
        definitions=tuple(definitions_of(convention, on=day)),
        labels=labels_of(text),
    )


def _worded_by(act: Act) -> set[int]:
    rows = act.article_versions.filter(operation__in=WORDED)
    return set(rows.values_list("article_id", flat=True))


def _kicker(act: Act) -> str:
    if act.kind == ActKind.INITIAL:
        return "Convention" if act.is_signed else "Projet de convention"
    return f"{str(act)[:1].upper()}{str(act)[1:]} à la convention {act.convention.reference}"


def _state(act: Act, *, on: date) -> str:
    if act.is_signed:
        return (
            f"Signé le {short_date(act.signed_on)}, prend effet le {short_date(act.effective_on)}"
        )
    return f"{ActStatus(act.status).label.capitalize()} : texte au {short_date(on)}"


def _parties(act: Act, *, on: date) -> tuple[str, ...]:
    parties = act.convention.parties.in_force(on=act.signed_on or on).order_by("position")
    rows = (
        (one.name_as_signed, one.legal_nature_as_signed, one.address_as_signed, one.alias)
        for one in parties
    )
    return tuple(
        ", ".join(filter(None, (name, nature, address))) + f", ci-après «\u00a0{alias}\u00a0»"
        for name, nature, address, alias in rows
    )


def _signatures(act: Act, *, on: date) -> tuple[WordSignature, ...]:
    """Those who sign; while nobody is named, a place for each party."""
    named = Signatory.objects.filter(act=act).select_related("party")
    found = [
        WordSignature(
            one.party.name_as_signed,
            one.name,
            one.capacity,
            f"A signé le {short_date(one.signed_on)}" if one.signed_on else "",
        )
        for one in named.order_by("party__position", "position")
    ]
    parties = act.convention.parties.in_force(on=act.signed_on or on).order_by("position")
    return tuple(found or [WordSignature(one.name_as_signed) for one in parties])


def _changes(act: Act, text: list[ConsolidatedArticle]) -> tuple[WordChange, ...]:
    """Every change of an avenant, in the order of the text: each article before and after."""
    before = {article.article_id: article for article in _text_before(act)}
    after = {article.article_id: article for article in text}
    rows = act.article_versions.order_by("position", "pk")
    touched = list(dict.fromkeys(rows.values_list("article_id", flat=True)))
    return tuple(_change(before.get(pk), after.get(pk)) for pk in touched)


def _change(before: ConsolidatedArticle | None, after: ConsolidatedArticle | None) -> WordChange:
    named = after or before
    if before is None:
        what = "inséré"
    elif after is None:
        what = "abrogé"
    else:
        renumbered = before.number != after.number
        what = f"anciennement {before.label}" if renumbered else "nouvelle rédaction"
    label = named.label if named else ""
    return WordChange(label, what, _spelled(before), _spelled(after))


def _spelled(article: ConsolidatedArticle | None) -> str:
    if article is None:
        return ""
    return "\n\n".join(filter(None, (article.heading, article.body)))


def _text_before(act: Act) -> list[ConsolidatedArticle]:
    """The text as it stood without the act: of every signed act, or of those signed before it."""
    if not act.is_signed:
        return consolidated_text(act.convention, on=date.max)
    last = act.convention.acts.signed().filter(number__lt=act.number).order_by("number").last()
    return text_after(last) if last else []
