"""Looking at a draft avenant against the others, the signed text and itself, from the database."""

from collections.abc import Iterable
from datetime import date

from conventions.access import acts_visible_to
from conventions.enums import ActKind, ActStatus, Change
from conventions.models import Act, DurationClause, TerminationClause
from conventions.models.act import WRITABLE
from conventions.models.acts_read import CLAUSES, days_of, names_for, planned_of
from conventions.models.clause import Clause
from conventions.models.consolidated import consolidated_text, draft_text
from conventions.rules.avenants import Name
from conventions.rules.conflits import (
    ClauseTouch,
    Conflict,
    Draft,
    Where,
    against_itself,
    between,
    moved_base,
)
from conventions.rules.conflits_texte import (
    against_text,
    days_of_effect,
    large_changes,
    taken_numbers,
)
from conventions.rules.ecriture import broken_references
from conventions.rules.faits import Obstacle
from conventions.signals import acte_redige

OPEN = (*WRITABLE, ActStatus.EN_VALIDATION, ActStatus.EN_SIGNATURE)
# Where a conflict is settled, and what the link to that page says.
PLACES = {
    Where.OPERATION: ("conventions:act", "Voir les opérations"),
    Where.CARD: ("conventions:avenant_edit", "Modifier la fiche"),
}
SHARED = tuple(status for status in OPEN if status != ActStatus.PROJET)


def conflicts_seen_by(user, act: Act, *, on: date) -> list[Conflict]:
    """Return what must be settled in an act, as one person may know of it: blocking first."""
    others = acts_visible_to(user, act.convention, on=on).filter(status__in=OPEN, number__gt=0)
    return conflicts_of(act, others.exclude(pk=act.pk), on=on)


def obstacles_of_avenant(act: Act, *, on: date, signed_on: date | None = None) -> list[Obstacle]:
    """Return what stands before the signature of an avenant, among what all the parties know of.

    A draft kept private by one side is not counted, nor told: it will be read again when it opens.
    """
    others = act.convention.acts.filter(status__in=SHARED, number__gt=0).exclude(pk=act.pk)
    found = conflicts_of(act, others, on=on, signed_on=signed_on)
    return [_obstacle(act, conflict) for conflict in found if conflict.is_blocking]


def _obstacle(act: Act, conflict: Conflict) -> Obstacle:
    page, fix = PLACES.get(conflict.where, PLACES[Where.OPERATION])
    return Obstacle(conflict.message, page=page, keys=(act.number,), fix=fix)


def conflicts_of(
    act: Act, others: Iterable[Act], *, on: date, signed_on: date | None = None
) -> list[Conflict]:
    """Return every conflict of a draft act with `others` and with the signed text."""
    if act.number == 0 or act.status not in OPEN:
        return []
    mine = draft_of(act)
    drafts = [draft_of(other) for other in others]
    names = names_for(act, list(mine.operations))
    signed = act.convention.acts.signed().values_list("number", flat=True)
    moves_term = DurationClause.objects.filter(act=act).exists()
    found = [
        *against_itself(mine, names),
        *moved_base(based_on=act.based_on, signed=signed),
        *between(mine, drafts, names),
        *_with_the_text(act, mine, names),
        *days_of_effect(
            mine,
            on=on,
            signed_on=signed_on,
            ends_on=act.convention.ends_on,
            moves_term=moves_term,
        ),
    ]
    return sorted(found, key=lambda conflict: not conflict.is_blocking)


def draft_of(act: Act) -> Draft:
    """Return what conflicts are looked for in: the operations and clauses of a draft."""
    more = act.definitions.exists() or act.party_changes.exists()
    planned = any(answer for _, answer in acte_redige.send(sender=Act, act=act))
    return Draft(
        key=act.pk,
        name=str(act),
        kind=act.kind,
        operations=tuple(planned_of(act)),
        clauses=tuple(_touches(act)),
        effective_on=act.effective_on,
        is_closed=act.status not in WRITABLE,
        has_more=more or planned,
        reason=act.purpose,
    )


def _touches(act: Act) -> Iterable[ClauseTouch]:
    for model, name in CLAUSES:
        for clause in model.objects.filter(act=act).select_related("replaces__act").order_by("pk"):
            replaced = clause.replaces
            yield ClauseTouch(
                kind=model._meta.model_name,
                name=f"la clause sur {name}",
                replaces=clause.replaces_id,
                is_single=model is not TerminationClause,
                already_replaced=_is_replaced(clause),
                on=clause.effective_on,
                replaced_from=replaced and (replaced.effective_on or replaced.act.effective_on),
            )


def _is_replaced(clause: Clause) -> bool:
    """Whether a signed act already replaces what this clause means to replace."""
    if clause.replaces_id is None:
        return False
    later = type(clause).objects.filter(replaces=clause.replaces_id)
    return later.filter(act__status=ActStatus.SIGNE).exists()


def _with_the_text(act: Act, mine: Draft, names: dict[int, Name]) -> list[Conflict]:
    """Compare the draft with the signed text on each of its days, and with what it makes of it."""
    days = days_of(act, list(mine.operations))
    how = {"with_repealed": True, "with_body": False}
    texts = {day: consolidated_text(act.convention, on=day or date.max, **how) for day in days}
    results = {day: draft_text(act, on=day, **how) for day in [*days, None]}
    return [
        *against_text(mine, texts, names),
        *taken_numbers(mine, results),
        *_broken(act, mine),
        *large_changes(mine, _bodies(act, mine), names),
    ]


def _broken(act: Act, mine: Draft) -> list[Conflict]:
    """The references that the act breaks: those already broken are not its doing."""
    before = consolidated_text(act.convention, on=date.max, with_repealed=True)
    known = {(one.article.article_id, one.code) for one in broken_references(before)}
    after = draft_text(act, with_repealed=True)
    codes = {article.code: article.article_id for article in after}
    found = []
    for one in broken_references(after):
        if (one.article.article_id, one.code) in known:
            continue
        guilty = {one.article.article_id, codes.get(one.code)}
        keys = tuple(operation.key for operation in mine.operations if operation.article in guilty)
        name = Name(one.article.kind, one.article.number, one.article.heading)
        sentence = (
            f"Un renvoi serait rompu dans {name.the}\u00a0: {one.reason}. Changez-le dans le "
            "même acte."
        )
        found.append(Conflict(sentence, where=Where.OPERATION, keys=keys))
    return found


def _bodies(act: Act, mine: Draft) -> dict[int, tuple[str, str]]:
    """Of an erratum: the wording each replacement starts from, and the one it gives."""
    replaced = [one for one in mine.operations if one.change == Change.REMPLACER]
    if act.kind != ActKind.ERRATUM or not replaced:
        return {}
    before = {
        article.article_id: f"{article.heading}\n\n{article.body}"
        for article in consolidated_text(act.convention, on=date.max, with_repealed=True)
    }
    return {
        one.key: (before.get(one.article, ""), f"{one.heading}\n\n{one.body}") for one in replaced
    }
