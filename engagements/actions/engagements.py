"""Writing down what is owed: by whom, from which article, in answer to what."""

from collections.abc import Collection, Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.rules.typographie import date_longue
from conventions.actions.draft import assign, enter
from conventions.enums import ConventionStatus
from conventions.models import Convention, Party
from engagements.models import Debt, Engagement, Theme
from engagements.models.titles import article_titles
from engagements.rules.declarations import dates_problem, one_side
from engagements.signals import engagement_changed

# What a form may set on an engagement; its number and its state come otherwise.
FACTS = frozenset(
    {
        "title",
        "wording",
        "article",
        "theme",
        "strength",
        "recurrence",
        "condition",
        "due_on",
        "starts_on",
        "ends_on",
    }
)


@transaction.atomic
def create_engagement(
    convention: Convention,
    *,
    by,
    on: date,
    debtors: Collection[Party],
    counterparts: Collection[Engagement] = (),
    new_theme: str = "",
    **facts,
) -> Engagement:
    """Add an engagement under the next number, with whoever owes it and what it answers."""
    _enter(convention, by=by, on=on)
    engagement = Engagement(convention=convention, number=next_number(convention))
    write_facts(engagement, debtors, facts, new_theme=new_theme, on=on)
    engagement.save()
    set_debtors(engagement, debtors)
    linked = link(engagement, counterparts)
    record(
        by,
        Verb.ENGAGEMENT_CREATED,
        engagement,
        dossier=convention.pk,
        debtors=aliases(debtors),
        counterparts=linked,
    )
    engagement_changed.send(sender=Engagement, engagement=engagement, by=by, on=on)
    return engagement


@transaction.atomic
def change_engagement(
    engagement: Engagement,
    *,
    by,
    on: date,
    debtors: Collection[Party],
    counterparts: Collection[Engagement] = (),
    new_theme: str = "",
    **facts,
) -> Engagement:
    """Correct what was written of an engagement; the journal keeps before and after."""
    _enter(engagement.convention, by=by, on=on)
    check_not_signed(engagement)
    engagement = Engagement.objects.select_for_update(of=("self",), no_key=True).get(
        pk=engagement.pk
    )
    before = _ties(engagement)
    changed = write_facts(engagement, debtors, facts, new_theme=new_theme, on=on)
    engagement.save()
    set_debtors(engagement, debtors)
    link(engagement, counterparts)
    changed |= _retied(before, _ties(engagement))
    if changed:
        _say_changed(engagement, changed, by=by, on=on)
    return engagement


def next_number(convention: Convention) -> int:
    """The number a new engagement takes; numbers of those that ended are never given again."""
    return (convention.engagements.aggregate(last=Max("number"))["last"] or 0) + 1


def _ties(engagement: Engagement) -> dict[str, str]:
    """Who owes it and what it answers, in the words of the journal."""
    return {
        "debtors": aliases(engagement.debtors.all()),
        "counterparts": _codes(engagement.counterparts.all()),
    }


def _retied(before: dict[str, str], after: dict[str, str]) -> dict[str, list[str]]:
    return {name: [before[name], after[name]] for name in after if before[name] != after[name]}


@transaction.atomic
def link_counterparts(
    engagement: Engagement, *, by, on: date, counterparts: Collection[Engagement]
) -> None:
    """Say which engagements of the other side answer this one; the link reads both ways."""
    _enter(engagement.convention, by=by, on=on)
    before = _ties(engagement)
    link(engagement, counterparts)
    changed = _retied(before, _ties(engagement))
    if changed:
        _say_changed(engagement, changed, by=by, on=on)


def _enter(convention: Convention, *, by, on: date) -> None:
    enter(convention, by=by, on=on)
    if convention.status == ConventionStatus.RESILIEE:
        msg = "La convention est résiliée : ses engagements ne se modifient plus."
        raise ValidationError(msg, code="closed")


def check_not_signed(engagement: Engagement) -> None:
    """What an avenant wrote of an engagement is signed: only another act changes it."""
    if engagement.act_id is not None and not engagement.planned:
        msg = (
            f"{engagement.code} est écrit par l’{engagement.act}, qui est signé : un avenant ou un "
            "erratum le modifie."
        )
        raise ValidationError(msg, code="signed")


def write_facts(
    engagement: Engagement, debtors: Collection[Party], facts: dict, *, new_theme: str, on: date
) -> dict:
    """Check and set the facts on the row, and return what changed, before and after."""
    unknown = facts.keys() - FACTS
    if unknown:
        msg = f"Not facts of an engagement: {sorted(unknown)}"
        raise TypeError(msg)
    convention = engagement.convention
    if new_theme.strip():
        facts["theme"] = _theme(convention, new_theme.strip())
    for name, refusal in _OF_THE_CONVENTION.items():
        chosen = facts.get(name)
        if chosen is not None and chosen.convention_id != convention.pk:
            raise ValidationError({name: refusal})
    problem = dates_problem(facts.get("due_on"), facts.get("starts_on"), facts.get("ends_on"))
    if problem:
        raise ValidationError(dict([problem]))
    _check_debtors(engagement, debtors, on=facts.get("starts_on") or on)
    article_before = engagement.article_id
    changed = assign(engagement, facts)
    if "article" in changed:
        changed["article"] = _labels(engagement, article_before, on=on)
    return changed


_OF_THE_CONVENTION = {
    "article": "Cet article n’est pas de cette convention.",
    "theme": "Ce thème n’est pas de cette convention.",
}


def _theme(convention: Convention, name: str) -> Theme:
    known = convention.themes.filter(name__iexact=name).first()
    if known is not None:
        return known
    theme = Theme(convention=convention, name=name, position=convention.themes.count() + 1)
    try:
        theme.full_clean()
    except ValidationError as error:
        raise ValidationError({"new_theme": error.messages}) from error
    theme.save()
    return theme


def _check_debtors(engagement: Engagement, debtors: Collection[Party], *, on: date) -> None:
    """An engagement has a debtor, and each one is a party on the day it begins (invariant 4).

    A party that has left since keeps what it already owed.
    """
    if not debtors:
        raise ValidationError({"debtors": "Dites qui doit cet engagement."})
    parties = Party.objects.in_force(on=on).filter(convention=engagement.convention)
    bound = set(parties.values_list("pk", flat=True))
    if engagement.pk:
        bound |= set(engagement.debts.values_list("party_id", flat=True))
    refusals = [
        f"{party} n’est pas partie à la convention le {date_longue(on)}."
        for party in debtors
        if party.pk not in bound
    ]
    if refusals:
        raise ValidationError({"debtors": refusals})


def set_debtors(engagement: Engagement, debtors: Iterable[Party]) -> None:
    wanted = {party.pk for party in debtors}
    engagement.debts.exclude(party__in=wanted).delete()
    known = set(engagement.debts.values_list("party_id", flat=True))
    Debt.objects.bulk_create(Debt(engagement=engagement, party_id=pk) for pk in wanted - known)


def link(engagement: Engagement, counterparts: Collection[Engagement]) -> str:
    """Replace the counterparts, and return their codes."""
    mine = set(engagement.debts.values_list("party_id", flat=True))
    refusals = [
        refusal for other in counterparts if (refusal := _cannot_answer(engagement, mine, other))
    ]
    if refusals:
        raise ValidationError({"counterparts": refusals})
    engagement.counterparts.set(counterparts)
    return _codes(counterparts)


def _cannot_answer(engagement: Engagement, mine: set[int], other: Engagement) -> str:
    if other.convention_id != engagement.convention_id:
        return "Une contrepartie est un engagement de la même convention."
    if other.pk == engagement.pk:
        return "Un engagement ne se répond pas à lui-même."
    theirs = other.debts.values_list("party_id", flat=True)
    return f"{other.code} est dû par les mêmes parties." if one_side(mine, theirs) else ""


def _labels(engagement: Engagement, article_before: int | None, *, on: date) -> list[str]:
    """The journal speaks of «article 2.2.1», not of its key."""
    titles = article_titles(engagement.convention, on=on)
    known = (titles.get(pk) for pk in (article_before, engagement.article_id))
    return [title.label if title else "" for title in known]


def aliases(parties: Iterable[Party]) -> str:
    return ", ".join(party.alias for party in sorted(parties, key=lambda party: party.position))


def _codes(engagements: Iterable[Engagement]) -> str:
    return ", ".join(other.code for other in sorted(engagements, key=lambda other: other.number))


def _say_changed(engagement: Engagement, changed: dict, *, by, on: date) -> None:
    record(
        by,
        Verb.ENGAGEMENT_CHANGED,
        engagement,
        dossier=engagement.convention_id,
        changes=changed,
    )
    engagement_changed.send(sender=Engagement, engagement=engagement, by=by, on=on)
