"""The fictitious Val-de-Brenne and Action Logement: a convention in force on the day of loading."""

from datetime import date, timedelta

from conventions.enums import MandateKind, TerminationGround, Trigger, Unit
from reporting.demo.demo_calendar import DemoCalendar
from reporting.demo.demo_engagements import INDICATORS, THEMES, engagements, targets
from reporting.demo.demo_life import revoyures, states, values
from reporting.demo.demo_text import ARTICLES, CONSIDERANTS, VISAS
from reporting.demo.pieces import (
    ConventionData,
    PartyData,
    SignatoryData,
    SignatureData,
    TerminationData,
)

TERRITORY = ("epci", "999000003")
LETTER = "lettre recommandée avec avis de réception"
TERMINATIONS = (
    TerminationData(
        "sans_motif",
        {
            "ground": TerminationGround.SANS_MOTIF,
            "quantity": 3,
            "unit": Unit.MOIS,
            "trigger": Trigger.ENVOI,
            "form": LETTER,
        },
    ),
    TerminationData(
        "manquement",
        {
            "ground": TerminationGround.MANQUEMENT,
            "quantity": 2,
            "unit": Unit.MOIS,
            "trigger": Trigger.RECEPTION,
            "form": f"mise en demeure par {LETTER}",
        },
    ),
)
PRESIDENT = SignatoryData("Jeanne LAMBELIN", "Présidente", account="elu@demo.demo")


def val_de_brenne(mandate: dict | None = None) -> PartyData:
    return PartyData(
        organisation="val_de_brenne",
        alias="Val-de-Brenne",
        other_aliases=("la communauté d’agglomération",),
        as_signed={},
        mandate=mandate or {},
        signatories=(PRESIDENT,),
    )


def action_logement(mandate: dict | None = None) -> PartyData:
    return PartyData(
        organisation="action_logement",
        alias="Action Logement",
        as_signed={},
        mandate=mandate or {},
        signatories=(
            SignatoryData("Bernard OUDET", "Président du comité régional"),
            SignatoryData("Sylvie KESSLER", "Vice-présidente du comité régional"),
        ),
    )


def deliberation(days: DemoCalendar) -> dict:
    return {
        "kind": MandateKind.DELIBERATION,
        "body": "Conseil communautaire",
        "number": f"{days.signed_on.year}-031",
        "adopted_on": days.before_signature(36),
        "votes_for": 41,
        "votes_against": 2,
        "abstentions": 3,
        "not_voting": 0,
        "members_in_office": 48,
        "voters": 46,
        "transmitted_on": days.before_signature(30),
        "received_on": days.before_signature(29),
        "published_on": days.before_signature(28),
        "certified_on": days.before_signature(28),
        "certified_by": f"{PRESIDENT.name}, {PRESIDENT.capacity.lower()}",
    }


def power(days: DemoCalendar) -> dict:
    """The committee's power, which expires while the convention runs."""
    return {
        "kind": MandateKind.POUVOIR,
        "body": "Action Logement Groupe",
        "number": f"BFC-{days.signed_on.year}-12",
        "adopted_on": days.before_signature(60),
        "valid_until": days.at_work(75),
    }


def calendar_of_review(opened_on: date) -> dict:
    """The parties chose the day on which this year's review was opened."""
    return {"opens_month": opened_on.month, "opens_day": min(opened_on.day, 28)}


def demo_epci(on: date) -> ConventionData:
    days = DemoCalendar(on)
    return ConventionData(
        reference="DEMO",
        title=f"Convention-cadre du Val-de-Brenne pour le logement des salariés, {days.period}",
        territory=TERRITORY,
        drafted_by="val_de_brenne",
        begun_on=days.signed_on - timedelta(days=20),
        parties=(val_de_brenne(deliberation(days)), action_logement(power(days))),
        visas=VISAS,
        considerants=CONSIDERANTS,
        articles=ARTICLES,
        duration={
            "quantity": 3,
            "unit": Unit.ANS,
            "trigger": Trigger.SIGNATURE,
            "prorogation_possible": True,
        },
        revoyure=calendar_of_review(days.at_work(-20)),
        follow_ups=({"body": "comité de pilotage", "per_year": 2},),
        terminations=TERMINATIONS,
        signature=SignatureData(signed_on=days.signed_on, place="Valbrenne"),
        themes=THEMES,
        engagements=engagements(days),
        indicators=INDICATORS,
        targets=targets(days),
        values=values(days),
        states=states(days),
        revoyures=revoyures(days),
        note=(
            "Tout est inventé ici : le territoire, les personnes, le texte, les avenants, les "
            "chiffres.",
        ),
        is_amended=True,
    )
