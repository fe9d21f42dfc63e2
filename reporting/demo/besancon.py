"""Grand Besançon and Action Logement, 2017-2019: who signed, on what authority, under what rules.

The parties, the deliberation and the 2016 figures are those of the public act. It bears neither a
signature date nor a starting point: the dates given here are assumed, and say so.
"""

from datetime import date

from conventions.enums import EffectBasis, MandateKind, TerminationGround, Trigger, Unit
from reporting.demo.besancon_engagements import ENGAGEMENTS, INDICATORS, TARGETS, THEMES
from reporting.demo.besancon_life import REVOYURES, STATES, VALUES
from reporting.demo.besancon_text import ARTICLES, VISAS
from reporting.demo.pieces import (
    ConventionData,
    PartyData,
    SignatoryData,
    SignatureData,
    TerminationData,
)

GRAND_BESANCON = PartyData(
    organisation="grand_besancon",
    alias="Grand Besançon",
    other_aliases=("Le Grand Besançon", "la CAGB"),
    as_signed={
        "name_as_signed": "Communauté d’agglomération du Grand Besançon",
        "legal_nature_as_signed": "communauté d’agglomération",
        "siren_as_signed": "",
        "rna_as_signed": "",
        "address_as_signed": "",
    },
    mandate={
        "kind": MandateKind.DELIBERATION,
        "body": "Conseil de communauté",
        "number": "2017/003870",
        "adopted_on": date(2017, 11, 16),
        "votes_for": 115,
        "votes_against": 0,
        "abstentions": 2,
        "not_voting": 0,
        "members_in_office": 129,
        "received_on": date(2017, 11, 29),
        "note": "Rapport n° 5.1. Préfecture du Doubs.",
    },
    signatories=(SignatoryData("Jean-Louis FOUSSERET", "Président"),),
)
ACTION_LOGEMENT = PartyData(
    organisation="action_logement",
    alias="Action Logement",
    as_signed={
        "name_as_signed": "Action Logement Groupe",
        "legal_nature_as_signed": "association régie par la loi du 1er juillet 1901",
        "siren_as_signed": "824581623",
        "rna_as_signed": "W751236716",
        "address_as_signed": "66 avenue du Maine, 75014 Paris",
    },
    mandate={
        "kind": MandateKind.POUVOIR,
        "body": "Action Logement Groupe",
        "note": "L’acte dit les deux signataires habilités, sans date ni référence.",
    },
    signatories=(
        SignatoryData("Dominique BOURGOIS", "Président du comité régional Bourgogne-Franche-Comté"),
        SignatoryData(
            "Fabrice MARTINERIE", "Vice-président du comité régional Bourgogne-Franche-Comté"
        ),
    ),
)

BESANCON = ConventionData(
    reference="BESANCON-2017",
    title="Convention-cadre pour le logement des salariés, Grand Besançon, 2017-2019",
    territory=("epci", "242500361"),
    drafted_by="grand_besancon",
    begun_on=date(2017, 12, 4),
    parties=(GRAND_BESANCON, ACTION_LOGEMENT),
    visas=VISAS,
    articles=ARTICLES,
    duration={"quantity": 3, "unit": Unit.ANS, "trigger": "", "prorogation_possible": True},
    revoyure={
        "opens_month": 12,
        "opens_day": 15,
        "contribution_days": 45,
        "meeting_days": 62,
        "freeze_days": 69,
        "transmission_days": 90,
    },
    terminations=(
        TerminationData(
            "sans_motif",
            {
                "ground": TerminationGround.SANS_MOTIF,
                "quantity": 3,
                "unit": Unit.MOIS,
                "trigger": Trigger.ENVOI,
                "form": "lettre recommandée avec avis de réception",
            },
        ),
        TerminationData(
            "manquement",
            {
                "ground": TerminationGround.MANQUEMENT,
                "quantity": 3,
                "unit": Unit.MOIS,
                "trigger": Trigger.DEPOT_RECEPISSE,
                "form": "lettre déposée contre récépissé, valant mise en demeure",
            },
        ),
    ),
    signature=SignatureData(
        signed_on=date(2017, 12, 11),
        starts_on=date(2017, 12, 11),
        place="Besançon",
        basis=EffectBasis.HYPOTHESE,
        note=(
            "L’acte ne porte ni date de signature ni point de départ. La signature et la prise "
            "d’effet au 11 décembre 2017 sont supposées pour la démonstration, après la réception "
            "de la délibération en préfecture."
        ),
        override_reason=(
            "Reprise d’une convention signée avant le portail : l’acte ne date pas les pouvoirs du "
            "comité régional d’Action Logement et ne dit pas quand la délibération fut publiée."
        ),
    ),
    themes=THEMES,
    engagements=ENGAGEMENTS,
    indicators=INDICATORS,
    targets=TARGETS,
    values=VALUES,
    states=STATES,
    revoyures=REVOYURES,
    note=(
        "Viennent de l’acte public : les parties, les signataires, la délibération et son vote, "
        "le plan des articles, les engagements, les objectifs et les chiffres de 2016.",
        "Sont supposés : le jour de la signature et celui de la prise d’effet, le 11 décembre "
        "2017, et le calendrier de la revoyure.",
        "Sont inventés : les chiffres de 2017 et de 2018, les états, les avis et leurs preuves.",
        "La rédaction des articles est celle du portail ; elle ne reprend aucune phrase de l’acte.",
    ),
)
