"""The rules of the procedure note on studies, and on what may be done to develop the offer."""

from conventions.rules.procedure import Modality, Question, Rule, Side
from conventions.rules.procedure_contenu import AGREEMENTS, BODIES, EVERYWHERE, NETWORK

M = Modality
LEVIERS = "Leviers de l’offre"
ETUDES = "Études et observation"

ETUDES_ET_LEVIERS = (
    Rule(
        "r27",
        ETUDES,
        M.MUST,
        63,
        "Une étude n’est financée par Action Logement que si elle sert concrètement l’accès au "
        "logement des publics prioritaires.",
        AGREEMENTS,
        today=BODIES,
        check="funded_studies",
        question=Question(
            "Chaque étude financée par Action Logement a-t-elle un intérêt opérationnel écrit ?",
            by=Side.ACTION_LOGEMENT,
            otherwise="Écrivez l’intérêt opérationnel de l’étude, ou retirez son financement.",
            noted="Cet intérêt, en une phrase",
            depends="passages",
        ),
    ),
    Rule(
        "r28",
        ETUDES,
        M.MAY,
        63,
        "Une étude peut être cofinancée avec les autorités locales ou d’autres partenaires.",
        AGREEMENTS,
        check="cofunded_studies",
        question=Question(
            "Le plan de financement de l’étude est-il arrêté et complet ?",
            otherwise="Arrêtez le plan de financement de l’étude : qui paie quoi.",
            evidence="Plan de financement",
            depends="passages",
        ),
    ),
    Rule(
        "r29",
        ETUDES,
        M.MUST,
        65,
        "Action Logement se donne une expertise nationale et régionale sur les besoins, avec un "
        "colloque chaque année.",
        NETWORK,
    ),
    Rule(
        "r31",
        ETUDES,
        M.MAY,
        72,
        "Quand le besoin d’un diagnostic est constaté, une étude se fait à l’échelle jugée utile.",
        AGREEMENTS,
        today=BODIES,
    ),
    Rule(
        "r32",
        ETUDES,
        M.MAY,
        74,
        "Les études portent sur l’accès au parc locatif et sur l’adaptation de l’offre à la "
        "demande.",
        AGREEMENTS,
    ),
    Rule(
        "r33",
        ETUDES,
        M.MAY,
        74,
        "Les études se commandent ou se tirent des données des parties et de leurs partenaires.",
        AGREEMENTS,
        check="personal_data",
        question=Question(
            "L’échange de données nominatives a-t-il son propre accord, conforme au règlement "
            "général sur la protection des données ?",
            otherwise="Signez d’abord cet accord, ou n’échangez que des chiffres d’ensemble.",
            evidence="Accord sur les données",
            depends="passages",
        ),
    ),
    *(
        Rule(id_, LEVIERS, M.SHOULD, line, words, EVERYWHERE, today, "lever", topic)
        for id_, line, topic, words, today in (
            (
                "r35",
                78,
                "foncier",
                "Mettre à disposition ou orienter du foncier pour les publics prioritaires.",
                "",
            ),
            (
                "r36",
                79,
                "construction",
                "Construire à loyers très sociaux et sociaux (PLAI, PLUS) ou intermédiaires (PLS).",
                "",
            ),
            (
                "r37",
                80,
                "petits_logements",
                "Développer de petits logements accessibles aux jeunes, publics ou privés.",
                "",
            ),
            (
                "r38",
                81,
                "intermediation",
                "Développer l’intermédiation locative pour les jeunes et les salariés précaires.",
                "",
            ),
            (
                "r40",
                83,
                "aides_personnes",
                "Employer une part de la participation en aides directes aux personnes.",
                "Ces aides sont distribuées par Action Logement Services.",
            ),
        )
    ),
    Rule(
        "r39",
        LEVIERS,
        M.CONDITIONAL,
        82,
        "La garantie des risques locatifs ne s’engage que si l’APAGL signe.",
        AGREEMENTS,
        today="La garantie des risques locatifs a fait place à la garantie Visale, portée par "
        "l’APAGL.",
        check="rent_guarantee",
    ),
)
