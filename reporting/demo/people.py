"""Who is in the demonstration: real organisations, one that is not, and people all made up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from accounts.enums import OrganisationKind, Role

PASSWORD = "revoyure-demo"  # noqa: S105 - public on purpose; the command refuses production

BOURGOGNE_FRANCHE_COMTE = "27"
PROVENCE, CORSE = "93", "94"
ADMINISTRATOR = "admin@demo.demo"


@dataclass(frozen=True)
class OrganisationData:
    kind: OrganisationKind
    name: str
    facts: Mapping[str, str] = field(default_factory=dict)
    territory: tuple[str, str] | None = None
    acts_for: str = ""
    regions: tuple[str, ...] = ()


@dataclass(frozen=True)
class AccountData:
    """A person. `until` is the last day of a membership that ended; no organisation, no role."""

    email: str
    first_name: str
    last_name: str
    job_title: str
    organisation: str = ""
    role: Role | None = None
    since: date = date(2017, 1, 1)
    until: date | None = None


ORGANISATIONS: Mapping[str, OrganisationData] = {
    "grand_besancon": OrganisationData(
        OrganisationKind.EPCI,
        "Grand Besançon Métropole",
        {"siren": "242500361", "legal_nature": "communauté urbaine"},
        ("epci", "242500361"),
    ),
    "dijon": OrganisationData(
        OrganisationKind.EPCI,
        "Dijon métropole",
        {"siren": "242100410", "legal_nature": "métropole"},
        ("epci", "242100410"),
    ),
    "amp": OrganisationData(
        OrganisationKind.EPCI,
        "Métropole Aix-Marseille-Provence",
        {"siren": "200054807", "legal_nature": "métropole"},
        ("epci", "200054807"),
    ),
    "val_de_brenne": OrganisationData(
        OrganisationKind.EPCI,
        "Communauté d’agglomération du Val-de-Brenne (fictive)",
        {
            "siren": "999000003",
            "legal_nature": "communauté d’agglomération",
            "address": "1 place du Port, 21901 Valbrenne (adresse fictive)",
            "reminder_email": "habitat@demo.demo",
        },
        ("epci", "999000003"),
    ),
    "action_logement": OrganisationData(
        OrganisationKind.ACTION_LOGEMENT,
        "Action Logement Groupe",
        {
            "siren": "824581623",
            "rna": "W751236716",
            "legal_nature": "association régie par la loi du 1er juillet 1901",
            "address": "66 avenue du Maine, 75014 Paris",
        },
    ),
    "delegation_bfc": OrganisationData(
        OrganisationKind.DELEGATION,
        "Action Logement, délégation Bourgogne-Franche-Comté",
        acts_for="action_logement",
        regions=(BOURGOGNE_FRANCHE_COMTE,),
    ),
    "delegation_paca": OrganisationData(
        OrganisationKind.DELEGATION,
        "Action Logement, délégation Provence-Alpes-Côte d’Azur–Corse",
        acts_for="action_logement",
        regions=(PROVENCE, CORSE),
    ),
    "ville_besancon": OrganisationData(
        OrganisationKind.COMMUNE,
        "Ville de Besançon",
        {"siren": "212500565", "legal_nature": "commune"},
        ("commune", "25056"),
    ),
    "ophlm": OrganisationData(
        OrganisationKind.BAILLEUR,
        "Office public d’HLM de Besançon",
        {"legal_nature": "office public d’HLM"},
        ("commune", "25056"),
    ),
}

ACCOUNTS = (
    AccountData(
        "agent@besancon.demo",
        "Claire",
        "Vuillemin",
        "Chargée de mission habitat",
        "grand_besancon",
        Role.RESPONSABLE,
    ),
    AccountData(
        "elu@besancon.demo",
        "Hélène",
        "Marchal",
        "Vice-présidente déléguée à l’habitat",
        "grand_besancon",
        Role.SIGNATAIRE,
    ),
    AccountData(
        "ville@besancon.demo",
        "Sophie",
        "Jeannin",
        "Responsable du logement, Ville de Besançon",
        "ville_besancon",
        Role.RESPONSABLE,
        date(1998, 1, 1),
    ),
    AccountData(
        "bailleur@besancon.demo",
        "Denis",
        "Faivre",
        "Directeur du développement",
        "ophlm",
        Role.RESPONSABLE,
        date(1998, 1, 1),
    ),
    AccountData(
        "ancien@besancon.demo",
        "Rémi",
        "Courtot",
        "Ancien chargé de mission, parti en 2023",
        "grand_besancon",
        Role.CONTRIBUTEUR,
        until=date(2023, 6, 30),
    ),
    AccountData(
        "agent@dijon.demo",
        "Yann",
        "Perrot",
        "Chef de projet habitat",
        "dijon",
        Role.RESPONSABLE,
    ),
    AccountData(
        "agent@amp.demo",
        "Nadia",
        "Bellon",
        "Responsable du pôle habitat",
        "amp",
        Role.RESPONSABLE,
    ),
    AccountData(
        "agent@demo.demo",
        "Camille",
        "Aubertin",
        "Directrice de l’habitat",
        "val_de_brenne",
        Role.ADMINISTRATEUR,
    ),
    AccountData(
        "elu@demo.demo",
        "Jeanne",
        "Lambelin",
        "Présidente de la communauté d’agglomération",
        "val_de_brenne",
        Role.SIGNATAIRE,
    ),
    AccountData(
        "lecteur@demo.demo",
        "Paul",
        "Royer",
        "Adjoint à l’urbanisme, Pont-de-Brenne",
        "val_de_brenne",
        Role.LECTEUR,
    ),
    AccountData(
        "delegation-bfc@actionlogement.demo",
        "Inès",
        "Roche",
        "Directrice territoriale",
        "delegation_bfc",
        Role.RESPONSABLE,
    ),
    AccountData(
        "delegation-paca@actionlogement.demo",
        "Karim",
        "Santini",
        "Chargé des relations avec les collectivités",
        "delegation_paca",
        Role.RESPONSABLE,
    ),
    AccountData(ADMINISTRATOR, "Alix", "Garnier", "Administration du portail"),
)

# Who speaks for an organisation in the demonstration, where it is bound.
SPEAKERS: Mapping[str, str] = {
    "grand_besancon": "agent@besancon.demo",
    "dijon": "agent@dijon.demo",
    "amp": "agent@amp.demo",
    "val_de_brenne": "agent@demo.demo",
    "ville_besancon": "ville@besancon.demo",
    "ophlm": "bailleur@besancon.demo",
}
REGIONAL_SPEAKERS: Mapping[str, str] = {
    BOURGOGNE_FRANCHE_COMTE: "delegation-bfc@actionlogement.demo",
    PROVENCE: "delegation-paca@actionlogement.demo",
}
