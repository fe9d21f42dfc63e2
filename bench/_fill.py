"""A large portal for measures: conventions with parties, articles, engagements, dates, journal."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice

from accounts.enums import OrganisationKind, Role, Verb
from accounts.models import JournalEntry, Membership, Organisation, User
from conventions.enums import (
    ActStatus,
    ConventionKind,
    ConventionStatus,
    EffectBasis,
    Operation,
    TerminationGround,
    Trigger,
    Unit,
)
from conventions.models import (
    Act,
    Article,
    ArticleVersion,
    Convention,
    DurationClause,
    Mandate,
    Party,
    RevoyureClause,
    Signatory,
    TerminationClause,
)
from engagements.enums import State
from engagements.models import Debt, Engagement, Theme
from reminders.enums import DeadlineKind
from reminders.models import Deadline
from territories.enums import TerritoryKind
from territories.models import Territory

ARTICLES = 12
START = date(2025, 3, 10)
END = date(2028, 3, 9)


def in_batches(rows, model, size=5000) -> list:
    """Insert rows given one by one, without holding them all as Python objects twice."""
    rows, made = iter(rows), []
    while batch := list(islice(rows, size)):
        made += model.objects.bulk_create(batch)
    return made


def fill(conventions: int, engagements: int) -> User:
    """Make `conventions` signed conventions of `engagements` each; return who sees them all."""
    region = Territory.objects.create(kind=TerritoryKind.REGION, code="27", name="Région de mesure")
    group = Organisation.objects.create(
        kind=OrganisationKind.ACTION_LOGEMENT, name="Action Logement Groupe"
    )
    delegation = Organisation.objects.create(
        kind=OrganisationKind.DELEGATION, name="Délégation de mesure", acts_for=group
    )
    delegation.regions.add(region)
    user = User.objects.create_user(
        "mesure@exemple.fr", "une phrase pour mesurer", first_name="Ana", last_name="Mesure"
    )
    Membership.objects.create(
        user=user, organisation=delegation, role=Role.RESPONSABLE, starts_on=date(2020, 1, 1)
    )
    made = _conventions(conventions, region, group, user)
    _contents(made, engagements)
    return user


def _conventions(count: int, region: Territory, group: Organisation, user: User) -> list:
    territories = in_batches(
        (
            Territory(
                kind=TerritoryKind.EPCI, code=f"9{n:08d}", name=f"Communauté {n}", region=region
            )
            for n in range(count)
        ),
        Territory,
    )
    epcis = in_batches(
        (
            Organisation(kind=OrganisationKind.EPCI, name=f"Communauté {n}", territory=place)
            for n, place in enumerate(territories)
        ),
        Organisation,
    )
    made = in_batches(
        (
            Convention(
                reference=f"MESURE-{n:05d}",
                title=f"Convention-cadre pour le logement des salariés {n}",
                kind=ConventionKind.EPCI_ACTION_LOGEMENT,
                status=ConventionStatus.SIGNEE,
                territory=territories[n],
                region=region,
                drafted_by=epci,
                starts_on=START + timedelta(days=n % 300),
                starts_on_basis=EffectBasis.DERNIERE_SIGNATURE,
                ends_on=END + timedelta(days=n % 300),
                created_by=user,
            )
            for n, epci in enumerate(epcis)
        ),
        Convention,
    )
    in_batches(
        (
            Party(
                convention=convention,
                organisation=organisation,
                position=position,
                alias=organisation.name,
                name_as_signed=organisation.name,
            )
            for n, convention in enumerate(made)
            for position, organisation in ((1, epcis[n]), (2, group))
        ),
        Party,
    )
    return made


def _contents(made: list[Convention], engagements: int) -> None:
    parties: dict[int, list[Party]] = {}
    for party in Party.objects.order_by("convention_id", "position").iterator():
        parties.setdefault(party.convention_id, []).append(party)
    acts = in_batches((Act(convention=c, title=c.title) for c in made), Act)
    articles = in_batches((Article(convention=c) for c in made for _ in range(ARTICLES)), Article)
    in_batches(_versions(acts, articles), ArticleVersion)
    in_batches(_signatories(acts, parties), Signatory)
    _clauses(acts)
    Act.objects.update(status=ActStatus.SIGNE, signed_on=START, effective_on=START)
    themes = in_batches(
        (Theme(convention=c, name=f"Thème {t}", position=t) for c in made for t in range(4)), Theme
    )
    owed = in_batches(_engagements(made, articles, themes, engagements), Engagement)
    in_batches(_debts(owed, parties), Debt)
    in_batches(_links(owed), Engagement.counterparts.through)
    in_batches(_deadlines(made), Deadline)
    in_batches(_journal(made), JournalEntry)


def _versions(acts, articles):
    for rank, article in enumerate(articles):
        number = rank % ARTICLES
        yield ArticleVersion(
            article=article,
            act=acts[rank // ARTICLES],
            number=str(number + 1),
            heading=f"Objet de l’article {number + 1}",
            body="Les parties conviennent de ce qui suit.\n\n" * 4,
            position=number,
        )


def _signatories(acts, parties):
    mandates = in_batches(
        (
            Mandate(
                party=party, kind="deliberation", number="2025/1", adopted_on=START, votes_for=80,
                votes_against=2, abstentions=1, members_in_office=90, received_on=START,
            )
            for act in acts
            for party in parties[act.convention_id]
        ),
        Mandate,
    )  # fmt: skip
    return (
        Signatory(
            act=acts[rank // 2], party_id=mandate.party_id, name="Camille Durand",
            capacity="présidente", mandate=mandate, signed_on=START,
        )
        for rank, mandate in enumerate(mandates)
    )  # fmt: skip


def _clauses(acts) -> None:
    def common(act):
        return {"convention_id": act.convention_id, "act": act, "confirmed_on": START}

    in_batches(
        (
            DurationClause(
                operation=Operation.DUREE, quantity=3, unit=Unit.ANS, trigger=Trigger.SIGNATURE,
                wording="pour trois ans", **common(act),
            )
            for act in acts
        ),
        DurationClause,
    )  # fmt: skip
    in_batches((RevoyureClause(wording="chaque année", **common(a)) for a in acts), RevoyureClause)
    in_batches(
        (
            TerminationClause(
                operation=Operation.PREAVIS, quantity=3, unit=Unit.MOIS, trigger=Trigger.ENVOI,
                ground=TerminationGround.SANS_MOTIF, form="lettre recommandée",
                wording="trois mois à compter de l’envoi", **common(act),
            )
            for act in acts
        ),
        TerminationClause,
    )  # fmt: skip


_STATES = (State.TENU, State.EN_COURS, State.A_VENIR, State.SUSPENDU, State.EN_COURS)


def _engagements(made, articles, themes, count):
    for rank, convention in enumerate(made):
        for n in range(count):
            yield Engagement(
                convention=convention,
                number=n + 1,
                title=f"Transmettre chaque année les besoins chiffrés des salariés, volet {n + 1}",
                article=articles[rank * ARTICLES + n % ARTICLES],
                theme=themes[rank * 4 + n % 4],
                state=_STATES[n % len(_STATES)],
                due_on=START + timedelta(days=200 + 17 * n) if n % 3 else None,
            )


def _debts(owed, parties):
    for engagement in owed:
        both = parties[engagement.convention_id]
        debtors = both if engagement.number % 3 == 0 else [both[engagement.number % 3 - 1]]
        for party in debtors:
            yield Debt(engagement=engagement, party=party)


def _links(owed):
    through = Engagement.counterparts.through
    for one, other in zip(owed, owed[1:], strict=False):
        if one.number % 3 == 1 and one.convention_id == other.convention_id:
            yield through(from_engagement=one, to_engagement=other)
            yield through(from_engagement=other, to_engagement=one)


def _deadlines(made):
    for convention in made:
        for n in range(12):
            yield Deadline(
                convention=convention,
                kind=DeadlineKind.TERME if n == 11 else DeadlineKind.REVOYURE_OUVERTURE,
                key=f"mesure:{n}",
                title=f"Échéance {n}",
                due_on=date(2026, 1, 15) + timedelta(days=60 * n),
                steps=["Pour mesurer."],
                projected_at=datetime(2026, 1, 1, tzinfo=UTC),
            )


def _journal(made):
    for convention in made:
        for n in range(8):
            yield JournalEntry(
                at=datetime(2026, 1, 1 + n, tzinfo=UTC),
                actor_label="Ana Mesure",
                verb=Verb.CONVENTION_CHANGED,
                subject_label=convention.reference,
                dossier_id=convention.pk,
                previous_hash=f"{convention.pk}-{n}",
                hash=f"{convention.pk}-{n}",
            )
