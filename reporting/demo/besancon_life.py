"""Grand Besançon 2017-2019: what became of it until the winter of 2019.

The 2016 figures are those of the signed preamble. Everything later is invented.
"""

from datetime import date

from engagements.enums import Appreciation, Outcome, State, ValueStatus
from reporting.demo.pieces import (
    FIRST,
    INVENTED,
    SECOND,
    ContributionData,
    RevoyureData,
    StateData,
    ValueData,
)

PREAMBLE_2016 = "préambule de la convention, chiffres de 2016"


def _of_action_logement(year: int, figures: dict[str, int], source: str, **facts):
    last = date(year, 12, 31)
    return tuple(
        ValueData(code, year, quantity, SECOND, source, as_of=last, **facts)
        for code, quantity in figures.items()
    )


FIGURES = {
    2016: {
        "RES-01": 2_300_000,
        "RES-02": 275,
        "INV-01": 2_500_000,
        "INV-03": 165,
        "STK-01": 1_847,
        "SAL-01": 1_123,
        "SAL-02": 2_900_000,
        "DEM-01": 277,
        "ATT-01": 60,
    },
    2017: {
        "RES-01": 2_350_000,
        "RES-02": 271,
        "INV-01": 2_700_000,
        "INV-03": 178,
        "STK-01": 1_902,
        "SAL-01": 1_164,
        "SAL-02": 3_000_000,
        "DEM-01": 289,
        "ATT-01": 71,
    },
    2018: {
        "RES-01": 2_410_000,
        "RES-02": 268,
        "INV-01": 2_600_000,
        "INV-03": 171,
        "STK-01": 1_951,
        "SAL-01": 1_208,
        "SAL-02": 3_120_000,
        "DEM-01": 312,
        "ATT-01": 84,
    },
}
BEFORE_THE_LIST = "Les publics prioritaires n’étaient pas encore désignés."
# The year 2018 has everything but its rehabilitations: Grand Besançon still has to give them.
VALUES = (
    *_of_action_logement(2016, FIGURES[2016], PREAMBLE_2016, entered_on=date(2017, 12, 18)),
    *_of_action_logement(2017, FIGURES[2017], INVENTED, entered_on=date(2018, 1, 22)),
    ValueData("OFF-01", 2017, 158, FIRST, entered_on=date(2018, 1, 17)),
    ValueData("INV-06", 2017, 402, FIRST, entered_on=date(2018, 1, 17)),
    ValueData(
        "ATT-05-GB",
        2017,
        None,
        FIRST,
        status=ValueStatus.SANS_OBJET,
        comment=BEFORE_THE_LIST,
        entered_on=date(2018, 1, 17),
    ),
    ValueData(
        "ATT-05-AL",
        2017,
        None,
        SECOND,
        status=ValueStatus.SANS_OBJET,
        comment=BEFORE_THE_LIST,
        entered_on=date(2018, 1, 22),
    ),
    *_of_action_logement(2018, FIGURES[2018], INVENTED, entered_on=date(2019, 1, 21)),
    ValueData(
        "OFF-01",
        2018,
        168,
        FIRST,
        status=ValueStatus.PROVISOIRE,
        as_of=date(2018, 11, 30),
        entered_on=date(2018, 12, 3),
    ),
    ValueData(
        "OFF-01",
        2018,
        174,
        FIRST,
        as_of=date(2018, 12, 31),
        entered_on=date(2019, 1, 14),
        corrects="Six agréments de décembre manquaient.",
    ),
    ValueData("ATT-05-GB", 2018, 24, FIRST, entered_on=date(2019, 1, 14)),
    ValueData("ATT-05-AL", 2018, 21, SECOND, entered_on=date(2019, 1, 21)),
    ValueData("GOV-01", 2018, 1, FIRST, entered_on=date(2018, 6, 14)),
)

UNDER_WAY = (1, 2, 3, 4, 5, 7, 11, 12, 15, 18, 20, 27, 28, 29, 31, 33, 35, 38, 39, 40, 41)


def _first_days(number: int) -> StateData:
    side = SECOND if number in (5, 18) else FIRST
    return StateData(number, date(2018, 1, 8), side, State.EN_COURS)


STATES = (
    StateData(
        6,
        date(2017, 12, 18),
        SECOND,
        State.EN_COURS,
        "Le questionnaire est prêt ; les entretiens commencent en janvier.",
    ),
    *(_first_days(number) for number in UNDER_WAY),
    StateData(
        34,
        date(2018, 1, 10),
        FIRST,
        State.SUSPENDU,
        "Les conventions de la Grette et de Planoise ne sont pas encore signées.",
    ),
    StateData(
        14,
        date(2018, 1, 26),
        FIRST,
        State.TENU,
        "Programmation 2018 examinée ensemble, opération par opération.",
        evidence="Compte rendu de la réunion de programmation du 26 janvier 2018",
    ),
    StateData(13, date(2018, 2, 5), FIRST, State.EN_COURS, "158 logements agréés en 2017."),
    StateData(17, date(2018, 2, 5), FIRST, State.EN_COURS, "402 logements rénovés en 2017."),
    StateData(32, date(2018, 3, 19), FIRST, State.EN_COURS, "La liste des publics est arrêtée."),
    StateData(
        19,
        date(2018, 3, 15),
        SECOND,
        State.TENU,
        "Trois programmes sont retenus pour l’année.",
    ),
    StateData(
        8,
        date(2018, 4, 3),
        FIRST,
        State.TENU,
        "Le groupe est installé ; il se réunit chaque trimestre.",
        evidence="Compte rendu d’installation du groupe de travail, 3 avril 2018",
    ),
    StateData(
        6,
        date(2018, 5, 22),
        SECOND,
        State.TENU,
        "Le diagnostic est remis, avec ses tableaux par commune.",
        evidence="Synthèse du diagnostic Emploi-Logement, 22 mai 2018",
    ),
    StateData(
        36,
        date(2018, 6, 12),
        FIRST,
        State.TENU,
        "Les projets d’implantation ont été exposés en séance.",
    ),
    StateData(
        37,
        date(2018, 6, 12),
        FIRST,
        State.TENU,
        "Le groupe économique s’est réuni le 12 juin.",
    ),
    StateData(
        36,
        date(2018, 6, 20),
        SECOND,
        State.CONTESTE,
        "Un exposé oral n’est pas un partage : aucun document ne nous est parvenu.",
    ),
    StateData(10, date(2018, 9, 11), FIRST, State.TENU, "Deux séances d’analyse communes."),
    StateData(
        26,
        date(2018, 9, 28),
        SECOND,
        State.SANS_OBJET,
        "Aucun projet de filiale n’est à l’étude sur ces quartiers.",
    ),
    StateData(
        30,
        date(2018, 10, 18),
        FIRST,
        State.TENU,
        "Le document-cadre est adopté par la conférence.",
        evidence="Extrait du document-cadre des attributions, 18 octobre 2018",
    ),
)

T, P, N = Appreciation.TENU, Appreciation.EN_PARTIE, Appreciation.NON_TENU
S, O = Appreciation.SUSPENDU, Appreciation.SANS_OBJET  # noqa: E741
TOO_EARLY = (O, "Convention signée en décembre : rien à apprécier encore.")

FIRST_REVIEW = RevoyureData(
    year=2017,
    opened_on=date(2017, 12, 15),
    contributions=(
        ContributionData(
            FIRST,
            date(2018, 1, 24),
            "La convention vient d’être signée. Nous posons ici le point de départ : 158 "
            "logements agréés et 402 logements rénovés en 2017, avant tout effet de l’accord. La "
            "revoyure de 2018 se lira à partir de ces chiffres.",
            TOO_EARLY,
            {
                13: (P, "158 logements agréés pour 170 attendus."),
                17: (P, "402 logements rénovés pour 500 attendus."),
                34: (S, "Les conventions de quartier ne sont pas signées."),
                38: (T, "Le suivi est organisé ; un correspondant est nommé."),
                43: (T, "La première revoyure se tient dans les délais."),
            },
            handed_over_on=date(2018, 1, 24),
        ),
        ContributionData(
            SECOND,
            date(2018, 1, 29),
            "Le diagnostic auprès des entreprises a pris du retard : il sera remis au printemps. "
            "Le stock de réservations progresse de 55 logements en un an. Nous souhaitons que le "
            "groupe de travail sur les données se réunisse sans attendre.",
            TOO_EARLY,
            {
                6: (N, "Le diagnostic est lancé, mais il ne sera remis qu’au printemps de 2018."),
                34: (S, "Nous attendons la signature des conventions de quartier."),
                43: (T, "La première revoyure se tient dans les délais."),
            },
            handed_over_on=date(2018, 1, 29),
        ),
    ),
    meeting_on=date(2018, 2, 15),
    frozen_on=date(2018, 2, 22),
    outcome=Outcome.MAINTIEN,
    conclusion=(
        "Les engagements demeurent. Le diagnostic Emploi-Logement est attendu pour le 31 mai 2018 "
        "et le groupe de travail sur les données est installé au mois d’avril."
    ),
)
SECOND_REVIEW = RevoyureData(
    year=2018,
    opened_on=date(2018, 12, 17),
    contributions=(
        ContributionData(
            SECOND,
            date(2019, 1, 30),
            "L’année a installé de bonnes habitudes : les opérations se discutent avant la "
            "programmation et le diagnostic est remis. Deux points nous séparent encore. Notre "
            "contingent compte peu de petits logements, ce qui explique 21 % d’attributions "
            "prioritaires ; et la prospective économique ne nous est parvenue qu’à l’oral.",
            (T, ""),
            {
                6: (T, "Remis le 22 mai, cinq mois après la date prévue."),
                7: (P, "Le volet sur les salariés en difficulté reste à faire."),
                9: (T, "Données livrées en tableaux, commune par commune."),
                15: (P, "Une seule opération étudiée, en colocation."),
                16: (P, "Le groupe ne s’est réuni qu’une fois."),
                18: (T, "Trois programmes accompagnés, 214 logements."),
                20: (P, "Étude en cours avec l’opérateur."),
                21: (S, "Aucune opération programmée n’est encore conclue."),
                22: (N, "Aucun dossier de 2018 ne convenait aux demandes reçues."),
                23: (O, "La campagne est reportée à 2019."),
                25: (S, "Dépend des projets de quartier."),
                26: (O, "Aucun projet de filiale n’est à l’étude."),
                32: (P, "21 % pour 25 % : trop peu de petits logements dans notre contingent."),
                34: (S, "Les conventions de quartier ne sont pas signées."),
                36: (N, "Rien d’écrit ne nous a été remis."),
            },
            handed_over_on=date(2019, 1, 30),
        ),
        ContributionData(
            FIRST,
            date(2019, 2, 4),
            "La production dépasse l’objectif pour la première fois : 174 logements agréés. La "
            "rénovation progresse, sans atteindre encore son rythme. Nous proposons d’inscrire "
            "par écrit la part qu’Action Logement soutient.",
            (T, ""),
            {
                7: (P, "Le travail sur les jeunes est achevé, le reste à venir."),
                15: (P, "Deux communes intéressées, aucun chantier."),
                20: (P, "Étude en cours avec l’opérateur."),
                21: (S, "Dépend de l’opération programmée du centre ancien."),
                23: (O, "Campagne reportée à 2019 d’un commun accord."),
                25: (S, "Dépend des projets de quartier."),
                26: (O, "Aucun projet de filiale n’est à l’étude."),
                32: (P, "24 % pour 25 % : l’écart tient à deux commissions."),
                34: (S, "Les conventions de quartier ne sont pas signées."),
                13: (T, "174 logements agréés, objectif dépassé."),
            },
            unread=(17, 36, 38, 42, 43),
        ),
    ),
)
REVOYURES = (FIRST_REVIEW, SECOND_REVIEW)
