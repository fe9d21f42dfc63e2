"""The fictitious Val-de-Brenne: what each party owes, and for when."""

from engagements.enums import IndicatorUnit, Recurrence, Strength
from reporting.demo.demo_calendar import DemoCalendar
from reporting.demo.pieces import (
    BOTH,
    FIRST,
    SECOND,
    EngagementData,
    IndicatorData,
    TargetData,
)

THEMES = {
    "connaitre": "Connaître les besoins",
    "produire": "Produire et rénover",
    "loger": "Loger les salariés",
    "attribuer": "Attribuer et renouveler",
    "economie": "Économie du territoire",
    "suivi": "Suivi et communication",
}

E = EngagementData
FERME, MOYENS, INTENTION = Strength.FERME, Strength.MOYENS, Strength.INTENTION
UNE_FOIS, EN_CONTINU = Recurrence.PONCTUELLE, Recurrence.PERMANENTE
SEMESTRE, ANNEE = Recurrence.SEMESTRIELLE, Recurrence.ANNUELLE


def engagements(days: DemoCalendar) -> tuple[EngagementData, ...]:
    return (*_housing(days), *_people(days), *_together(days))


def _housing(days: DemoCalendar) -> tuple[EngagementData, ...]:
    connaitre, produire = "connaitre", "produire"
    return (
        E(
            "Transmettre chaque année les besoins de logement des salariés",
            SECOND,
            connaitre,
            FERME,
            ANNEE,
            days.at_work(-408),
        ),
        E("Associer Action Logement à l’analyse des besoins", FIRST, connaitre, answers=(1,)),
        E(
            "Installer un observatoire partagé",
            BOTH,
            connaitre,
            FERME,
            UNE_FOIS,
            days.at_work(-330),
        ),
        E(
            "Programmer 120 logements locatifs sociaux par an",
            FIRST,
            produire,
            FERME,
            ANNEE,
            days.end_of_year,
        ),
        E(
            "Faire connaître, avant la programmation, les opérations à financer",
            SECOND,
            produire,
            FERME,
            ANNEE,
            days.at_work(-265),
            answers=(4,),
        ),
        E(
            "Examiner ensemble la programmation",
            BOTH,
            produire,
            FERME,
            ANNEE,
            days.at_work(58),
        ),
        E(
            "Subventionner la rénovation de 200 logements par an",
            FIRST,
            produire,
            FERME,
            ANNEE,
            days.end_of_year,
        ),
        E("Accompagner la rénovation par des prêts", SECOND, produire, MOYENS, answers=(7,)),
        E(
            "Fixer la part de rénovation que chacun soutient",
            BOTH,
            produire,
            FERME,
            ANNEE,
            days.at_work(14),
        ),
        E(
            "Lancer l’opération programmée du centre de Valbrenne",
            FIRST,
            produire,
            FERME,
            UNE_FOIS,
            days.at_work(22),
        ),
        E(
            "Réserver des logements conventionnés pour des salariés",
            SECOND,
            produire,
            MOYENS,
            EN_CONTINU,
            condition="le lancement de l’opération programmée",
            answers=(10,),
        ),
    )


def _people(days: DemoCalendar) -> tuple[EngagementData, ...]:
    loger, attribuer = "loger", "attribuer"
    return (
        E(
            "Mobiliser les aides auprès de 400 salariés par an",
            SECOND,
            loger,
            FERME,
            ANNEE,
            days.end_of_year,
        ),
        E("Ouvrir un guichet commun", BOTH, loger, FERME, UNE_FOIS, days.at_work(-200)),
        E(
            "Étudier une résidence pour jeunes actifs à Valbrenne",
            SECOND,
            loger,
            MOYENS,
            UNE_FOIS,
            days.at_work(-12),
        ),
        E(
            "Proposer un terrain pour la résidence",
            FIRST,
            loger,
            FERME,
            UNE_FOIS,
            days.at_work(-150),
            answers=(14,),
        ),
        E(
            "Consacrer aux publics prioritaires 25 % des attributions de son contingent",
            BOTH,
            attribuer,
            FERME,
            ANNEE,
            days.end_of_year,
        ),
        E(
            "Associer Action Logement au plan partenarial de gestion de la demande",
            FIRST,
            attribuer,
            FERME,
            UNE_FOIS,
            days.at_work(-95),
        ),
        E(
            "Rendre compte des attributions, quartier par quartier",
            SECOND,
            attribuer,
            FERME,
            SEMESTRE,
            days.at_work(-110),
            answers=(17,),
        ),
        E(
            "Annexer la convention de renouvellement urbain des Tanneries",
            BOTH,
            attribuer,
            FERME,
            UNE_FOIS,
            condition="la signature de cette convention par tous ses partenaires",
        ),
        E(
            "Choisir les terrains qui reviennent à Action Logement",
            SECOND,
            attribuer,
            INTENTION,
            UNE_FOIS,
        ),
    )


def _together(days: DemoCalendar) -> tuple[EngagementData, ...]:
    economie, suivi = "economie", "suivi"
    return (
        E(
            "Remettre par écrit sa prospective économique",
            FIRST,
            economie,
            FERME,
            ANNEE,
            days.at_work(-80),
        ),
        E(
            "Adapter ses services aux entreprises qui s’installent",
            SECOND,
            economie,
            MOYENS,
            answers=(21,),
        ),
        E(
            "Réunir le groupe de travail économique",
            BOTH,
            economie,
            FERME,
            SEMESTRE,
            days.at_work(-65),
        ),
        E("Organiser le suivi avec les douze communes", FIRST, suivi),
        E("Dresser le bilan de l’année", BOTH, suivi, FERME, ANNEE, days.at_work(29)),
        E("Présenter ensemble les résultats", BOTH, suivi, INTENTION),
        E("Revoir chaque année objectifs, résultats et moyens", BOTH, suivi),
    )


PRIORITAIRES = (
    "Attributions prononcées dans l’année au profit des publics prioritaires, rapportées à toutes "
    "celles du contingent de la partie."
)
INDICATORS = (
    IndicatorData(
        "ATT-05-AL",
        "Attributions prioritaires, contingent d’Action Logement",
        IndicatorUnit.POURCENT,
        additive=False,
        definition=PRIORITAIRES,
    ),
    IndicatorData(
        "ATT-05-VB",
        "Attributions prioritaires, contingent du Val-de-Brenne",
        IndicatorUnit.POURCENT,
        additive=False,
        definition=PRIORITAIRES,
    ),
)
VALBRENNE, MONTFORT, PONT, FONTAINE = "21901", "21902", "21903", "21904"


def targets(days: DemoCalendar) -> tuple[TargetData, ...]:
    years = (days.year - 1, days.year, days.year + 1)
    return (
        TargetData("OFF-01", years, 120, engagement=4),
        TargetData("OFF-01", years, 60, engagement=4, territory=VALBRENNE),
        TargetData("OFF-01", years, 24, engagement=4, territory=MONTFORT),
        TargetData("OFF-01", years, 16, engagement=4, territory=PONT),
        TargetData("OFF-01", years, 10, engagement=4, territory=FONTAINE),
        TargetData("INV-06", years, 200, engagement=7),
        TargetData("INV-07", years, 300_000, engagement=7),
        TargetData("SAL-01", years, 400, engagement=12),
        TargetData("ATT-05-VB", years, 25, engagement=16),
        TargetData("ATT-05-AL", years, 25, engagement=16),
        TargetData("GOV-01", years, 2, engagement=23),
    )
