"""Ville de Besançon and its public housing office, 1998: seven titles without a number.

Only the council's deliberation is known, and of it only the day the prefecture received it.
"""

from datetime import date

from conventions.enums import ConventionKind, EffectBasis, MandateKind, Unit
from engagements.enums import IndicatorUnit, Recurrence, State, Strength
from reporting.demo.pieces import (
    BOTH,
    FIRST,
    SECOND,
    ArticleData,
    ConventionData,
    EngagementData,
    IndicatorData,
    PartyData,
    SignatoryData,
    SignatureData,
    StateData,
    TargetData,
    ValueData,
)

VILLE = PartyData(
    organisation="ville_besancon",
    alias="La Ville",
    as_signed={
        "name_as_signed": "Ville de Besançon",
        "legal_nature_as_signed": "commune",
        "siren_as_signed": "",
        "rna_as_signed": "",
        "address_as_signed": "",
    },
    mandate={
        "kind": MandateKind.DELIBERATION,
        "body": "Conseil municipal",
        "received_on": date(1998, 1, 12),
        "not_voting": 1,
        "note": (
            "Unanimité, après avis favorable de la commission Logement. M. Tissot, qui préside "
            "l’Office, n’a pas pris part au vote. Jour du vote inconnu."
        ),
    },
    signatories=(SignatoryData("Nom non porté à la délibération", "Maire de Besançon"),),
)
OFFICE = PartyData(
    organisation="ophlm",
    alias="L’Office",
    other_aliases=("OPHLM de Besançon",),
    as_signed={
        "name_as_signed": "Office public d’HLM de Besançon",
        "legal_nature_as_signed": "office public d’HLM",
        "siren_as_signed": "",
        "rna_as_signed": "",
        "address_as_signed": "",
    },
)

ARTICLES = (
    ArticleData(
        "",
        "Organisation de chacun",
        """
        L’Office compte quatre directions et 104 personnes. Il gère 5 300 logements, soit 34 % du
        parc HLM de la ville ; cinq conseillers municipaux siègent à son conseil d’administration.
        À la Ville, la direction générale, les services techniques, l’urbanisme et la cellule
        Logement sont ses interlocuteurs.
        """,
        depth=1,
    ),
    ArticleData(
        "",
        "Foncier et offre de logements",
        """
        [[1: L’Office réalise chaque année 50 à 60 logements neufs, dont 80 % dans la ville.]]
        [[2: Il en réserve si possible un sur quatre aux ménages les plus démunis]], en PLA très
        social.

        [[3: La Ville lui propose terrains et immeubles et aide, quand elle le peut, à équilibrer
        les opérations sociales.]] [[4: Elle garantit la moitié des emprunts.]] [[5: L’Office
        apporte son concours à la politique d’urbanisme et de logement de la commune.]]
        """,
        depth=1,
    ),
    ArticleData(
        "",
        "Gestion du patrimoine",
        """
        [[6: L’Office tient ses loyers à la mesure de ses locataires, autant que ses contraintes
        l’admettent, et aide à reloger les familles sinistrées.]] [[7: La Ville peut contribuer à
        des travaux sur ce patrimoine, s’ils profitent au quartier.]]
        """,
        depth=1,
    ),
    ArticleData(
        "",
        "Vie des quartiers",
        """
        [[8: Les parties négocient la part de chacune dans l’entretien des espaces extérieurs.]]
        [[9: Elles rapprochent leurs moyens contre la petite délinquance et pour l’insertion des
        habitants.]]
        """,
        depth=1,
    ),
    ArticleData(
        "",
        "Peuplement et attributions",
        """
        [[10: Les parties négocient des règles communes d’attribution, d’abord là où la situation
        est la plus difficile]], dans le prolongement du protocole qui lie déjà les bailleurs du
        Grand Besançon.
        """,
        depth=1,
    ),
    ArticleData(
        "",
        "Communication",
        """
        [[11: Elles mènent ensemble des actions de relations publiques ; chacune met en valeur, dès
        que possible, ce que fait l’autre.]]
        """,
        depth=1,
    ),
    ArticleData(
        "",
        "Rencontres et évaluation",
        """
        [[12: Les responsables des deux maisons font chaque trimestre le point des dossiers.]]
        [[13: Chaque année, l’une et l’autre présentent à leur assemblée un rapport qui évalue la
        convention]], [[duree: conclue pour trois ans.]]
        """,
        depth=1,
    ),
)

THEMES = {
    "offre": "Foncier et offre",
    "patrimoine": "Patrimoine",
    "quartiers": "Vie des quartiers",
    "attributions": "Attributions",
    "communication": "Communication",
    "suivi": "Rencontres et évaluation",
}
E = EngagementData
MOYENS, FERME = Strength.MOYENS, Strength.FERME
ENGAGEMENTS = (
    E("Réaliser 50 à 60 logements neufs par an", SECOND, "offre", FERME, Recurrence.ANNUELLE),
    E("Réserver un logement sur quatre aux plus démunis", SECOND, "offre", MOYENS),
    E("Proposer terrains et immeubles", FIRST, "offre", answers=(1,)),
    E("Garantir la moitié des emprunts", FIRST, "offre", answers=(1, 2)),
    E("Concourir à la politique d’urbanisme et de logement", SECOND, "offre", MOYENS),
    E("Tenir des loyers sociaux et aider à reloger les sinistrés", SECOND, "patrimoine"),
    E(
        "Contribuer à des travaux qui profitent au quartier",
        FIRST,
        "patrimoine",
        Strength.INTENTION,
        condition="l’amélioration de la vie du quartier",
        answers=(6,),
    ),
    E("Négocier la gestion des espaces extérieurs", BOTH, "quartiers", MOYENS),
    E("Coopérer contre l’insécurité et pour l’insertion", BOTH, "quartiers"),
    E("Négocier des règles communes d’attribution", BOTH, "attributions", MOYENS),
    E("Mener ensemble des relations publiques", BOTH, "communication"),
    E("Faire le point chaque trimestre", BOTH, "suivi", FERME, Recurrence.TRIMESTRIELLE),
    E("Présenter chaque année un rapport d’évaluation", BOTH, "suivi", FERME, Recurrence.ANNUELLE),
)

INDICATORS = (
    IndicatorData("NEUF", "Logements neufs réalisés par l’Office"),
    IndicatorData(
        "NEUF-VILLE",
        "Part des logements neufs dans la ville",
        IndicatorUnit.POURCENT,
        additive=False,
    ),
    IndicatorData(
        "TRES-SOCIAL", "Part des logements très sociaux", IndicatorUnit.POURCENT, additive=False
    ),
    IndicatorData("GARANTIE", "Part des emprunts garantie", IndicatorUnit.POURCENT, additive=False),
)
YEARS = (1998, 1999, 2000)
TARGETS = (
    TargetData("NEUF", YEARS, 50, engagement=1),
    TargetData("NEUF-VILLE", YEARS, 80, engagement=1),
    TargetData("TRES-SOCIAL", YEARS, 25, engagement=2),
    TargetData("GARANTIE", YEARS, 50, engagement=4),
)
RESULTS = {"NEUF": (54, 57, 49), "NEUF-VILLE": (81, 77, 84), "TRES-SOCIAL": (22, 26, 25)}
VALUES = (
    *(
        ValueData(code, year, quantity, SECOND, entered_on=date(year + 1, 3, 1))
        for code, quantities in RESULTS.items()
        for year, quantity in zip(YEARS, quantities, strict=True)
    ),
    *(ValueData("GARANTIE", year, 50, FIRST, entered_on=date(year + 1, 3, 1)) for year in YEARS),
)
STATES = (
    StateData(1, date(1999, 3, 1), SECOND, State.TENU, "54 logements livrés en 1998."),
    StateData(3, date(1999, 3, 1), FIRST, State.EN_COURS),
    StateData(4, date(1999, 3, 1), FIRST, State.TENU),
    StateData(8, date(1999, 6, 7), FIRST, State.TENU, "Répartition arrêtée pour cinq quartiers."),
    StateData(12, date(2001, 1, 15), FIRST, State.TENU, "Onze rencontres sur douze."),
    StateData(13, date(2001, 1, 22), FIRST, State.TENU, "Troisième rapport présenté."),
)

OPHLM = ConventionData(
    reference="OPHLM-1998",
    title="Convention-cadre Ville de Besançon et Office public d’HLM, 1998",
    kind=ConventionKind.VILLE_BAILLEUR,
    territory=("commune", "25056"),
    drafted_by="ville_besancon",
    begun_on=date(1998, 1, 19),
    parties=(VILLE, OFFICE),
    visas=("Vu la délibération du conseil municipal reçue en préfecture le 12 janvier 1998 ;",),
    articles=ARTICLES,
    duration={"quantity": 3, "unit": Unit.ANS, "trigger": ""},
    signature=SignatureData(
        signed_on=date(1998, 2, 2),
        starts_on=date(1998, 2, 2),
        place="Besançon",
        basis=EffectBasis.HYPOTHESE,
        note=(
            "Seule la délibération est connue ; elle ne dit ni le jour de la signature ni celui de "
            "la prise d’effet. Le 2 février 1998 est supposé pour la démonstration."
        ),
        override_reason=(
            "Reprise d’une convention signée avant le portail : le jour du vote et le signataire "
            "de l’Office sont inconnus."
        ),
    ),
    closed=(date(2001, 2, 1), "Terme passé ; fin constatée pour la démonstration."),
    themes=THEMES,
    engagements=ENGAGEMENTS,
    indicators=INDICATORS,
    targets=TARGETS,
    values=VALUES,
    states=STATES,
    note=(
        "Viennent de la délibération publique : les parties, le plan en sept titres, les "
        "engagements, les objectifs et la réception en préfecture du 12 janvier 1998.",
        "Sont supposés : le jour de la signature et celui de la prise d’effet, le 2 février 1998, "
        "et la fin constatée en 2001.",
        "Sont inventés : les résultats et les états.",
        "La rédaction est celle du portail ; elle ne reprend aucune phrase de la délibération.",
    ),
)
