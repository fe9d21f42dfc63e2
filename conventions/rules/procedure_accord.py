"""The rules of the procedure note on who negotiates, agrees, is told and signs; and the whole list.

The portal adds two rules of its own, `p01` and `p02`: a text still with holes, or without its
review, would be signed by oversight.
"""

from conventions.rules.procedure import (
    SOURCE,
    YES_NO,
    YES_ONLY,
    Modality,
    Question,
    Reach,
    Rule,
    Side,
)
from conventions.rules.procedure_contenu import (
    AGREEMENTS,
    BODIES,
    CONTENU,
    EVERYWHERE,
    LOCAL_BODIES,
    TERRITORIAL,
)
from conventions.rules.procedure_etudes import ETUDES_ET_LEVIERS

M = Modality
NEGOCIATION = "Négociation et concertation"
SIGNATURE = "Qui signe"
ACCORD = "Accords préalables"
DIFFUSION = "Diffusion du projet"
PORTAIL = "Ce que le portail ajoute"

GROUP = "L’UESL est devenue Action Logement Groupe le 1er janvier 2017."
DELEGATE = "Le délégué territorial est aujourd’hui la direction régionale d’Action Logement."

PROCEDURE = (
    Rule(
        "r11",
        NEGOCIATION,
        M.MUST,
        27,
        "L’UESL conduit la négociation, après concertation des acteurs d’Action Logement en "
        "conférence régionale.",
        TERRITORIAL,
        today=f"{GROUP} {LOCAL_BODIES}",
        question=Question(
            "La concertation régionale a-t-elle eu lieu ?",
            by=Side.ACTION_LOGEMENT,
            replies=YES_NO,
            good=YES_ONLY,
            dated="Date de la concertation",
            evidence="Compte rendu",
            otherwise="La concertation régionale manque : demandez-la à Action Logement, puis "
            "donnez-en la date.",
        ),
        blocking=True,
    ),
    Rule(
        "r18",
        NEGOCIATION,
        M.MUST,
        47,
        "La négociation réunit, en conférence régionale, tous les collecteurs présents sur le "
        "territoire.",
        TERRITORIAL,
        today=f"{BODIES} {LOCAL_BODIES}",
        question=Question(
            "Les entités et filiales d’Action Logement présentes sur le territoire ont-elles été "
            "convoquées ou excusées ?",
            by=Side.ACTION_LOGEMENT,
            replies=YES_NO,
            good=YES_ONLY,
            noted="Leur liste, avec les présents et les excusés",
            otherwise="Réunissez les entités d’Action Logement présentes sur le territoire.",
        ),
    ),
    Rule(
        "r08",
        ACCORD,
        M.MUST_NOT,
        21,
        "La convention n’empêche pas la Foncière Logement et l’APAGL de passer leurs propres "
        "accords.",
        AGREEMENTS,
        today=GROUP,
        check="exclusivity",
        question=Question(
            "Ces mots laissent-ils la Foncière Logement et l’APAGL libres de leurs accords ?",
            by=Side.ACTION_LOGEMENT,
            replies=YES_NO,
            good=YES_ONLY,
            otherwise="Le texte fermerait la porte à la Foncière Logement ou à l’APAGL : "
            "réservez leurs accords.",
            depends="passages",
        ),
    ),
    Rule(
        "r23",
        ACCORD,
        M.MAY,
        53,
        "Une entité d’Action Logement peut s’accorder seule avec une collectivité, sous les deux "
        "conditions qui suivent.",
        frozenset({Reach.INDIVIDUAL}),
        today=BODIES,
    ),
    Rule(
        "r24",
        ACCORD,
        M.MUST,
        53,
        "Une exclusivité de relation avec la collectivité demande l’accord préalable de l’UESL.",
        AGREEMENTS,
        today=f"{GROUP} L’accord se demande à Action Logement Groupe.",
        check="exclusivity",
        question=Question(
            "L’accord préalable d’Action Logement Groupe à cette exclusivité est-il donné ? "
            "Répondez « sans objet » si ces mots ne créent aucune exclusivité.",
            by=Side.ACTION_LOGEMENT,
            dated="Date de l’accord",
            evidence="Lettre d’accord",
            otherwise="Le texte prévoit une exclusivité sans accord préalable : demandez-le, ou "
            "retirez ces mots.",
            depends="passages",
        ),
        blocking=True,
    ),
    Rule(
        "r25",
        ACCORD,
        M.MUST,
        53,
        "Quand des subventions, des prêts ou des participations demandent un accord ou un avis "
        "préalable, le projet est joint à la demande.",
        AGREEMENTS,
        today=GROUP,
        check="investments",
        question=Question(
            "Le projet a-t-il été joint à la demande d’accord ou d’avis préalable ? Répondez "
            "« sans objet » si aucun n’est requis.",
            by=Side.ACTION_LOGEMENT,
            dated="Date de la demande",
            evidence="Demande envoyée",
            otherwise="Adressez la demande d’accord ou d’avis, avec le projet, avant de signer.",
            depends="passages",
        ),
        blocking=True,
    ),
    Rule(
        "r26",
        DIFFUSION,
        M.MUST,
        55,
        "Le délégué territorial reçoit les projets de convention.",
        AGREEMENTS,
        today=DELEGATE,
        question=Question(
            "Ce texte a-t-il été envoyé à la direction régionale d’Action Logement ?",
            replies=YES_NO,
            good=YES_ONLY,
            dated="Date de l’envoi",
            evidence="Accusé de réception",
            otherwise="Envoyez le projet à la direction régionale d’Action Logement, puis donnez "
            "la date de l’envoi.",
            depends="text",
        ),
        blocking=True,
    ),
    Rule(
        "r12",
        SIGNATURE,
        M.MUST,
        29,
        "Les signataires suivent les contenus : qui doit quelque chose signe.",
        EVERYWHERE,
        check="debtors_sign",
    ),
    Rule(
        "r19",
        SIGNATURE,
        M.MUST,
        47,
        "Une partie au moins des collecteurs présents signe, et leurs filiales s’il y a lieu.",
        TERRITORIAL,
        today=f"{BODIES} Une entité d’Action Logement signe donc toujours.",
        check="action_logement_signs",
        blocking=True,
    ),
    Rule(
        "r20",
        SIGNATURE,
        M.MAY,
        47,
        "D’autres entités, filiales, la Foncière Logement ou l’APAGL peuvent signer, en "
        "concertation avec l’UESL.",
        TERRITORIAL,
        today=GROUP,
        check="other_signatories",
        question=Question(
            "Action Logement Groupe a-t-il été consulté sur ces signataires ?",
            by=Side.ACTION_LOGEMENT,
            dated="Date de la concertation",
            otherwise="Consultez Action Logement Groupe sur ces signataires.",
            depends="parties",
        ),
    ),
    Rule(
        "r21",
        SIGNATURE,
        M.MUST,
        49,
        "L’UESL signe, ou assiste à la signature, quand des engagements financiers collectifs "
        "n’ont pas de débiteur désigné.",
        AGREEMENTS,
        today=GROUP,
        check="collective_money",
        question=Question(
            "Action Logement Groupe signe-t-il, ou sera-t-il présent à la signature ?",
            by=Side.ACTION_LOGEMENT,
            replies=YES_NO,
            good=YES_ONLY,
            otherwise="Ajoutez Action Logement Groupe aux signataires, ou invitez-le à la "
            "signature.",
            depends="engagements",
        ),
    ),
    Rule(
        "r22",
        SIGNATURE,
        M.MUST,
        49,
        "L’UESL signe ou assiste aussi à la signature quand elle le demande, pour sa "
        "communication.",
        AGREEMENTS,
        today=GROUP,
        question=Question(
            "Action Logement Groupe a-t-il demandé à signer ou à être présent, et l’obtient-il ? "
            "Répondez « sans objet » s’il ne l’a pas demandé.",
            by=Side.ACTION_LOGEMENT,
            otherwise="Donnez suite à la demande d’Action Logement Groupe.",
        ),
    ),
    Rule(
        "r41",
        SIGNATURE,
        M.MAY,
        85,
        "Le texte peut s’ouvrir à d’autres partenaires utiles aux publics prioritaires.",
        AGREEMENTS,
    ),
    Rule(
        "p01",
        PORTAIL,
        M.MUST,
        0,
        "Plus rien ne reste à compléter : ni variable du canevas, ni renvoi en attente, ni blanc.",
        EVERYWHERE,
        check="holes",
        blocking=True,
    ),
    Rule(
        "p02",
        PORTAIL,
        M.SHOULD,
        0,
        "Le texte prévoit sa revoyure, saisie aussi comme clause pour que le portail l’ouvre.",
        EVERYWHERE,
        check="revoyure",
    ),
)

RULES: tuple[Rule, ...] = (*PROCEDURE, *CONTENU, *ETUDES_ET_LEVIERS)
_BY_ID = {rule.id: rule for rule in RULES}


def rule_of(id_: str) -> Rule | None:
    return _BY_ID.get(id_)


def origin_of(rule: Rule) -> str:
    """Return where a rule is written: «Note de procédure 3554-10 bis (2011), ligne 53»."""
    return f"{SOURCE}, ligne {rule.line}" if rule.line else "Règle du portail"
