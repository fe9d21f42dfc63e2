"""All that the letters of a way out say, read from what is recorded: never from the clock."""

from datetime import date

from conventions.actions.counting import effect_if
from conventions.enums import TerminationKind
from conventions.models import Convention, Party, RegisteredLetter, Signatory, Termination
from conventions.models.consolidated import consolidated_text
from conventions.models.endings_read import duration_clause, review_clause
from conventions.rules.clauses import quantity_in_words
from conventions.rules.lettre import Letter, Side
from conventions.rules.lettres import Ground, LetterFacts, Object, compose
from conventions.rules.sorties_dates import planned_event


def composed(letter: RegisteredLetter, about: Object = Object.SORTIE) -> Letter:
    """Return the letter as it reads today."""
    return compose(letter_facts(letter), about)


def letter_facts(letter: RegisteredLetter) -> LetterFacts:
    """Return all that a letter says, read from what is recorded: never from the clock."""
    ending = letter.termination
    convention = ending.convention
    first = convention.acts.get(number=0)
    return LetterFacts(
        kind=ending.kind,
        sender=side_of(ending.party),
        addressee=side_of(letter.addressee),
        title=convention.title,
        reference=convention.reference,
        made_at=ending.created_at.isoformat(),
        form=letter.kind,
        signed_on=first.signed_on,
        ground=_ground(ending),
        year=ending.year,
        disagreement=_disagreement(ending),
        reason=ending.reason,
        breach=ending.breach,
        cure_days=ending.cure_days,
        to_complete=ending.to_complete,
        planned_on=ending.planned_event_on,
        effect_on=planned_effect(ending),
        added=letter.body,
        signatories=signatories_of(ending.party),
        event_on=ending.event_on,
        withdrawn_on=ending.withdrawn_on,
        withdrawal_reason=ending.withdrawal_reason,
    )


def side_of(party: Party) -> Side:
    return Side(
        alias=party.alias,
        name=party.name_as_signed,
        nature=party.legal_nature_as_signed,
        siren=party.siren_as_signed,
        address=party.address_as_signed,
    )


def _ground(ending: Termination) -> Ground | None:
    """The clause a letter relies on: the one that lets go, or the one that sets the term."""
    day = max(ending.planned_event_on or ending.created_at.date(), ending.convention.starts_on)
    clause = duration_clause(ending.convention, on=day) if ending.is_announcement else ending.clause
    if clause is None:
        return None
    return Ground(
        article=article_label(ending.convention, clause.article_id, on=day),
        wording=clause.wording,
        notice=quantity_in_words(clause.quantity, clause.unit),
        trigger=ending.counted_from,
    )


def article_label(convention: Convention, article_id: int | None, *, on: date) -> str:
    """Return how the text of a day calls an article: «article 7», or nothing."""
    if article_id is None:
        return ""
    text = consolidated_text(convention, on=on, with_body=False)
    return {article.article_id: article.label for article in text}.get(article_id, "")


def _disagreement(ending: Termination) -> str:
    if ending.kind != TerminationKind.DESACCORD:
        return ""
    review = review_clause(ending.convention, on=ending.created_at.date())
    return review.disagreement if review else ""


def planned_effect(ending: Termination) -> date | None:
    """What the planned day would give; without a clause to count with, the end of the year."""
    if ending.planned_event_on is None and ending.clause_id is not None:
        return None
    day = ending.planned_event_on or ending.created_at.date()
    event = planned_event(ending.counted_from, day) if ending.clause_id else day
    return effect_if(ending, event).result


def signatories_of(party: Party) -> tuple[tuple[str, str], ...]:
    """Who signed the last act for this party: the names a letter starts from."""
    rows = Signatory.objects.filter(party=party, act__signed_on__isnull=False)
    last = rows.order_by("-act__signed_on", "-act__number").first()
    if last is None:
        return ()
    signed = rows.filter(act=last.act_id).order_by("position", "pk")
    return tuple((row.name, row.capacity) for row in signed)
