"""Reading conventions from the database into the plain facts that the rules project.

A fixed number of queries, whatever the number of conventions, engagements, clauses and reviews.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F, Prefetch, Value
from django.db.models.functions import Greatest

from accounts.enums import OrganisationKind
from conventions.enums import ActKind, MandateKind
from conventions.models import Act, Convention, Mandate, Party
from conventions.models.labels_read import labels_of
from engagements.enums import State
from engagements.models import Debt, Engagement, Revoyure, StateChange
from engagements.rules.situations import awaited
from reminders.actions.gathering_clauses import clauses_of, termination_facts
from reminders.actions.gathering_letters import endings_of, proofs_of
from reminders.enums import Sharing
from reminders.models import AddedDeadline
from reminders.rules.facts import (
    AddedFacts,
    ConventionFacts,
    EngagementFacts,
    MandateFacts,
    Origin,
    RevoyureFacts,
)
from reminders.rules.ladder import local_day
from territories.enums import Zone
from territories.rules.french import enumerate_words

__all__ = ["facts_of", "facts_of_many", "termination_facts"]

Labels = Mapping[int, str]
NO_LABELS: Labels = {}


@dataclass(frozen=True)
class Parties:
    """Every party a batch of conventions ever had, with who stands in its place on a day."""

    by_pk: Mapping[int, Party]
    by_convention: Mapping[int, list[Party]]
    on: date

    def name(self, pk: int) -> str:
        return str(self.by_pk[pk])

    def heir(self, pk: int) -> Party:
        """Twin of `Party.heir`, on rows already read."""
        party = self.by_pk[pk]
        while party.ends_on is not None and party.ends_on < self.on:
            beside = self.by_convention[party.convention_id]
            successor = next((one for one in beside if one.replaces_id == party.pk), None)
            if successor is None:
                break
            party = successor
        return party

    def epcis(self, convention_pk: int) -> dict[int, str]:
        return {
            party.pk: str(party)
            for party in self.by_convention.get(convention_pk, ())
            if party.organisation.kind == OrganisationKind.EPCI and party.is_bound_on(self.on)
        }


def facts_of(convention: Convention, *, on: date) -> ConventionFacts:
    """Return what one convention says on `on`: the batch of one."""
    return facts_of_many([convention], on=on)[convention.pk]


def facts_of_many(conventions: Iterable[Convention], *, on: date) -> dict[int, ConventionFacts]:
    """Return what each convention says on `on`, by primary key.

    A text not yet in force is read as on its first day. Of an unsigned convention nothing is read
    but the dates that people added to it.
    """
    rows = list(conventions)
    found = {row.pk: _bare(row, on=on) for row in rows}
    added = list(
        AddedDeadline.objects.standing().filter(convention__in=list(found)).select_related("author")
    )
    signed = [pk for pk, facts in found.items() if facts.was_signed]
    if not signed and not added:
        return found
    parties = _parties({*signed, *(row.convention_id for row in added)}, on=on)
    parts = [_added_of(added, parties)]
    if signed:
        parts += _of_signed(rows, signed, parties, on=on)
    return {pk: replace(facts, **_merged(parts, pk)) for pk, facts in found.items()}


def _bare(convention: Convention, *, on: date) -> ConventionFacts:
    return ConventionFacts(
        situation=convention.situation_on(on),
        starts_on=convention.starts_on,
        basis=convention.starts_on_basis,
        basis_note=convention.starts_on_note,
        ends_on=convention.ends_on,
        closed_on=convention.closed_on,
        terminated_on=convention.terminated_on,
        zone=Zone(convention.zone),
    )


# Facts of a batch: by name of the fact, then by convention.
Part = Mapping[str, Mapping[int, object]]


def _merged(parts: Iterable[Part], pk: int) -> dict[str, object]:
    return {name: of[pk] for part in parts for name, of in part.items() if pk in of}


def _of_signed(
    conventions: list[Convention], signed: list[int], parties: Parties, *, on: date
) -> Iterator[Part]:
    zones = {row.pk: Zone(row.zone) for row in conventions}
    labels = labels_of(signed, on=_read_on("article__convention", on))
    yield {"signed_on": _initial_signatures(signed)}
    yield clauses_of(signed, labels, on=_read_on("convention", on))
    yield {"revoyures": _revoyures(signed, zones)}
    yield {"engagements": _engagements(signed, labels, parties, on=on)}
    yield {"mandates": _mandates(signed, parties)}
    yield {"endings": endings_of(signed, labels)}
    yield {"proofs": proofs_of(signed, parties.heir, zones)}
    yield {"epcis": {pk: parties.epcis(pk) for pk in signed}}


def _read_on(path: str, on: date) -> Greatest:
    """Return the day on which a text is read, as an expression on the rows of its convention."""
    return Greatest(Value(on), F(f"{path}__starts_on"))


def _parties(convention_pks: Iterable[int], *, on: date) -> Parties:
    by_pk, by_convention = {}, defaultdict(list)
    rows = Party.objects.filter(convention__in=convention_pks).select_related("organisation")
    wanted = rows.only(
        "convention", "organisation__kind", "position", "alias", "replaces", "starts_on", "ends_on"
    )
    for party in wanted:
        by_pk[party.pk] = party
        by_convention[party.convention_id].append(party)
    return Parties(by_pk, by_convention, on)


def _initial_signatures(pks: list[int]) -> dict[int, date]:
    rows = Act.objects.signed().filter(convention__in=pks, kind=ActKind.INITIAL)
    return dict(rows.values_list("convention", "signed_on"))


def _revoyures(pks: list[int], zones: Mapping[int, Zone]) -> dict[int, dict[int, RevoyureFacts]]:
    found: dict[int, dict[int, RevoyureFacts]] = defaultdict(dict)
    rows = Revoyure.objects.filter(convention__in=pks).defer("snapshot", "conclusion")
    for row in rows.prefetch_related("contributions"):
        found[row.convention_id][row.year] = _revoyure(row, zones[row.convention_id])
    return found


def _revoyure(revoyure: Revoyure, zone: Zone) -> RevoyureFacts:
    handed_over = [part.handed_over_at for part in revoyure.contributions.all()]
    everyone = handed_over and None not in handed_over
    return RevoyureFacts(
        opened_on=revoyure.opened_on,
        contributed_on=local_day(max(handed_over), zone) if everyone else None,
        meeting_on=revoyure.meeting_on,
        frozen_on=local_day(revoyure.frozen_at, zone) if revoyure.frozen_at else None,
    )


def _engagements(
    pks: list[int], labels: Mapping[int, Labels], parties: Parties, *, on: date
) -> dict[int, tuple[EngagementFacts, ...]]:
    kept = StateChange.objects.filter(state=State.TENU).order_by("pk")
    debts = Debt.objects.order_by("party_id").only("engagement", "party")
    rows = (
        Engagement.objects.standing(on=on)
        .filter(convention__in=pks)
        .only(
            "convention", "number", "title", "due_on", "state", "recurrence", "article", "wording"
        )
        .prefetch_related(
            Prefetch("debts", debts, to_attr="debts_read"),
            Prefetch("state_changes", kept, to_attr="times_kept"),
        )
    )
    found = defaultdict(list)
    for row in rows:
        if row.due_on or row.times_kept:
            named = labels.get(row.convention_id, NO_LABELS)
            found[row.convention_id].append(_engagement(row, named, parties))
    return {pk: tuple(facts) for pk, facts in found.items()}


def _engagement(row: Engagement, labels: Labels, parties: Parties) -> EngagementFacts:
    settled = tuple(change.declared_on for change in row.times_kept if change.next_due_on)
    expected = awaited(row.state, row.recurrence)
    over = not expected or row.due_on is None
    kept = over and row.times_kept and row.state in {State.TENU, State.CONTESTE}
    return EngagementFacts(
        pk=row.pk,
        code=row.code,
        title=row.title,
        due_on=row.due_on,
        expected=expected,
        kept_on=row.times_kept[-1].declared_on if kept else None,
        contested=row.state == State.CONTESTE,
        settled=settled,
        debtors=enumerate_words([parties.name(debt.party_id) for debt in row.debts_read]),
        recurrence=row.get_recurrence_display(),
        origin=Origin(row.article_id, labels.get(row.article_id, ""), row.wording),
    )


def _mandates(pks: list[int], parties: Parties) -> dict[int, tuple[MandateFacts, ...]]:
    rows = Mandate.objects.filter(party__convention__in=pks).only(
        "party", "kind", "number", "adopted_on", "received_on", "valid_until"
    )
    found = defaultdict(list)
    for row in rows:
        if row.received_on or row.valid_until:
            found[parties.by_pk[row.party_id].convention_id].append(
                MandateFacts(
                    pk=row.pk,
                    party_id=row.party_id,
                    party=parties.name(row.party_id),
                    label=str(row),
                    is_deliberation=row.kind == MandateKind.DELIBERATION,
                    received_on=row.received_on,
                    valid_until=row.valid_until,
                )
            )
    return {pk: tuple(facts) for pk, facts in found.items()}


def _added_of(rows: list[AddedDeadline], parties: Parties) -> Part:
    found = defaultdict(list)
    for row in rows:
        found[row.convention_id].append(_added(row, parties))
    return {"added": {pk: tuple(facts) for pk, facts in found.items()}}


def _added(row: AddedDeadline, parties: Parties) -> AddedFacts:
    """A date of one organisation is that of whoever stands in the place of its party today."""
    kept_apart = row.sharing == Sharing.ORGANISME
    keeper = parties.heir(row.party_id) if kept_apart else None
    return AddedFacts(
        pk=row.pk,
        title=row.title,
        due_on=row.due_on,
        author=str(row.author),
        every_months=row.every_months,
        owner_id=row.author_id if row.sharing == Sharing.MOI else None,
        keeper_id=keeper.organisation_id if keeper else None,
        party_id=keeper.pk if keeper else None,
    )
