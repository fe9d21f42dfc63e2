"""The rules of the procedure note on what a convention says; in our words, in its order."""

from datetime import date

from conventions.rules.procedure import YES_NO, YES_ONLY, Modality, Question, Reach, Rule, Side

M, R = Modality, Reach
TERRITORIAL = frozenset({R.TERRITORIAL})
AGREEMENTS = frozenset({R.TERRITORIAL, R.INDIVIDUAL})
EVERYWHERE = frozenset({R.TERRITORIAL, R.INDIVIDUAL, R.GENERAL})
NETWORK = frozenset({R.NETWORK})
END_OF_THE_TRIAL = date(2012, 12, 31)

OBJET = "Objet et opportunité"
MINIMUM = "Contenus minimaux"
PUBLICS = "Publics prioritaires"
ENVELOPPES = "Moyens et enveloppes"
COMMUNICATION = "Communication"

BODIES = (
    "Les comités interprofessionnels collecteurs sont réunis depuis 2017 dans Action Logement "
    "Services ; le groupe est conduit par Action Logement Groupe."
)
LOCAL_BODIES = (
    "La concertation se tient aujourd’hui dans le comité régional ou territorial d’Action Logement."
)

CONTENU = (
    Rule(
        "r01",
        OBJET,
        M.SCOPE,
        11,
        "La convention territoriale lie Action Logement à une grande agglomération autour "
        "d’objectifs que les deux partagent.",
        TERRITORIAL,
        check="rubric",
        topic="objectifs",
    ),
    Rule(
        "r02",
        OBJET,
        M.SCOPE,
        17,
        "Le territoire est stratégique pour le lien entre l’emploi et le logement.",
        TERRITORIAL,
        question=Question(
            "Pourquoi ce territoire est-il stratégique pour le lien entre l’emploi et le "
            "logement ?",
            by=Side.ACTION_LOGEMENT,
            replies=YES_NO,
            good=YES_ONLY,
            noted="Le motif, en une ou deux phrases",
            otherwise="Le territoire n’est pas tenu pour stratégique : l’opportunité de la "
            "convention est à revoir.",
        ),
    ),
    Rule(
        "r03",
        OBJET,
        M.MUST,
        17,
        "Le partenariat porte sur les priorités de chaque partie, traduites en actions pour "
        "l’accès au logement des publics prioritaires.",
        EVERYWHERE,
        check="rubric",
        topic="publics",
    ),
    Rule(
        "r04",
        OBJET,
        M.SCOPE,
        19,
        "En 2011, une dizaine de métropoles expérimentent la démarche, sur proposition des "
        "délégués territoriaux.",
        TERRITORIAL,
        until=END_OF_THE_TRIAL,
    ),
    Rule(
        "r05",
        OBJET,
        M.MUST,
        19,
        "Le dispositif est évalué en 2012.",
        TERRITORIAL,
        until=END_OF_THE_TRIAL,
    ),
    Rule(
        "r06",
        OBJET,
        M.MUST,
        21,
        "Les conventions restent peu nombreuses, pour que les services aux salariés ne soient pas "
        "figés.",
        TERRITORIAL,
        today=BODIES,
        question=Question(
            "L’opportunité d’une convention sur ce territoire a-t-elle été examinée ?",
            by=Side.ACTION_LOGEMENT,
            replies=YES_NO,
            good=YES_ONLY,
            dated="Date de cet examen",
            otherwise="L’opportunité de la convention reste à examiner avec Action Logement.",
        ),
    ),
    Rule(
        "r07",
        OBJET,
        M.MUST,
        21,
        "Les services d’Action Logement vont aux salariés où qu’ils habitent ou travaillent : la "
        "convention ne les restreint pas.",
        AGREEMENTS,
        today=BODIES,
        check="restriction",
        question=Question(
            "Ces mots laissent-ils les services ouverts à tous les salariés ?",
            by=Side.ACTION_LOGEMENT,
            replies=YES_NO,
            good=YES_ONLY,
            otherwise="Le texte restreint un service selon le lieu : récrivez ce passage.",
            depends="passages",
        ),
    ),
    Rule(
        "r09",
        MINIMUM,
        M.MAY,
        25,
        "La convention peut citer tout dispositif d’Action Logement utile sur le territoire.",
        AGREEMENTS,
        today="Le PASS-FONCIER et la garantie des risques locatifs n’existent plus ; la garantie "
        "Visale a pris la suite de la seconde.",
        check="schemes",
    ),
    Rule(
        "r10",
        MINIMUM,
        M.MUST,
        25,
        "Des modèles de contenu sont diffusés, adaptables à chaque situation.",
        EVERYWHERE,
        today="Les canevas types du portail en tiennent lieu.",
        check="canevas",
    ),
    Rule(
        "r13",
        MINIMUM,
        M.MUST,
        33,
        "Le texte dit ce qu’Action Logement et ses filiales peuvent faire pour l’offre sociale et "
        "privée, d’abord pour les publics prioritaires.",
        TERRITORIAL,
        today=BODIES,
        check="rubric_owed_by_al",
        topic="interventions",
    ),
    Rule(
        "r14",
        MINIMUM,
        M.MUST,
        37,
        "Le texte rend visible ce qu’Action Logement mobilise, financements et logements, au "
        "service de l’emploi et de la mobilité.",
        TERRITORIAL,
        check="rubric",
        topic="valorisation",
    ),
    Rule(
        "r15",
        MINIMUM,
        M.MAY,
        39,
        "Des objectifs chiffrés peuvent porter sur la construction et l’accès au parc, au bénéfice "
        "des publics prioritaires.",
        EVERYWHERE,
        check="targets",
    ),
    Rule(
        "r16",
        MINIMUM,
        M.MUST,
        42,
        "La collectivité s’engage à développer l’offre pour les publics prioritaires.",
        TERRITORIAL,
        check="rubric_owed_by_collectivite",
        topic="offre",
    ),
    Rule(
        "r17",
        MINIMUM,
        M.MUST,
        43,
        "La collectivité s’engage à associer Action Logement aux instances de l’habitat.",
        TERRITORIAL,
        check="rubric",
        topic="gouvernance",
    ),
    Rule(
        "r30",
        PUBLICS,
        M.MUST,
        69,
        "Quatre publics sont prioritaires : jeunes salariés, salariés en mobilité, salariés "
        "précaires ou modestes, accession sociale aux revenus intermédiaires.",
        AGREEMENTS,
        check="publics",
    ),
    Rule(
        "r34",
        MINIMUM,
        M.MUST,
        76,
        "Le texte dit ce que chaque partie met en œuvre pour l’accès au logement des publics "
        "prioritaires.",
        EVERYWHERE,
        check="everyone_owes",
    ),
    Rule(
        "r42",
        ENVELOPPES,
        M.MUST,
        91,
        "Le texte tient compte des enveloppes limitées d’Action Logement.",
        AGREEMENTS,
        today=BODIES,
        check="rubric",
        topic="contingents",
    ),
    Rule(
        "r43",
        ENVELOPPES,
        M.MUST_NOT,
        93,
        "Une collectivité ne prescrit pas librement un produit dont l’enveloppe est limitée : "
        "c’est la leçon du PASS-FONCIER.",
        AGREEMENTS,
        today=BODIES,
        check="prescribed",
        question=Question(
            "Action Logement accorde-t-il lui-même chaque dossier, et suit-il l’enveloppe ?",
            by=Side.ACTION_LOGEMENT,
            replies=YES_NO,
            good=YES_ONLY,
            otherwise="La collectivité décide seule d’un produit contingenté : prévoyez l’accord "
            "d’Action Logement pour chaque dossier.",
            depends="passages",
        ),
    ),
    Rule(
        "r44",
        ENVELOPPES,
        M.MAY,
        95,
        "La signature est l’occasion de stabiliser ou de réduire le coût des réservations.",
        AGREEMENTS,
        question=Question(
            "Le coût des réservations a-t-il été discuté ?",
            good=frozenset({"oui", "non", "sans_objet"}),
            noted="Ce qui a été convenu",
        ),
    ),
    Rule(
        "r45",
        COMMUNICATION,
        M.MUST,
        97,
        "Le texte prévoit la communication sur la convention et ses réalisations pendant toute sa "
        "durée.",
        EVERYWHERE,
        check="rubric",
        topic="communication",
    ),
    Rule(
        "r46",
        COMMUNICATION,
        M.SHOULD,
        99,
        "Les études de besoins sont communiquées : à qui, et quand.",
        AGREEMENTS,
        check="lever",
        topic="diffusion_etudes",
    ),
    Rule(
        "r47",
        COMMUNICATION,
        M.SHOULD,
        100,
        "Le texte fixe les règles de publicité des financements d’Action Logement.",
        AGREEMENTS,
        check="lever",
        topic="publicite",
    ),
)
