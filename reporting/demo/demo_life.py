"""The fictitious Val-de-Brenne: figures, declarations and reviews, up to the day of loading."""

from datetime import date

from engagements.enums import Appreciation, Outcome, State, ValueStatus
from reporting.demo.demo_calendar import DemoCalendar
from reporting.demo.demo_engagements import FONTAINE, MONTFORT, PONT, VALBRENNE
from reporting.demo.pieces import (
    FIRST,
    SECOND,
    ContributionData,
    RevoyureData,
    StateData,
    ValueData,
)

PROVISOIRE, INCONNU = ValueStatus.PROVISOIRE, ValueStatus.NON_COMMUNIQUE


def values(days: DemoCalendar) -> tuple[ValueData, ...]:
    return (*_last_year(days), *_this_year(days))


def _last_year(days: DemoCalendar) -> tuple[ValueData, ...]:
    year, known = days.year - 1, days.of_the_year(1, 22)
    sides = (
        (FIRST, {"INV-06": 164, "INV-07": 268_000, "ATT-05-VB": 26.5, "GOV-01": 2}),
        (SECOND, {"RES-01": 1_120_000, "SAL-01": 412, "SAL-02": 986_000, "ATT-01": 57}),
        (SECOND, {"INV-01": 1_450_000, "INV-03": 74, "ATT-05-AL": 22}),
    )
    communes = ((VALBRENNE, 66), (MONTFORT, 25), (PONT, 14), (FONTAINE, 12))
    return (
        ValueData("OFF-01", year, 118, FIRST, status=PROVISOIRE, entered_on=known),
        *(
            ValueData(code, year, quantity, side, entered_on=known)
            for side, figures in sides
            for code, quantity in figures.items()
        ),
        *(
            ValueData("OFF-01", year, quantity, FIRST, entered_on=known, territory=commune)
            for commune, quantity in communes
        ),
        ValueData(
            "OFF-01",
            year,
            127,
            FIRST,
            entered_on=days.of_the_year(2, 9),
            corrects="Neuf agréments de décembre sont parvenus après la première saisie.",
        ),
        ValueData(
            "DEM-01",
            year,
            None,
            SECOND,
            status=INCONNU,
            comment="Extraction en attente.",
            entered_on=known,
        ),
    )


def _this_year(days: DemoCalendar) -> tuple[ValueData, ...]:
    """The running year: provisional figures, two gaps said, and one share that nobody gave."""
    year, known = days.year, days.at_work(-15)
    as_of = min(days.at_work(-21), date(year, 12, 31))
    sides = (
        (FIRST, {"OFF-01": 83, "INV-06": 142, "ATT-05-VB": 27}),
        (SECOND, {"SAL-01": 351, "ATT-01": 48}),
    )
    communes = ((VALBRENNE, 41), (MONTFORT, 26), (FONTAINE, 6))
    return (
        *(
            ValueData(code, year, quantity, side, status=PROVISOIRE, as_of=as_of, entered_on=known)
            for side, figures in sides
            for code, quantity in figures.items()
        ),
        *(
            ValueData(
                "OFF-01",
                year,
                quantity,
                FIRST,
                status=PROVISOIRE,
                as_of=as_of,
                entered_on=known,
                territory=commune,
            )
            for commune, quantity in communes
        ),
        ValueData(
            "OFF-01",
            year,
            None,
            FIRST,
            status=INCONNU,
            comment="La commune n’a pas encore répondu.",
            entered_on=known,
            territory=PONT,
        ),
        ValueData(
            "RES-01",
            year,
            None,
            SECOND,
            status=INCONNU,
            comment="Connue après la clôture de l’exercice.",
            entered_on=known,
        ),
        ValueData("GOV-01", year, 1, FIRST, entered_on=days.at_work(-58)),
    )


def states(days: DemoCalendar) -> tuple[StateData, ...]:
    return (*_first_steps(days), *_disputes(days), *_turns(days))


def _first_steps(days: DemoCalendar) -> tuple[StateData, ...]:
    start, under_way = days.at_work(-520), State.EN_COURS
    return (
        *(StateData(number, start, FIRST, under_way) for number in (4, 7, 16, 24, 27)),
        *(StateData(number, start, SECOND, under_way) for number in (8, 12)),
        StateData(
            19,
            days.at_work(-480),
            FIRST,
            State.SUSPENDU,
            "Deux partenaires sur cinq ont signé la convention des Tanneries.",
        ),
        StateData(
            11,
            days.at_work(-470),
            SECOND,
            State.SUSPENDU,
            "L’opération programmée n’est pas encore lancée.",
        ),
        StateData(2, days.at_work(-380), FIRST, State.TENU, "Deux ateliers d’analyse communs."),
        StateData(
            3,
            days.at_work(-340),
            FIRST,
            State.TENU,
            "Première note publiée.",
            evidence="Observatoire partagé, note n° 1",
        ),
        StateData(
            13,
            days.at_work(-205),
            SECOND,
            State.TENU,
            "Ouvert deux jours par semaine.",
            evidence="Procès-verbal d’ouverture du guichet commun",
        ),
        StateData(
            15,
            days.at_work(-160),
            FIRST,
            State.TENU,
            "Terrain du quai Sud, 2 400 m².",
            evidence="Plan du terrain du quai Sud",
        ),
        StateData(14, days.at_work(-90), SECOND, State.EN_COURS, "Étude confiée à un cabinet."),
        StateData(10, days.at_work(-75), FIRST, State.EN_COURS, "Opérateur retenu."),
        StateData(
            20,
            days.at_work(-30),
            SECOND,
            State.SANS_OBJET,
            "Le projet des Tanneries ne libère plus de terrain.",
        ),
    )


def _disputes(days: DemoCalendar) -> tuple[StateData, ...]:
    return (
        StateData(17, days.at_work(-190), FIRST, State.EN_COURS, "Une première réunion tenue."),
        StateData(
            17,
            days.at_work(-97),
            FIRST,
            State.TENU,
            "Plan adopté après consultation.",
            evidence="Plan partenarial de gestion de la demande, version adoptée",
        ),
        StateData(
            17,
            days.at_work(-84),
            SECOND,
            State.CONTESTE,
            "Notre avis a été demandé huit jours après le vote : nous n’avons pas été associés.",
            evidence="Courrier de demande d’avis reçu par Action Logement",
        ),
    )


def _turns(days: DemoCalendar) -> tuple[StateData, ...]:
    return (
        StateData(
            1,
            days.at_work(-400),
            SECOND,
            State.TENU,
            "Premier envoi, onze communes sur douze.",
            next_due_on=days.at_work(-43),
        ),
        StateData(
            5,
            days.at_work(-255),
            SECOND,
            State.TENU,
            "Trois opérations annoncées.",
            next_due_on=days.at_work(100),
        ),
        StateData(
            18,
            days.at_work(-112),
            SECOND,
            State.TENU,
            "Compte rendu du semestre remis.",
            next_due_on=days.at_work(70),
        ),
        StateData(
            23,
            days.at_work(-60),
            FIRST,
            State.TENU,
            "Réunion tenue à la pépinière d’entreprises.",
            next_due_on=days.at_work(118),
        ),
    )


T, P, N = Appreciation.TENU, Appreciation.EN_PARTIE, Appreciation.NON_TENU
S, O = Appreciation.SUSPENDU, Appreciation.SANS_OBJET  # noqa: E741


def revoyures(days: DemoCalendar) -> tuple[RevoyureData, ...]:
    return (_first_review(days), _open_review(days))


def _first_review(days: DemoCalendar) -> RevoyureData:
    not_yet = (O, "Pas encore échu pour l’année revue.")
    return RevoyureData(
        year=days.year - 1,
        opened_on=days.of_the_year(1, 15),
        contributions=(
            ContributionData(
                FIRST,
                days.of_the_year(2, 10),
                "La première année tient ses promesses sur la production, avec 127 logements "
                "agréés. La rénovation reste en deçà : 164 logements pour 200. Nous avons installé "
                "l’observatoire ; il manque encore les demandes des salariés.",
                not_yet,
                {
                    2: (T, ""),
                    3: (T, ""),
                    4: (T, "127 logements agréés pour 120."),
                    7: (P, "164 logements rénovés pour 200."),
                    16: (T, "26,5 % sur notre contingent."),
                    19: (S, "Trois signatures manquent."),
                    21: (N, "Le document n’a pas été écrit, faute de temps."),
                    24: (T, ""),
                    27: (T, ""),
                },
                handed_over_on=days.of_the_year(2, 10),
            ),
            ContributionData(
                SECOND,
                days.of_the_year(2, 17),
                "Les aides ont touché 412 salariés. Notre contingent reste sous l’objectif pour "
                "les publics prioritaires, avec 22 %. Nous attendons la prospective économique par "
                "écrit, et demandons que la part de rénovation soutenue soit chiffrée.",
                not_yet,
                {
                    1: (P, "Onze communes sur douze ; la dernière suivra."),
                    3: (T, ""),
                    8: (P, "Un seul programme accompagné."),
                    11: (S, "Dépend de l’opération programmée."),
                    12: (T, "412 salariés aidés pour 400."),
                    16: (P, "22 % sur notre contingent, pour 25 %."),
                    19: (S, "Trois signatures manquent."),
                    21: (N, "Rien ne nous est parvenu."),
                    27: (T, ""),
                },
                handed_over_on=days.of_the_year(2, 17),
            ),
        ),
        meeting_on=days.of_the_year(3, 5),
        frozen_on=days.of_the_year(3, 12),
        outcome=Outcome.AVENANT,
        conclusion=(
            "Un avenant fixera la part de rénovation que chacun soutient. D’ici là, les "
            "engagements demeurent ; la prospective économique sera remise par écrit."
        ),
    )


def _open_review(days: DemoCalendar) -> RevoyureData:
    return RevoyureData(
        year=days.year,
        opened_on=days.at_work(-20),
        contributions=(
            ContributionData(
                FIRST,
                days.at_work(-6),
                "Projet de lecture, à compléter après le comité technique.",
                (T, ""),
                {
                    4: (P, "83 logements agréés à ce jour, 31 autres à l’instruction."),
                    7: (P, "142 logements rénovés à ce jour."),
                    19: (S, "Deux signatures manquent encore."),
                },
                unread=(6, 9, 10, 16, 17, 21, 23, 25, 26, 27),
            ),
            ContributionData(
                SECOND,
                days.at_work(-3),
                "",
                (T, ""),
                {
                    1: (N, "L’envoi de cette année n’est pas parti."),
                    14: (P, "L’étude sera rendue le mois prochain."),
                    17: (N, "Notre avis a été demandé après le vote."),
                },
                unread=(3, 6, 8, 9, 11, 12, 13, 16, 18, 19, 20, 22, 23, 25, 26, 27),
            ),
        ),
        meeting_on=days.at_work(45),
    )
