"""The fictitious Val-de-Brenne: its first avenant, signed, and the second, being negotiated."""

from dataclasses import dataclass
from datetime import date

from conventions.enums import MandateKind
from reporting.demo.demo_calendar import DemoCalendar
from reporting.demo.demo_epci import PRESIDENT

# What the initial text defines; the first avenant says «CIL» anew, as the law did.
DEFINITIONS = (
    ("CIL", "comité interprofessionnel du logement, devenu Action Logement Services"),
    (
        "Salarié",
        "toute personne qui travaille dans une entreprise du Val-de-Brenne, où qu’elle vive",
    ),
)


@dataclass(frozen=True)
class AvenantDays:
    """The days of an avenant; `signed_on` is None while it is negotiated."""

    begun_on: date
    effective_on: date
    signed_on: date | None = None


RENOVATION = {
    "title": "Part de chacun dans la rénovation et accueil à Montfort",
    "purpose": (
        "La revoyure a conclu qu’un avenant fixerait la part de rénovation que chacun soutient. "
        "Texte, personnes et chiffres sont fictifs."
    ),
    "article": "2.2.2",
    "heading": "Rénovation du parc social",
    "body": (
        "La communauté d’agglomération subventionne la rénovation de 200 logements par an, dans la "
        "limite de 300 000 €. Action Logement accompagne ces programmes par ses prêts. Chaque "
        "année, les parties fixent la part que chacune soutient.\n\n"
        "Sauf autre accord du comité, cette part est la suivante :\n\n"
        "| Partie | Logements par an |\n"
        "|---|---|\n"
        "| Val-de-Brenne | 120 |\n"
        "| Action Logement | 80 |"
    ),
    "after": "2.3",
    "new_heading": "Accueil à Montfort-sur-Brenne",
    "new_body": (
        "Le guichet commun tient une permanence **deux matinées par mois** à Montfort-sur-Brenne. "
        "Ses règles sont celles de l’{guichet}. La CIL en suit la fréquentation."
    ),
    "term": "CIL",
    "meaning": "conférence intercommunale du logement, que président le préfet et le Val-de-Brenne",
    "indicator": "OFF-01",
    "quantity": 130,
}

PROROGATION = {
    "title": "Prorogation d’un an et suivi semestriel",
    "purpose": (
        "Le renouvellement urbain des Tanneries finira un an après le terme : les parties "
        "souhaitent le suivre jusqu’au bout. Tout est fictif ici."
    ),
    "article": "5",
    "heading": "Durée",
    "body": (
        "La convention prend effet le jour de la dernière signature et dure trois ans. Elle est "
        "prorogée d’un an à compter de son terme. Un avenant signé avant son nouveau terme peut la "
        "proroger encore."
    ),
    "wording": "prorogée d’un an à compter de son terme",
    "followed": "3",
    "followed_heading": "Suivi et évaluation",
    "followed_body": (
        "La communauté d’agglomération organise le suivi avec ses douze communes. Les parties "
        "dressent chaque année le bilan de la convention, joint au rapport d’activité adressé aux "
        "maires.\n\n"
        "Un point d’étape se tient chaque semestre :\n\n"
        "- les logements agréés et livrés ;\n"
        "- les attributions, quartier par quartier ;\n"
        "- ce qui prend du retard, et pourquoi."
    ),
    "passage": "Un point d’étape se tient chaque semestre",
    "question": "Deux points suffisent-ils la dernière année, ou en faut-il un par trimestre ?",
    "answer": "Un par semestre nous convient, si les chiffres arrivent quinze jours avant.",
    "proposed": (
        "ce qui prend du retard, et pourquoi.",
        "ce qui prend du retard, et pourquoi ;\n"
        "- les chiffres, remis quinze jours avant la réunion.",
    ),
    "reason": "Sans les chiffres à l’avance, le comité les découvre en séance.",
    "handed": "Notre projet est complet : à vous de le lire.",
    "returned": "Une proposition à l’article 3, et notre accord sur la durée.",
    "internal": "À voir avec le service habitat avant de répondre : qui produit ces chiffres ?",
}

# What Action Logement has answered so far of the procedure; the rest waits.
ANSWERS = (
    ("r11", "oui", "Concertation régionale tenue en visioconférence (fictive)."),
    ("r18", "oui", "Présents : les entités de la région ; aucune excusée (fictif)."),
)


def first_days(days: DemoCalendar) -> AvenantDays:
    return AvenantDays(days.at_work(-150), days.at_work(-120), days.at_work(-127))


def second_days(days: DemoCalendar) -> AvenantDays:
    """Begun lately, to take effect in two months."""
    return AvenantDays(days.at_work(-9), days.in_days(60))


def powers(days: DemoCalendar) -> tuple[dict, dict]:
    """What empowers each side to sign the first avenant."""
    when = first_days(days)
    vote = {
        "kind": MandateKind.DELIBERATION,
        "body": "Conseil communautaire",
        "number": f"{when.begun_on.year}-058",
        "adopted_on": when.begun_on,
        "votes_for": 44,
        "votes_against": 0,
        "abstentions": 2,
        "members_in_office": 48,
        "voters": 46,
        "transmitted_on": days.at_work(-146),
        "received_on": days.at_work(-146),
        "published_on": days.at_work(-145),
        "certified_on": days.at_work(-145),
        "certified_by": f"{PRESIDENT.name}, {PRESIDENT.capacity.lower()}",
    }
    power = {
        "kind": MandateKind.POUVOIR,
        "body": "Action Logement Groupe",
        "number": f"BFC-{when.begun_on.year}-31",
        "adopted_on": days.at_work(-155),
    }
    return vote, power
