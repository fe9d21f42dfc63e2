"""The words by which the controls of the procedure know a subject in a text.

Found on conventions of 1998, 2011 and 2017-2018; they err on the side of asking.
"""

import re
from collections.abc import Mapping


def _words(*pieces: str) -> re.Pattern[str]:
    return re.compile("".join(pieces), re.IGNORECASE)


# The words by which a rubric is known in a text that no model laid down.
RUBRICS: Mapping[str, tuple[str, re.Pattern[str]]] = {
    "objectifs": (
        "objectifs communs",
        _words(
            r"objectifs?\s+(communs?|partag\w+|suivants)|(se donnent|ont) pour objectifs?|"
            r"poursuivent (ensemble )?les objectifs|axes? (de travail|stratégiques)"
        ),
    ),
    "publics": (
        "publics prioritaires",
        _words(
            r"publics?\s+(prioritaires?|salari)|jeunes\s+(salari|actif)|"
            r"ménages prioritaires"
        ),
    ),
    "interventions": (
        "interventions d’Action Logement",
        _words(
            r"(engagements?|interventions?|moyens)"
            r"\b[^.\n]{0,40}\b(Action Logement|bailleur|office)|"
            r"Action Logement[^.\n]{0,60}(financ|accompagn|propos)"
        ),
    ),
    "valorisation": (
        "valorisation des financements",
        _words(
            r"valoris|mobilis\w+ (des |de |ses )?(financement|logement|aides)|"
            r"réservations?[^.\n]{0,60}(salari|emploi)|lien (entre l’)?emploi"
        ),
    ),
    "offre": (
        "développement de l’offre",
        _words(
            r"(développ|produ|constru|réalis)\w*[^.\n]{0,80}(offre|logement)|"
            r"logements?[^.\n]{0,40}(par an|chaque année|locatifs? socia|nouveaux)"
        ),
    ),
    "gouvernance": (
        "place d’Action Logement dans les instances",
        _words(
            r"conférence intercommunale|CLAH|commission locale|associer Action Logement|"
            r"comité (de pilotage|de suivi|technique)|groupes? de travail|"
            r"instances? (de l’habitat|de décision)"
        ),
    ),
    "contingents": (
        "enveloppes et produits contingentés",
        _words(
            r"enveloppes?|contingent|"
            r"dans la limite (de ses|des) (crédits|moyens|enveloppes)"
        ),
    ),
    "communication": (
        "communication",
        _words(
            r"\bcommunication\b|communiqués? de presse|relations publiques|faire connaître|"
            r"(actions?|supports?) (de valorisation|d’information)|valoris\w+[^.\n]{0,40}actions?"
        ),
    ),
    "revoyure": (
        "revoyure",
        _words(r"revoyure|revue (annuelle|des objectifs)|bilan annuel|évaluation annuelle"),
    ),
}

# What may be done to develop the offer, and to make it known.
LEVERS: Mapping[str, tuple[str, re.Pattern[str]]] = {
    "foncier": ("le foncier", _words(r"\bfonci(er|ers|ère|ères)\b(?!\s+logement)|terrains?")),
    "construction": (
        "la construction sociale ou intermédiaire",
        _words(
            r"(?-i:\b(PLAI|PLUS|PLS)\b)|loyers? (très )?(social|sociaux|intermédiaire)|"
            r"construction de logements|production de l’offre"
        ),
    ),
    "petits_logements": (
        "les petits logements",
        _words(
            r"petits? logements?|\bT[12]\b|studios?|"
            r"résidences? (meublées|temporaires|sociales)"
        ),
    ),
    "intermediation": ("l’intermédiation locative", _words(r"intermédiation")),
    "aides_personnes": (
        "les aides aux personnes",
        _words(
            r"aides? (directes?|aux salari|à la mobilité|à l’accès)|LOCA-PASS|MOBILI|"
            r"Visale"
        ),
    ),
    "diffusion_etudes": (
        "la diffusion des études",
        _words(
            r"(études?|diagnostics?)[^.\n]{0,90}(diffus|communiqu|partag|restitu)|"
            r"(diffus|communi|partag)\w*[^.\n]{0,60}(études?|diagnostics?)"
        ),
    ),
    "publicite": (
        "la publicité des financements",
        _words(r"panneaux?|logotypes?|mention[^.\n]{0,30}financement|publicité"),
    ),
}

PUBLICS: Mapping[str, re.Pattern[str]] = {
    "jeunes salariés": _words(r"jeunes|apprenti|alternan"),
    "salariés en mobilité": _words(r"mobilité|mutation"),
    "salariés précaires ou modestes": _words(r"précai|modeste|faibles? (ressources|revenus)"),
    "accession sociale": _words(r"accession|accèdent à la propriété|primo-accédant"),
}

EXCLUSIVITY = _words(
    r"(?<!sans )(?<!aucune )(?<!aucun )(?<!non )(?<!non-)(?<!pas d’)(?<!pas d')"
    r"\bexclusi(?:f|fs|ve|ves|vité|vités|vement)\b"
)
RESTRICTION = _words(
    r"(réserv\w+|limit\w+|restrein\w+|uniquement|seuls?|exclusivement)"
    r"[^.\n]{0,60}(salariés?|ménages?|services?|aides?)"
    r"[^.\n]{0,60}(résid(ant|ents?)"
    r"|habitants?|domicili|travaillant|du territoire|sur le territoire)"
)
INVESTMENT = _words(r"subventions?|prêts?\b|participations? (financières?|au capital)")
MONEY = _words(r"€|euros?\b|enveloppes?|financ|subvention|\bprêts?\b|investi")
STUDY = _words(r"\bétudes?\b|\bdiagnostics?\b")
FUNDED = _words(r"financ|à (sa|leur) charge|prend en charge")
COFUNDED = _words(r"cofinanc|co-financ|financement (partagé|conjoint)")
PERSONAL = _words(r"nominati(f|fs|ve|ves)\b|données (à caractère )?personnel")
SAFE = _words(
    r"agrég|anonym|accord distinct|n’échangent[^.\n]{0,60}que|"
    r"protection des données"
)
RATIONED = _words(r"contingent|réservation|enveloppe|LOCA-PASS|MOBILI|PASS-FONCIER|prêt")
PRESCRIBES = _words(
    r"(collectivité|EPCI|métropole|communauté|agglomération|ville|commune)"
    r"[^.\n]{0,40}(accorde|attribue|prescri|octroie|décide)"
    r"[^.\n]{0,60}(prêt|aide|subvention|réservation|produit|PASS-FONCIER)"
)
RENT_GUARANTEE = _words(r"\bGRL\b|garantie des risques locatifs")
GONE = _words(r"PASS-FONCIER|\bGRL\b|garantie des risques locatifs|1\s?% logement")
SCHEMES = _words(r"Visale|LOCA-PASS|MOBILI-JEUNE|MOBILI-PASS|PASS.ASSISTANCE|PSLA|\bBRS\b")
APAGL = _words(r"\bAPAGL\b|garanties locatives")
GROUP = _words(r"action logement groupe|\bUESL\b")
DECIDES = _words(r"accord|attribu|octroi|prescri|décid|distribu")
# What a draft leaves to be written: «X M€», «[à compléter]», a line to fill.
BLANKS = re.compile(
    r"\bX{1,3}\s?(M€|€|%|logements?\b)|_{3,}|"
    r"[\[(][^\])\n]{0,40}\b[Àà] (compléter|préciser)\b[^\])\n]{0,40}[\])]"
)
