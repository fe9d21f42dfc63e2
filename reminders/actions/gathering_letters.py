"""Ways out and registered letters of many conventions, as plain facts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from conventions.enums import LetterKind
from conventions.models import Party, RegisteredLetter, Termination
from conventions.models.letter import PostedLetter
from conventions.rules.sorties import cure_ends, lre_answer_by
from engagements.models import ConvocationLetter
from reminders.actions.gathering_clauses import Labels, origin_of
from reminders.rules.facts import EndingFacts, LetterFacts, Origin, ProofFacts
from reminders.rules.ladder import local_day
from territories.enums import Zone


def endings_of(pks: list[int], labels: Mapping[int, Labels]) -> dict[int, tuple[EndingFacts, ...]]:
    """Return the ways out that both sides know of: their event has happened."""
    rows = Termination.objects.filter(convention__in=pks, event_on__isnull=False)
    found = defaultdict(list)
    for row in rows.select_related("party", "clause").prefetch_related("letters__addressee"):
        named = labels.get(row.convention_id, {})
        found[row.convention_id].append(_ending(row, named))
    return {pk: tuple(facts) for pk, facts in found.items()}


def _ending(row: Termination, labels: Labels) -> EndingFacts:
    return EndingFacts(
        pk=row.pk,
        kind=row.kind,
        status=row.status,
        party=str(row.party),
        event_on=row.event_on,
        effect_on=row.effect_on,
        cure_ends_on=cure_ends(row.event_on, row.cure_days) if row.cure_days else None,
        closed_on=row.withdrawn_on,
        steps=tuple(row.steps),
        clause_id=row.clause_id,
        origin=origin_of(row.clause, labels) if row.clause else Origin(),
        awaited_answers=tuple(_answers(row.letters.all())),
    )


def _answers(letters: Iterable[RegisteredLetter]) -> Iterator[LetterFacts]:
    for letter in letters:
        posted = letter.kind == LetterKind.LRE and letter.posted_on
        if posted and not (letter.delivered_on or letter.returned_on):
            answer_by = lre_answer_by(_informed_on(letter))
            yield LetterFacts(letter.pk, str(letter.addressee), answer_by)


def _informed_on(letter: PostedLetter) -> date:
    """The day the provider told the addressee of the letter; failing its proof, of the deposit."""
    return letter.presented_on or letter.posted_on


def proofs_of(
    pks: list[int], heir: Callable[[int], Party], zones: Mapping[int, Zone]
) -> dict[int, tuple[ProofFacts, ...]]:
    """Return the electronic letters posted, of ways out and of convocations, prepared ones too."""
    found = defaultdict(list)
    posted = {"kind": LetterKind.LRE, "posted_on__isnull": False}
    of_endings = RegisteredLetter.objects.filter(termination__convention__in=pks, **posted)
    for row in of_endings.select_related("termination", *_READ):
        pk = row.termination.convention_id
        keeper = heir(row.termination.party_id)
        found[pk].append(_proof(f"lettre:{row.pk}", row, keeper, zones[pk]))
    of_calls = ConvocationLetter.objects.filter(convocation__revoyure__convention__in=pks, **posted)
    for row in of_calls.select_related("convocation__revoyure", *_READ):
        pk = row.convocation.revoyure.convention_id
        keeper = heir(row.convocation.party_id)
        found[pk].append(_proof(f"convocation:{row.pk}", row, keeper, zones[pk]))
    return {pk: tuple(facts) for pk, facts in found.items()}


_READ = ("addressee", "posting_proof", "delivery_proof")


def _proof(key: str, letter: PostedLetter, keeper: Party, zone: Zone) -> ProofFacts:
    kept = [
        local_day(document.added_at, zone) if document else None
        for document in (letter.posting_proof, letter.delivery_proof)
    ]
    return ProofFacts(
        key=key,
        sender_id=keeper.pk,
        keeper_id=keeper.organisation_id,
        addressee=str(letter.addressee),
        posted_on=letter.posted_on,
        informed_on=_informed_on(letter),
        delivered_on=letter.delivered_on,
        returned_on=letter.returned_on,
        posting_kept_on=kept[0],
        outcome_kept_on=kept[1],
    )
