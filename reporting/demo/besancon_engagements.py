"""Grand Besançon 2017-2019: what each party owes, in the order of the text, and what is counted."""

from datetime import date

from engagements.enums import IndicatorUnit as Unit
from engagements.enums import Recurrence, Strength
from reporting.demo.pieces import BOTH, FIRST, SECOND, EngagementData, IndicatorData, TargetData

THEMES = {
    "buts": "Buts communs",
    "connaitre": "Connaître les besoins",
    "produire": "Produire et rénover",
    "prive": "Parc privé et accession",
    "parcours": "Parcours des salariés",
    "peuplement": "Attributions et mixité",
    "economie": "Économie du territoire",
    "suivi": "Suivi et évaluation",
}

BUTS = (
    EngagementData(
        "Contribuer pendant trois ans à une offre de logements qui serve le parcours des salariés",
        BOTH,
        "buts",
        Strength.INTENTION,
    ),
    EngagementData(
        "Soutenir le développement économique et l’équilibre du peuplement",
        BOTH,
        "buts",
        Strength.INTENTION,
    ),
    EngagementData("Réunir leurs moyens autour de six buts communs", BOTH, "buts"),
)
CONNAITRE = (
    EngagementData("Étudier ensemble le lien entre domicile et travail", BOTH, "connaitre"),
    EngagementData("Transmettre les besoins de logement des salariés", SECOND, "connaitre"),
    EngagementData(
        "Mener un diagnostic Emploi-Logement auprès des entreprises",
        SECOND,
        "connaitre",
        recurrence=Recurrence.PONCTUELLE,
        due_on=date(2017, 12, 31),
    ),
    EngagementData(
        "Étudier la situation des jeunes, des salariés mobiles et de ceux en difficulté",
        BOTH,
        "connaitre",
        Strength.MOYENS,
    ),
    EngagementData(
        "Réunir un groupe de travail qui recense les données et fixe la méthode de suivi",
        BOTH,
        "connaitre",
        recurrence=Recurrence.PONCTUELLE,
    ),
    EngagementData(
        "Remettre des données déjà traitées ou faciles à croiser",
        SECOND,
        "connaitre",
        Strength.INTENTION,
    ),
    EngagementData(
        "Associer Action Logement à l’exploitation des données transmises",
        FIRST,
        "connaitre",
        condition="l’exploitation des données par Grand Besançon",
        answers=(5, 6, 9),
    ),
)
PRODUIRE = (
    EngagementData(
        "Actionner de concert la production et la réhabilitation sur quatre segments",
        BOTH,
        "produire",
    ),
    EngagementData(
        "Partager la connaissance des aides et en rechercher les complémentarités",
        BOTH,
        "parcours",
    ),
    EngagementData(
        "Programmer 170 logements locatifs sociaux par an",
        FIRST,
        "produire",
        Strength.MOYENS,
        Recurrence.ANNUELLE,
    ),
    EngagementData(
        "Passer en revue les opérations soutenues, au moment de la programmation",
        BOTH,
        "produire",
        recurrence=Recurrence.ANNUELLE,
    ),
    EngagementData(
        "Étudier et encourager des solutions de logement nouvelles",
        BOTH,
        "produire",
        Strength.MOYENS,
    ),
    EngagementData("Examiner en groupe de travail les opérations nouvelles", BOTH, "produire"),
    EngagementData(
        "Améliorer l’énergie de 500 logements sociaux par an",
        FIRST,
        "produire",
        Strength.MOYENS,
        Recurrence.ANNUELLE,
    ),
    EngagementData(
        "Accompagner des programmes de rénovation selon les priorités convenues",
        SECOND,
        "produire",
        answers=(17,),
    ),
    EngagementData(
        "Débattre chaque année de la part de rénovation soutenue",
        BOTH,
        "produire",
        recurrence=Recurrence.ANNUELLE,
    ),
)
PRIVE = (
    EngagementData(
        "Étudier comment aider les propriétaires qui louent",
        BOTH,
        "prive",
        Strength.MOYENS,
    ),
    EngagementData(
        "Agir ensemble dans les opérations programmées",
        BOTH,
        "prive",
        Strength.MOYENS,
        condition="la conclusion d’une opération programmée",
    ),
    EngagementData(
        "Choisir des réservations parmi les dossiers de la commission locale",
        SECOND,
        "prive",
        Strength.INTENTION,
    ),
    EngagementData(
        "Présenter ensemble les aides aux bailleurs privés",
        BOTH,
        "prive",
        Strength.INTENTION,
    ),
    EngagementData("Réfléchir ensemble aux projets d’accession", BOTH, "prive", Strength.MOYENS),
    EngagementData(
        "Étudier l’accession dans les quartiers prioritaires", BOTH, "prive", Strength.MOYENS
    ),
    EngagementData(
        "Ouvrir les réflexions sur les quartiers aux filiales d’Action Logement",
        BOTH,
        "prive",
        Strength.INTENTION,
    ),
)
PARCOURS = (
    EngagementData(
        "Veiller au bon emploi des logements réservés", BOTH, "parcours", Strength.MOYENS
    ),
    EngagementData(
        "Faciliter l’achat d’un logement par les habitants",
        BOTH,
        "parcours",
        Strength.MOYENS,
    ),
    EngagementData("Faire profiter les salariés de la complémentarité des aides", BOTH, "parcours"),
)
PEUPLEMENT = (
    EngagementData(
        "Écrire le document-cadre d’orientation des attributions",
        FIRST,
        "peuplement",
        recurrence=Recurrence.PONCTUELLE,
    ),
    EngagementData(
        "Associer Action Logement à la convention d’attribution et au plan partenarial",
        FIRST,
        "peuplement",
    ),
    EngagementData(
        "Consacrer aux publics prioritaires 25 % des attributions de leur propre contingent",
        BOTH,
        "peuplement",
        recurrence=Recurrence.ANNUELLE,
    ),
    EngagementData(
        "Encourager une gamme complète de logements dans les quartiers",
        BOTH,
        "peuplement",
        Strength.MOYENS,
    ),
    EngagementData(
        "Annexer les conventions de renouvellement urbain dès qu’elles existent",
        BOTH,
        "peuplement",
        recurrence=Recurrence.PONCTUELLE,
        condition="la signature de ces conventions par tous leurs partenaires",
    ),
)
ECONOMIE = (
    EngagementData(
        "Se tenir informés des projets des entreprises et de l’emploi", BOTH, "economie"
    ),
    EngagementData("Partager la prospective économique disponible", FIRST, "economie"),
    EngagementData(
        "Réunir au moins une fois par an le groupe de travail économique",
        BOTH,
        "economie",
        recurrence=Recurrence.ANNUELLE,
    ),
)
SUIVI = (
    EngagementData("Assurer le suivi avec les soixante-dix communes", FIRST, "suivi"),
    EngagementData("Mettre en valeur l’action de l’autre", BOTH, "suivi"),
    EngagementData("Mettre en commun les données d’observation", BOTH, "suivi"),
    EngagementData(
        "Associer le comité régional au suivi du programme local de l’habitat", BOTH, "suivi"
    ),
    EngagementData("Dresser le bilan des objectifs et des engagements", BOTH, "suivi"),
    EngagementData(
        "Reprendre chaque année les objectifs et leur financement",
        BOTH,
        "suivi",
        recurrence=Recurrence.ANNUELLE,
    ),
)

ENGAGEMENTS = BUTS + CONNAITRE + PRODUIRE + PRIVE + PARCOURS + PEUPLEMENT + ECONOMIE + SUIVI

PRIORITAIRES = (
    "Attributions prononcées dans l’année, sur le contingent de la partie, au profit des publics "
    "que la conférence intercommunale du logement a désignés, rapportées à toutes ses attributions."
)
INDICATORS = (
    IndicatorData(
        "ATT-05-AL",
        "Attributions prioritaires, contingent d’Action Logement",
        Unit.POURCENT,
        additive=False,
        definition=PRIORITAIRES,
    ),
    IndicatorData(
        "ATT-05-GB",
        "Attributions prioritaires, contingent de Grand Besançon",
        Unit.POURCENT,
        additive=False,
        definition=PRIORITAIRES,
    ),
)

YEARS = (2017, 2018, 2019)
TARGETS = (
    TargetData("OFF-01", YEARS, 170, engagement=13),
    TargetData("INV-06", YEARS, 500, engagement=17),
    TargetData("ATT-05-GB", YEARS, 25, engagement=32),
    TargetData("ATT-05-AL", YEARS, 25, engagement=32),
    TargetData("GOV-01", YEARS[1:], 1, engagement=37),
)
