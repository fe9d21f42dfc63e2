"""What the fictitious Val-de-Brenne is still writing: a draft of its own, and a shared one."""

from datetime import date

from conventions.enums import MandateKind, Trigger, Unit
from engagements.enums import Recurrence
from reporting.demo.demo_calendar import DemoCalendar
from reporting.demo.demo_epci import TERMINATIONS, TERRITORY, action_logement, val_de_brenne
from reporting.demo.pieces import (
    BOTH,
    FIRST,
    SECOND,
    ArticleData,
    ConventionData,
    EngagementData,
    preamble,
)

PROJECT_TEXT = (
    ArticleData(
        "1",
        "Objet",
        """
        Le présent accord applique l’article 2.3 de la convention-cadre. Il organise la création
        d’une résidence de soixante logements pour jeunes actifs, quai Sud, à Valbrenne.
        """,
    ),
    ArticleData(
        "2",
        "Apports de chacun",
        """
        [[1: La communauté d’agglomération cède le terrain à un prix modéré.]] Action Logement
        finance la résidence par un prêt et réserve la moitié des logements.
        """,
    ),
    ArticleData(
        "3",
        "Calendrier",
        """
        Les parties se réunissent chaque trimestre jusqu’à l’ouverture. Le permis de
        construire est demandé dans les six mois.
        """,
    ),
    ArticleData("4", "Durée", "[[duree: L’accord dure deux ans à compter de sa signature.]]"),
)

NEGOTIATION_TEXT = (
    preamble(
        1,
        "Préambule",
        """
        La convention-cadre en cours arrive à son terme. Les parties en ont dressé le bilan et
        souhaitent poursuivre leur action commune.
        """,
    ),
    ArticleData(
        "1",
        "Objet",
        """
        La convention prend la suite de la précédente. Elle garde ses buts et en précise les moyens.
        """,
    ),
    ArticleData("2", "Engagements de chacun"),
    ArticleData(
        "2.1",
        "Connaître les besoins",
        """
        [[1: Action Logement remet chaque semestre les besoins des salariés.]] [[2: La communauté
        d’agglomération en publie l’analyse.]]
        """,
    ),
    ArticleData(
        "2.2",
        "Rénover",
        """
        [[3: Les parties soutiennent ensemble 250 rénovations par an]], pour moitié chacune.
        """,
    ),
    ArticleData(
        "3",
        "Durée",
        "[[duree: La convention dure trois ans ; un avenant peut la proroger.]]",
    ),
    ArticleData(
        "4",
        "Revoyure",
        "[[revoyure: Les parties font le point une fois par an.]]",
    ),
    ArticleData(
        "5",
        "Résiliation",
        """
        [[sans_motif: Chaque partie peut se retirer par lettre recommandée avec avis de réception,
        trois mois après son envoi.]] [[manquement: En cas de manquement, deux mois après la
        réception d’une mise en demeure.]]
        """,
    ),
)


def demo_project(on: date) -> ConventionData:
    """A draft that only its author sees, without anyone to sign it yet."""
    days = DemoCalendar(on)
    return ConventionData(
        reference="DEMO-PROJET",
        title="Résidence pour jeunes actifs du quai Sud, accord d’application",
        territory=TERRITORY,
        drafted_by="val_de_brenne",
        parent="DEMO",
        begun_on=days.at_work(-12),
        parties=(val_de_brenne(),),
        articles=PROJECT_TEXT,
        duration={"quantity": 2, "unit": Unit.ANS, "trigger": Trigger.SIGNATURE},
        themes={"apports": "Apports"},
        engagements=(EngagementData("Céder le terrain à un prix modéré", FIRST, "apports"),),
    )


def demo_from_model(on: date) -> ConventionData:
    """A draft begun from the model of its kind, to be filled in; its author alone sees it."""
    days = DemoCalendar(on)
    return ConventionData(
        reference="DEMO-CANEVAS",
        title="Projet fictif commencé depuis le canevas, Val-de-Brenne",
        territory=TERRITORY,
        drafted_by="val_de_brenne",
        begun_on=days.at_work(-3),
        parties=(val_de_brenne(), action_logement()),
        articles=(),
    )


def demo_negotiation(on: date) -> ConventionData:
    """The next convention-cadre: shared with Action Logement, its council has not voted yet."""
    days = DemoCalendar(on)
    first = days.signed_on.year + 3
    power = {
        "kind": MandateKind.POUVOIR,
        "body": "Action Logement Groupe",
        "number": f"BFC-{on.year}-04",
        "adopted_on": days.at_work(-50),
    }
    return ConventionData(
        reference="DEMO-NEGOCIATION",
        title=f"Convention-cadre du Val-de-Brenne, {first}-{first + 3}",
        territory=TERRITORY,
        drafted_by="val_de_brenne",
        begun_on=days.at_work(-40),
        parties=(val_de_brenne(), action_logement(power)),
        visas=("Vu le programme local de l’habitat du Val-de-Brenne ;",),
        articles=NEGOTIATION_TEXT,
        duration={"quantity": 3, "unit": Unit.ANS, "trigger": "", "prorogation_possible": True},
        revoyure={},
        terminations=TERMINATIONS,
        themes={"besoins": "Connaître les besoins", "renover": "Rénover"},
        engagements=(
            EngagementData(
                "Remettre les besoins chaque semestre",
                SECOND,
                "besoins",
                recurrence=Recurrence.SEMESTRIELLE,
            ),
            EngagementData("Publier l’analyse des besoins", FIRST, "besoins", answers=(1,)),
            EngagementData(
                "Soutenir 250 rénovations par an", BOTH, "renover", recurrence=Recurrence.ANNUELLE
            ),
        ),
    )
