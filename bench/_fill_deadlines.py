"""Signed conventions with all that makes dates: members, clauses, engagements, a mandate."""

from datetime import date, timedelta

from accounts.enums import OrganisationKind, Role
from accounts.models import Membership, Organisation, User
from bench._fill import in_batches
from conventions.enums import (
    ActStatus,
    ConventionKind,
    ConventionStatus,
    EffectBasis,
    MandateKind,
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
    TerminationClause,
)
from engagements.enums import Recurrence, State
from engagements.models import Debt, Engagement
from territories.enums import TerritoryKind
from territories.models import Territory

ARTICLES = 12
START = date(2026, 1, 12)
YEARS = 3
_WAYS_OUT = (
    (3, Trigger.ENVOI, TerminationGround.SANS_MOTIF, "trois mois à compter de l’envoi"),
    (1, Trigger.DATE_EFFET, TerminationGround.DESACCORD, "un mois avant la date d’effet"),
)
# Days after the start, and what comes back: five of eight have a date.
_OWED = (
    (200, Recurrence.ANNUELLE), (None, Recurrence.PERMANENTE), (320, Recurrence.PONCTUELLE),
    (420, Recurrence.SEMESTRIELLE), (None, Recurrence.PERMANENTE), (500, Recurrence.PONCTUELLE),
    (90, Recurrence.TRIMESTRIELLE), (None, Recurrence.PONCTUELLE),
)  # fmt: skip


def fill(count: int) -> None:
    """Make `count` conventions of three years between an EPCI and Action Logement Groupe."""
    region = Territory.objects.create(kind=TerritoryKind.REGION, code="27", name="Région de mesure")
    group = Organisation.objects.create(
        kind=OrganisationKind.ACTION_LOGEMENT, name="Action Logement Groupe"
    )
    delegation = Organisation.objects.create(
        kind=OrganisationKind.DELEGATION, name="Délégation de mesure", acts_for=group
    )
    delegation.regions.add(region)
    epcis = in_batches(_epcis(count, region), Organisation)
    _members([*epcis, delegation])
    conventions = in_batches(_conventions(epcis, region), Convention)
    parties = _parties(conventions, epcis, group)
    acts = in_batches((Act(convention=row, title=row.title) for row in conventions), Act)
    articles = _articles(acts)
    _clauses(acts, articles)
    in_batches(_mandates(parties), Mandate)
    _engagements(conventions, articles, parties)
    for act in acts:
        act.status, act.signed_on = ActStatus.SIGNE, act.convention.starts_on
        act.effective_on = act.signed_on
    Act.objects.bulk_update(acts, ["status", "signed_on", "effective_on"], batch_size=1000)


def _epcis(count, region):
    places = in_batches(
        (
            Territory(
                kind=TerritoryKind.EPCI, code=f"9{n:08d}", name=f"Communauté {n}", region=region
            )
            for n in range(count)
        ),
        Territory,
    )
    for place in places:
        yield Organisation(kind=OrganisationKind.EPCI, name=place.name, territory=place)


def _members(organisations):
    """Two people follow each organisation: one in charge, one who helps."""
    users = in_batches(
        (
            User(email=f"p{n}@exemple.fr", first_name="Ana", last_name=f"Mesure {n}")
            for n in range(2 * len(organisations))
        ),
        User,
    )
    in_batches(
        (
            Membership(
                user=user, organisation=organisations[n // 2], starts_on=date(2020, 1, 1),
                role=Role.CONTRIBUTEUR if n % 2 else Role.RESPONSABLE,
            )
            for n, user in enumerate(users)
        ),
        Membership,
    )  # fmt: skip


def _conventions(epcis, region):
    author = User.objects.order_by("pk").first()
    for n, epci in enumerate(epcis):
        starts_on = START + timedelta(days=n % 300)
        last = starts_on.replace(year=starts_on.year + YEARS) - timedelta(days=1)
        yield Convention(
            reference=f"MESURE-{n:05d}", title=f"Convention-cadre avec {epci.name}",
            kind=ConventionKind.EPCI_ACTION_LOGEMENT, status=ConventionStatus.SIGNEE,
            territory_id=epci.territory_id, region=region, drafted_by=epci, created_by=author,
            starts_on=starts_on, starts_on_basis=EffectBasis.DERNIERE_SIGNATURE, ends_on=last,
        )  # fmt: skip


def _parties(conventions, epcis, group):
    rows = in_batches(
        (
            Party(
                convention=convention, organisation=organisation, position=position,
                alias=organisation.name, name_as_signed=organisation.name,
            )
            for convention, epci in zip(conventions, epcis, strict=True)
            for position, organisation in ((1, epci), (2, group))
        ),
        Party,
    )  # fmt: skip
    return list(zip(rows[::2], rows[1::2], strict=True))


def _articles(acts):
    """Return the articles of each convention, in order, each worded by its initial act."""
    rows = in_batches(
        (
            Article(convention_id=act.convention_id, code=rank + 1)
            for act in acts
            for rank in range(ARTICLES)
        ),
        Article,
    )
    in_batches(
        (
            ArticleVersion(
                article=article, act=acts[n // ARTICLES], number=str(n % ARTICLES + 1),
                heading=f"Objet {n % ARTICLES + 1}", position=n % ARTICLES + 1,
                body="Les parties conviennent de ce qui suit.\n\n" * 4,
            )
            for n, article in enumerate(rows)
        ),
        ArticleVersion,
    )  # fmt: skip
    return [rows[n : n + ARTICLES] for n in range(0, len(rows), ARTICLES)]


def _clauses(acts, articles):
    def common(n, rank):
        return {"convention_id": acts[n].convention_id, "act": acts[n],
                "article": articles[n][rank], "confirmed_on": START}  # fmt: skip

    numbers = range(len(acts))
    in_batches(
        (
            DurationClause(
                operation=Operation.DUREE, quantity=YEARS, unit=Unit.ANS,
                trigger=Trigger.SIGNATURE, prorogation_possible=True,
                wording="pour une durée de trois ans", **common(n, 4),
            )
            for n in numbers
        ),
        DurationClause,
    )  # fmt: skip
    in_batches(
        (RevoyureClause(wording="chaque année, au dernier trimestre", **common(n, 5))
         for n in numbers),
        RevoyureClause,
    )  # fmt: skip
    in_batches(
        (
            TerminationClause(
                operation=Operation.PREAVIS, quantity=quantity, unit=Unit.MOIS, trigger=trigger,
                ground=ground, form="lettre recommandée", wording=wording, **common(n, 6 + rank),
            )
            for n in numbers
            for rank, (quantity, trigger, ground, wording) in enumerate(_WAYS_OUT)
        ),
        TerminationClause,
    )  # fmt: skip


def _mandates(parties):
    for epci, group in parties:
        yield Mandate(
            party=epci, kind=MandateKind.DELIBERATION, number="2026/14", received_on=START,
            adopted_on=START - timedelta(days=9),
        )  # fmt: skip
        yield Mandate(
            party=group, kind=MandateKind.POUVOIR, number="12", valid_until=date(2028, 6, 30)
        )


def _engagements(conventions, articles, parties):
    rows = in_batches(
        (
            Engagement(
                convention=convention, number=rank + 1, state=State.EN_COURS, recurrence=recurrence,
                title=f"Transmettre les besoins chiffrés des salariés, volet {rank + 1}",
                wording="L’EPCI transmet chaque année les besoins chiffrés de son territoire.",
                article=articles[n][rank],
                due_on=convention.starts_on + timedelta(days=days) if days else None,
            )
            for n, convention in enumerate(conventions)
            for rank, (days, recurrence) in enumerate(_OWED)
        ),
        Engagement,
    )  # fmt: skip
    in_batches(
        (
            Debt(engagement=engagement, party=party)
            for n, engagement in enumerate(rows)
            for rank, party in enumerate(parties[n // len(_OWED)])
            if n % 3 in {rank, 2}
        ),
        Debt,
    )
