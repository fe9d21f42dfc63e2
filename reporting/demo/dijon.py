"""Grand Dijon and Action Logement, 2017-2019: no revoyure clause, no way out, a term and no more.

The printed text leaves its day and month blank («le … 2017»): the dates given here are assumed.
"""

from datetime import date

from conventions.enums import EffectBasis, MandateKind, Unit
from engagements.enums import Recurrence, State, Strength, ValueStatus
from reporting.demo.dijon_text import ARTICLES, VISAS
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
    ValueData,
)

MOYENS, INTENTION = Strength.MOYENS, Strength.INTENTION
FERME = Strength.FERME
UNE_FOIS, CHAQUE_ANNEE = Recurrence.PONCTUELLE, Recurrence.ANNUELLE

GRAND_DIJON = PartyData(
    organisation="dijon",
    alias="Grand Dijon",
    other_aliases=("Le Grand Dijon",),
    as_signed={
        "name_as_signed": "Communauté urbaine du Grand Dijon",
        "legal_nature_as_signed": "communauté urbaine",
        "siren_as_signed": "",
        "rna_as_signed": "",
        "address_as_signed": "",
    },
    mandate={
        "kind": MandateKind.DELIBERATION,
        "body": "Conseil communautaire",
        "adopted_on": date(2017, 3, 30),
        "note": "Imprimée « décision » ; ni numéro, ni vote, ni réception en préfecture au texte.",
    },
    signatories=(
        SignatoryData("François REBSAMEN", "Président de la communauté urbaine du Grand Dijon"),
    ),
)
UNNAMED = "Nom non porté à l’acte"
ACTION_LOGEMENT = PartyData(
    organisation="action_logement",
    alias="Action Logement",
    as_signed={
        "name_as_signed": "ACTION LOGEMENT GROUPE",
        "legal_nature_as_signed": "",
        "siren_as_signed": "",
        "rna_as_signed": "",
        "address_as_signed": "66 Avenue du Maine à Paris (75014)",
    },
    mandate={
        "kind": MandateKind.DELEGATION,
        "body": "Action Logement Groupe",
        "note": "L’acte dit seulement « par délégation ».",
    },
    signatories=(
        SignatoryData(UNNAMED, "Président du comité régional de Bourgogne-Franche-Comté"),
        SignatoryData(UNNAMED, "Vice-président du comité régional de Bourgogne-Franche-Comté"),
    ),
)

THEMES = {
    "buts": "Buts communs",
    "attrait": "2.1 Attrait du territoire",
    "besoins": "2.2 Besoins",
    "modere": "2.3 Loyers modérés",
    "prive": "2.4 Parc privé",
    "mixite": "2.5 Mixité",
    "entreprises": "2.6 Entreprises",
    "aides": "2.7 Aides",
    "quartiers": "2.8 Renouvellement urbain",
    "moyens": "Moyens de chacun",
    "suivi": "Suivi et évaluation",
}

E = EngagementData
ENGAGEMENTS = (
    E("Décliner la convention par avenants, projet par projet", BOTH, "buts", INTENTION),
    E("Contribuer pendant trois ans à l’offre de logements des salariés", BOTH, "buts", INTENTION),
    E("Porter ensemble l’attrait du territoire", BOTH, "buts"),
    E("Mettre en commun les données sur la demande", BOTH, "buts"),
    E("Répartir au mieux les financements", BOTH, "buts", MOYENS),
    E("S’informer des projets économiques et des projets de logement", BOTH, "buts"),
    E("Se tenir au courant des aides de chacun", BOTH, "buts"),
    E("Construire et diffuser une information sur le territoire", BOTH, "attrait"),
    E("Réunir un groupe de travail sur les données", BOTH, "besoins", FERME, UNE_FOIS),
    E("Communiquer les besoins repérés chez les salariés", SECOND, "besoins"),
    E(
        "Conduire un diagnostic Emploi-Logement auprès des entreprises",
        SECOND,
        "besoins",
        FERME,
        UNE_FOIS,
        due_on=date(2017, 12, 31),
    ),
    E("Étudier les besoins qui appellent une réponse particulière", BOTH, "besoins", MOYENS),
    E("Associer Action Logement au traitement des données", FIRST, "besoins", answers=(10, 11)),
    E("Programmer 790 logements conventionnés par an", FIRST, "modere", MOYENS, CHAQUE_ANNEE),
    E("Examiner chaque année les opérations soutenues", BOTH, "modere", FERME, CHAQUE_ANNEE),
    E("Étudier et encourager d’autres façons de loger", BOTH, "modere", MOYENS),
    E("Subventionner la rénovation : 800 000 € par an", FIRST, "modere", FERME, CHAQUE_ANNEE),
    E("Intervenir par les prêts de haut de bilan", SECOND, "modere", answers=(17,)),
    E("Fixer les rénovations à accompagner en premier", BOTH, "modere", FERME, CHAQUE_ANNEE),
    E("Étudier comment aider les propriétaires qui louent", BOTH, "prive", MOYENS),
    E("Choisir des réservations parmi les dossiers de la commission", SECOND, "prive", INTENTION),
    E("Mener une campagne commune auprès des bailleurs privés", BOTH, "prive", INTENTION),
    E("Réfléchir ensemble aux projets d’accession aidée", BOTH, "prive", MOYENS),
    E("Mobiliser les aides à l’accession", SECOND, "prive"),
    E("Élaborer le plan partenarial de gestion de la demande", FIRST, "mixite", FERME, UNE_FOIS),
    E("Associer Action Logement au plan partenarial", FIRST, "mixite"),
    E("Prendre part à l’objectif de mixité", SECOND, "mixite", MOYENS, answers=(26,)),
    E("Évaluer l’effet de la mixité sur les attributions aux salariés", BOTH, "mixite"),
    E("Échanger sur les projets des entreprises et sur l’emploi", BOTH, "entreprises"),
    E("Partager la prospective économique disponible", FIRST, "entreprises"),
    E(
        "Se réunir une fois par an avec l’agence de développement",
        BOTH,
        "entreprises",
        FERME,
        CHAQUE_ANNEE,
    ),
    E(
        "Élargir l’accord de 2014 avec l’agence de développement",
        BOTH,
        "entreprises",
        FERME,
        UNE_FOIS,
    ),
    E("Définir en groupe de travail une offre complète", BOTH, "entreprises", FERME, UNE_FOIS),
    E("Partager la connaissance des aides et en améliorer l’usage", BOTH, "aides"),
    E("Tenir des forums de l’habitat dans les entreprises", BOTH, "aides", INTENTION),
    E("Associer Action Logement aux projets des deux quartiers", FIRST, "quartiers"),
    E("Siéger aux deux comités des projets de quartier", SECOND, "quartiers", answers=(36,)),
    E("Faire connaître les attentes des salariés", SECOND, "quartiers"),
    E("Choisir réservations et contreparties selon ces attentes", SECOND, "quartiers"),
    E("Partager la programmation et les crédits", SECOND, "moyens", FERME, CHAQUE_ANNEE),
    E("Financer la rénovation du parc social et des bailleurs salariés", SECOND, "moyens"),
    E("Mobiliser les aides directes aux salariés", SECOND, "moyens"),
    E("Orienter les prêts vers l’accès à l’emploi", SECOND, "moyens", MOYENS),
    E(
        "Consulter Action Logement sur la programmation",
        FIRST,
        "moyens",
        FERME,
        CHAQUE_ANNEE,
        answers=(40,),
    ),
    E(
        "Associer Action Logement à la rénovation des logements privés",
        FIRST,
        "moyens",
        answers=(41,),
    ),
    E("Réunir Action Logement et ses filiales sur les projets", FIRST, "moyens"),
    E("Assurer le suivi avec les vingt-quatre communes", FIRST, "suivi"),
    E("Valoriser chacun l’action de l’autre", BOTH, "suivi"),
    E("Mettre en commun les données d’observation", BOTH, "suivi"),
    E("Dresser le bilan des objectifs et des engagements", BOTH, "suivi"),
)

YEARS = (2017, 2018, 2019)
TARGETS = (
    TargetData("OFF-01", YEARS, 720, engagement=14),
    TargetData("OFF-04", YEARS, 70, engagement=14),
    TargetData("OFF-02", (2017,), 320, article="2.4.2"),
    TargetData("INV-07", YEARS, 800_000, engagement=17),
    TargetData("GOV-01", YEARS, 1, engagement=31),
)

PREAMBLE_2015 = "préambule de la convention, chiffres de 2015"
FIGURES_2015 = {
    "RES-01": 5_000_000,
    "RES-02": 348,
    "INV-01": 7_000_000,
    "INV-03": 350,
    "SAL-01": 2_003,
    "SAL-02": 5_300_000,
    "DEM-01": 879,
    "ATT-01": 447,
}
RESULTS = {
    "OFF-01": (684, 731, 702),
    "OFF-04": (52, 61, 58),
    "INV-07": (780_000, 815_000, 790_000),
    "GOV-01": (1, 1, 0),
}
VALUES = (
    *(
        ValueData(code, 2015, quantity, SECOND, PREAMBLE_2015, entered_on=date(2017, 9, 4))
        for code, quantity in FIGURES_2015.items()
    ),
    *(
        ValueData(code, year, quantity, FIRST, entered_on=date(year + 1, 2, 12))
        for code, quantities in RESULTS.items()
        for year, quantity in zip(YEARS, quantities, strict=True)
    ),
    ValueData(
        "OFF-02",
        2017,
        None,
        FIRST,
        status=ValueStatus.NON_COMMUNIQUE,
        comment="L’article 2.4.2 ne dit pas sur quelle période.",
        entered_on=date(2018, 2, 12),
    ),
)

STATES = (
    StateData(9, date(2017, 10, 10), FIRST, State.TENU, "Groupe réuni le 10 octobre 2017."),
    StateData(
        11,
        date(2018, 6, 4),
        SECOND,
        State.TENU,
        "Diagnostic remis.",
        evidence="Synthèse du diagnostic Emploi-Logement du Grand Dijon, juin 2018",
    ),
    StateData(13, date(2018, 9, 3), FIRST, State.TENU),
    StateData(14, date(2018, 2, 12), FIRST, State.EN_COURS),
    StateData(17, date(2020, 2, 12), FIRST, State.TENU, "Six programmes soutenus en trois ans."),
    StateData(18, date(2018, 3, 5), SECOND, State.EN_COURS),
    StateData(25, date(2018, 12, 14), FIRST, State.TENU, "Plan partenarial adopté."),
    StateData(27, date(2018, 3, 5), SECOND, State.EN_COURS),
    StateData(31, date(2018, 11, 20), FIRST, State.TENU, "Rencontre tenue avec l’agence."),
    StateData(
        35,
        date(2019, 12, 2),
        FIRST,
        State.SANS_OBJET,
        "Aucune entreprise n’en a exprimé le souhait.",
    ),
    StateData(37, date(2018, 1, 15), SECOND, State.TENU),
    StateData(40, date(2019, 2, 1), SECOND, State.TENU),
    StateData(44, date(2019, 2, 12), FIRST, State.TENU),
    StateData(47, date(2017, 9, 18), FIRST, State.TENU),
    StateData(
        50,
        date(2020, 6, 22),
        FIRST,
        State.EN_COURS,
        "Le bilan des trois années est engagé ; il reste à partager.",
    ),
)

DIJON = ConventionData(
    reference="DIJON-2017",
    title="Convention-cadre 2017-2019, Grand Dijon",
    territory=("epci", "242100410"),
    drafted_by="dijon",
    begun_on=date(2017, 4, 10),
    parties=(GRAND_DIJON, ACTION_LOGEMENT),
    visas=VISAS,
    articles=ARTICLES,
    duration={"quantity": 3, "unit": Unit.ANS, "trigger": "", "prorogation_possible": True},
    signature=SignatureData(
        signed_on=date(2017, 6, 30),
        starts_on=date(2017, 6, 30),
        place="Dijon",
        basis=EffectBasis.HYPOTHESE,
        note=(
            "L’acte porte « le … 2017 », jour et mois en blanc. La signature et la prise d’effet "
            "au 30 juin 2017 sont supposées pour la démonstration."
        ),
        override_reason=(
            "Reprise d’une convention signée avant le portail : ni le vote ni la réception de la "
            "décision en préfecture ni la délégation d’Action Logement ne figurent au texte."
        ),
    ),
    closed=(
        date(2020, 6, 30),
        "Terme passé sans prorogation ; fin constatée pour la démonstration.",
    ),
    themes=THEMES,
    engagements=ENGAGEMENTS,
    targets=TARGETS,
    values=VALUES,
    states=STATES,
    note=(
        "Viennent du texte public : les parties, le plan des articles, les engagements, les "
        "objectifs et les chiffres de 2015.",
        "Sont supposés : le jour de la signature et celui de la prise d’effet, le 30 juin 2017, et "
        "la fin constatée en 2020.",
        "Sont inventés : les chiffres de 2017 à 2019, les états et leurs preuves.",
        "La rédaction des articles est celle du portail ; elle ne reprend aucune phrase de l’acte.",
    ),
)
