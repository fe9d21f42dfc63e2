"""Aix-Marseille-Provence and Action Logement, 2018: three years from signature, one way out.

The signature date is assumed: the text that circulated was still a draft.
"""

from datetime import date

from conventions.enums import MandateKind, TerminationGround, Trigger, Unit
from engagements.enums import Recurrence, State, Strength, ValueStatus
from reporting.demo.amp_text import ARTICLES, VISAS
from reporting.demo.pieces import (
    BOTH,
    FIRST,
    SECOND,
    ConventionData,
    EngagementData,
    PartyData,
    SignatoryData,
    SignatureData,
    StateData,
    TargetData,
    TerminationData,
    ValueData,
)

METROPOLE = PartyData(
    organisation="amp",
    alias="La Métropole",
    other_aliases=("Aix-Marseille-Provence",),
    as_signed={
        "name_as_signed": "Métropole Aix-Marseille-Provence",
        "legal_nature_as_signed": "métropole",
        "siren_as_signed": "",
        "rna_as_signed": "",
        "address_as_signed": "",
    },
    signatories=(SignatoryData("Nom non porté au texte", "Président de la métropole"),),
)
ACTION_LOGEMENT = PartyData(
    organisation="action_logement",
    alias="Action Logement",
    as_signed={
        "name_as_signed": "Action Logement Groupe",
        "legal_nature_as_signed": "association régie par la loi du 1er juillet 1901",
        "siren_as_signed": "824581623",
        "rna_as_signed": "",
        "address_as_signed": "66 rue du Maine, 75014 Paris",
    },
    mandate={
        "kind": MandateKind.DELEGATION,
        "body": "Action Logement Groupe",
        "note": "Le texte dit seulement « par délégation ».",
    },
    signatories=(
        SignatoryData("Nom non porté au texte", "Président du CRAL PACA-CORSE"),
        SignatoryData("Nom non porté au texte", "Vice-président du CRAL PACA-CORSE"),
    ),
)

THEMES = {
    "axe1": "Axe 1. Produire et rénover",
    "axe2": "Axe 2. Loger et accompagner",
    "axe3": "Axe 3. Équilibrer et renouveler",
    "suivi": "Mise en œuvre et suivi",
}
E = EngagementData
MOYENS, FERME, CHAQUE_ANNEE = Strength.MOYENS, Strength.FERME, Recurrence.ANNUELLE
ENGAGEMENTS = (
    E("Encourager la production près des emplois et des transports", BOTH, "axe1", MOYENS),
    E("Faire connaître la programmation et les terrains mobilisables", FIRST, "axe1"),
    E("Annoncer les financements mobilisables", SECOND, "axe1", answers=(2,)),
    E("Accompagner la rénovation du parc social et des copropriétés", BOTH, "axe1", MOYENS),
    E("Mobiliser ses aides et ses services auprès des salariés", SECOND, "axe2"),
    E("Transmettre les besoins recensés dans les entreprises", SECOND, "axe2"),
    E("Associer Action Logement à l’observatoire de l’habitat", FIRST, "axe2", answers=(6,)),
    E("Étudier les besoins en résidences et en courte durée", BOTH, "axe2", MOYENS),
    E("Associer Action Logement à la conférence du logement", FIRST, "axe3"),
    E("Participer aux comités de renouvellement urbain", SECOND, "axe3"),
    E("Rechercher l’équilibre entre les six territoires", BOTH, "axe3", Strength.INTENTION),
    E("Proposer chaque année des actions aux instances", BOTH, "suivi", FERME, CHAQUE_ANNEE),
    E("Tenir le secrétariat du groupe de travail", FIRST, "suivi"),
    E("Présenter l’activité de l’année", SECOND, "suivi", FERME, CHAQUE_ANNEE, answers=(13,)),
    E("Faire connaître ensemble les actions menées", BOTH, "suivi"),
    E("Reprendre chaque année les objectifs", BOTH, "suivi", FERME, CHAQUE_ANNEE),
)

YEARS = (2018, 2019, 2020)
TARGETS = (
    TargetData("GOV-01", YEARS, 1, engagement=12),
    TargetData("COM-01", YEARS, 2, engagement=15),
)
BLANK = "Le texte porte « X M€ » : le montant n’a jamais été écrit."
VALUES = (
    *(
        ValueData(
            code,
            2017,
            None,
            SECOND,
            "préambule du texte",
            ValueStatus.NON_COMMUNIQUE,
            comment=BLANK,
            entered_on=date(2018, 3, 5),
        )
        for code in ("RES-01", "INV-01", "SAL-02")
    ),
    *(
        ValueData("ATT-01", year, quantity, SECOND, entered_on=date(year + 1, 2, 11))
        for year, quantity in zip(YEARS, (2_940, 3_105, 2_660), strict=True)
    ),
    ValueData("GOV-01", 2018, 1, FIRST, entered_on=date(2018, 11, 26)),
    ValueData("GOV-01", 2019, 1, FIRST, entered_on=date(2019, 11, 25)),
    ValueData("GOV-01", 2020, 0, FIRST, entered_on=date(2021, 1, 18)),
    ValueData("COM-01", 2018, 1, FIRST, entered_on=date(2019, 1, 21)),
    ValueData("COM-01", 2019, 2, FIRST, entered_on=date(2020, 1, 20)),
)
STATES = (
    StateData(2, date(2018, 6, 18), FIRST, State.TENU, "Programmation 2018 transmise."),
    StateData(3, date(2018, 7, 9), SECOND, State.TENU, "Crédits de l’année annoncés."),
    StateData(5, date(2018, 4, 3), SECOND, State.EN_COURS),
    StateData(7, date(2018, 9, 24), FIRST, State.TENU),
    StateData(10, date(2018, 5, 14), SECOND, State.EN_COURS),
    StateData(
        12,
        date(2018, 11, 26),
        FIRST,
        State.TENU,
        "Neuf actions proposées, sept retenues.",
        evidence="Relevé du groupe de travail du 26 novembre 2018",
    ),
    StateData(13, date(2018, 4, 9), FIRST, State.EN_COURS),
)

AMP = ConventionData(
    reference="AMP-2018",
    title="Convention-cadre Métropole Aix-Marseille-Provence et Action Logement, 2018",
    territory=("epci", "200054807"),
    drafted_by="amp",
    begun_on=date(2018, 1, 8),
    parties=(METROPOLE, ACTION_LOGEMENT),
    visas=VISAS,
    articles=ARTICLES,
    duration={
        "quantity": 3,
        "unit": Unit.ANS,
        "trigger": Trigger.SIGNATURE,
        "prorogation_possible": True,
    },
    revoyure={"opens_month": 10, "opens_day": 1},
    terminations=(
        TerminationData(
            "sans_motif",
            {
                "ground": TerminationGround.SANS_MOTIF,
                "quantity": 1,
                "unit": Unit.MOIS,
                "trigger": Trigger.DATE_EFFET,
                "form": "lettre recommandée avec avis de réception",
            },
        ),
    ),
    signature=SignatureData(
        signed_on=date(2018, 2, 15),
        place="Marseille",
        note=(
            "Le texte ne porte pas de date : la signature du 15 février 2018 est supposée pour la "
            "démonstration. La durée court de la signature (article 6)."
        ),
        override_reason=(
            "Reprise d’une convention signée avant le portail : la délibération de la métropole "
            "est absente du texte."
        ),
    ),
    closed=(
        date(2021, 2, 15),
        "Terme passé sans prorogation ; fin constatée pour la démonstration.",
    ),
    themes=THEMES,
    engagements=ENGAGEMENTS,
    targets=TARGETS,
    values=VALUES,
    states=STATES,
    note=(
        "Viennent du texte public : les parties, l’adresse telle qu’imprimée (« rue » pour "
        "avenue), les trois axes, les montants laissés en blanc et les articles 4, 6, 7 et 8.",
        "Sont reconstitués : l’intitulé des axes, le détail des engagements et les autres "
        "articles.",
        "Est supposé : le jour de la signature, le 15 février 2018.",
        "Sont inventés : les chiffres, les états et leurs preuves.",
    ),
)
