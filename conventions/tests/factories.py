"""Conventions for tests, from an empty draft to a signed text with its clauses."""

import itertools
from datetime import date

from accounts.enums import OrganisationKind
from accounts.tests.factories import make_organisation, make_user
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
    Signatory,
    TerminationClause,
)
from territories.enums import TerritoryKind
from territories.models import Territory

_rank = itertools.count(1)
# A signed convention is made by `make_signed_convention`, whose act is closed once it is written.
_STATUS_OF_ACT = {
    ConventionStatus.EN_NEGOCIATION: ActStatus.EN_NEGOCIATION,
    ConventionStatus.EN_VALIDATION: ActStatus.EN_VALIDATION,
    ConventionStatus.EN_SIGNATURE: ActStatus.EN_SIGNATURE,
}


def make_territory(**fields) -> Territory:
    rank = next(_rank)
    fields.setdefault("kind", TerritoryKind.EPCI)
    fields.setdefault("code", f"9{rank:08d}")
    fields.setdefault("name", f"Territoire {rank}")
    return Territory.objects.create(**fields)


def make_party(convention: Convention, organisation=None, **fields) -> Party:
    organisation = organisation or make_organisation()
    fields.setdefault("position", convention.parties.count() + 1)
    fields.setdefault("alias", organisation.name)
    fields.setdefault("name_as_signed", organisation.name)
    return Party.objects.create(convention=convention, organisation=organisation, **fields)


def make_convention(**fields) -> Convention:
    """Return a draft with its two parties: an EPCI (first) and Action Logement (second)."""
    rank = next(_rank)
    epci = fields.pop("epci", None) or make_organisation(name=f"EPCI {rank}")
    action_logement = fields.pop("action_logement", None) or make_organisation(
        name=f"Action Logement {rank}", kind=OrganisationKind.ACTION_LOGEMENT
    )
    fields.setdefault("reference", f"CONV-{rank:05d}")
    fields.setdefault("title", f"Convention-cadre {rank}")
    fields.setdefault("kind", ConventionKind.EPCI_ACTION_LOGEMENT)
    fields.setdefault("territory", fields.pop("territory", None) or make_territory())
    fields.setdefault("drafted_by", epci)
    fields.setdefault("created_by", fields.pop("created_by", None) or make_user())
    convention = Convention.objects.create(**fields)
    make_party(convention, epci, alias=f"EPCI {rank}")
    make_party(convention, action_logement, alias=f"AL {rank}")
    Act.objects.create(
        convention=convention,
        title=convention.title,
        status=_STATUS_OF_ACT.get(convention.status, ActStatus.PROJET),
        recorded_afterwards=convention.recorded_afterwards,
    )
    return convention


def make_article(convention: Convention, number: str = "1", **fields) -> Article:
    """Return an article worded by the initial act, which must still be a draft."""
    article = Article.objects.create(
        convention=convention, parent=fields.pop("parent", None), kind=fields.pop("kind", "article")
    )
    fields.setdefault("heading", f"Titre de l’article {number}")
    fields.setdefault("body", "Les parties conviennent de ce qui suit.")
    fields.setdefault("position", convention.articles.count())
    ArticleVersion.objects.create(
        article=article, act=convention.acts.get(number=0), number=number, **fields
    )
    return article


def give_clauses(convention: Convention) -> None:
    """Three years from signature, a yearly revoyure, three months' notice from dispatch."""
    act = convention.acts.get(number=0)
    common = {"convention": convention, "act": act, "confirmed_on": date(2017, 12, 1)}
    DurationClause.objects.create(
        operation=Operation.DUREE,
        quantity=3,
        unit=Unit.ANS,
        trigger=Trigger.SIGNATURE,
        prorogation_possible=True,
        wording="pour une durée de trois ans",
        **common,
    )
    RevoyureClause.objects.create(wording="chaque année", **common)
    TerminationClause.objects.create(
        operation=Operation.PREAVIS,
        quantity=3,
        unit=Unit.MOIS,
        trigger=Trigger.ENVOI,
        ground=TerminationGround.SANS_MOTIF,
        form="lettre recommandée avec avis de réception",
        wording="trois mois à compter de l’envoi",
        **common,
    )


def make_signed_convention(**fields) -> Convention:
    """Return a convention signed on 11 December 2017 for three years, article 1 and clauses set."""
    signed_on = fields.pop("signed_on", date(2017, 12, 11))
    fields.setdefault("starts_on", signed_on)
    fields.setdefault("starts_on_basis", EffectBasis.DERNIERE_SIGNATURE)
    fields.setdefault("ends_on", signed_on.replace(year=signed_on.year + 3, day=signed_on.day - 1))
    convention = make_convention(**fields)
    make_article(convention)
    give_clauses(convention)
    act = convention.acts.get(number=0)
    for party in convention.parties.all():
        mandate = Mandate.objects.create(
            party=party,
            kind=MandateKind.DELIBERATION,
            number="2017/1",
            adopted_on=date(2017, 11, 16),
            received_on=date(2017, 11, 29),
        )
        Signatory.objects.create(
            act=act,
            party=party,
            name="Camille Durand",
            capacity="présidente",
            mandate=mandate,
            signed_on=signed_on,
        )
    act.status, act.signed_on, act.effective_on = ActStatus.SIGNE, signed_on, signed_on
    act.save()
    convention.status = ConventionStatus.SIGNEE
    convention.save()
    return convention
