"""What software can check of the procedure note: one control a name, from facts to a finding.

A control reads words, so it errs on the side of asking: it never says that a text is lawful, only
what it found and where.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from conventions.rules.canevas import names_in, references_in
from conventions.rules.procedure import (
    ArticleFacts,
    EngagementFacts,
    Finding,
    Outcome,
    Passage,
    ProcedureFacts,
    Rule,
    Side,
)
from conventions.rules.procedure_mots import (
    APAGL,
    BLANKS,
    COFUNDED,
    DECIDES,
    EXCLUSIVITY,
    FUNDED,
    GONE,
    GROUP,
    INVESTMENT,
    LEVERS,
    MONEY,
    PERSONAL,
    PRESCRIBES,
    PUBLICS,
    RATIONED,
    RENT_GUARANTEE,
    RESTRICTION,
    RUBRICS,
    SAFE,
    SCHEMES,
    STUDY,
)

Control = Callable[[Rule, ProcedureFacts], Finding]
SHOWN = 5
_SENTENCE = re.compile(r"[^.;:!?\n]+[.;:!?]?")


def passages(pattern: re.Pattern, articles: Iterable[ArticleFacts]) -> tuple[Passage, ...]:
    """Return the sentences that hold these words, with their article."""
    return tuple(
        Passage(article.pk, article.label, " ".join(sentence[0].split()))
        for article in articles
        for sentence in _SENTENCE.finditer(f"{article.heading}\n{article.body}")
        if pattern.search(sentence[0])
    )


def _holds(sentence: str, *found: Passage) -> Finding:
    return Finding(Outcome.HOLDS, sentence, found[:SHOWN])


def _fails(sentence: str, *found: Passage) -> Finding:
    return Finding(Outcome.FAILS, sentence, found[:SHOWN])


def _asks(sentence: str, *found: Passage) -> Finding:
    """Keep all passages: the answer is given about each of them."""
    return Finding(Outcome.ASKS, sentence, found)


def _nothing(sentence: str) -> Finding:
    return Finding(Outcome.NOTHING, sentence)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def rubric(rule: Rule, facts: ProcedureFacts) -> Finding:
    """A rubric is there by the model's clause that an article comes from, else by its words."""
    name, pattern = RUBRICS[rule.topic]
    laid = [article for article in facts.articles if article.topic == rule.topic]
    worded = [article for article in facts.articles if pattern.search(article.heading)]
    for article in laid or worded:
        return _holds(f"La rubrique « {name} » est à l’{_at(article)}.")
    found = passages(pattern, facts.articles)
    if found:
        return _holds(f"Il est question de la rubrique « {name} » dans le texte.", *found[:1])
    return _fails(f"La rubrique « {name} » n’a pas été trouvée. Ajoutez-la depuis le canevas.")


def _at(article: ArticleFacts) -> str:
    return article.label if article.label.startswith("article") else f"endroit « {article.label} »"


def _rubric_owed_by(side: Side, who: str) -> Control:
    def control(rule: Rule, facts: ProcedureFacts) -> Finding:
        found = rubric(rule, facts)
        if found.outcome != Outcome.HOLDS or not facts.engagements:
            return found
        owed = any(facts.side_of(name) == side for row in facts.engagements for name in row.debtors)
        if owed:
            return found
        return _fails(f"La rubrique est écrite, mais {who} ne doit encore aucun engagement.")

    return control


def targets(_rule: Rule, facts: ProcedureFacts) -> Finding:
    if not facts.engagements:
        return _fails("Aucun engagement n’est encore saisi, donc aucun objectif chiffré.")
    numbered = sum(row.has_target for row in facts.engagements)
    if numbered:
        return _holds(f"Des objectifs chiffrés suivent {numbered} engagement(s).")
    return _fails("Aucun engagement n’a d’objectif chiffré : la revoyure n’aura rien à comparer.")


def schemes(_rule: Rule, facts: ProcedureFacts) -> Finding:
    gone = passages(GONE, facts.articles)
    if gone:
        return _fails("Le texte cite un dispositif qui n’existe plus.", *gone)
    named = {match[0] for a in facts.articles for match in SCHEMES.finditer(a.body)}
    if named:
        return _holds(f"Dispositifs cités : {_listed(sorted(named))}.")
    return _nothing("Le texte ne cite aucun dispositif par son nom.")


def canevas(_rule: Rule, facts: ProcedureFacts) -> Finding:
    if facts.canevas:
        return _holds(f"Le texte est parti du canevas « {facts.canevas} ».")
    return _nothing("Le texte n’est parti d’aucun canevas du portail.")


def publics(_rule: Rule, facts: ProcedureFacts) -> Finding:
    text = "\n".join(article.body for article in facts.articles)
    named = [name for name, pattern in PUBLICS.items() if pattern.search(text)]
    missing = [name for name in PUBLICS if name not in named]
    if not named:
        return _fails("Le texte ne nomme aucun des quatre publics prioritaires.")
    rest = f" Non cités : {_listed(missing)}." if missing else ""
    return _holds(f"Publics nommés : {_listed(named)}.{rest}")


def everyone_owes(_rule: Rule, facts: ProcedureFacts) -> Finding:
    if not facts.engagements:
        return _fails("Aucun engagement n’est encore saisi. Relevez-les dans le texte.")
    owing = {name for row in facts.engagements for name in row.debtors}
    idle = [party.name for party in facts.parties if party.name not in owing]
    if idle:
        return _fails(f"Sans aucun engagement à ce jour : {_listed(idle)}.")
    return _holds("Chaque partie doit au moins un engagement.")


def lever(rule: Rule, facts: ProcedureFacts) -> Finding:
    name, pattern = LEVERS[rule.topic]
    found = passages(pattern, facts.articles)
    if found:
        return _holds(f"Le texte traite ce point : {name}.", *found[:1])
    return _fails(f"Le texte ne dit rien sur ce point : {name}. Est-ce voulu ?")


def _asks_where(pattern: re.Pattern, sentence: str, silence: str) -> Control:
    """Ask when the text has these words; say that it has none otherwise."""

    def control(_rule: Rule, facts: ProcedureFacts) -> Finding:
        found = passages(pattern, facts.articles)
        return _asks(sentence, *found) if found else _holds(silence)

    return control


def funded_studies(_rule: Rule, facts: ProcedureFacts) -> Finding:
    found = [row for row in passages(STUDY, facts.articles) if FUNDED.search(row.text)]
    if found:
        return _asks("Le texte parle du financement d’une étude.", *found)
    return _nothing("Le texte ne prévoit aucune étude financée.")


def cofunded_studies(_rule: Rule, facts: ProcedureFacts) -> Finding:
    found = passages(COFUNDED, facts.articles)
    if found:
        return _asks("Le texte prévoit un cofinancement.", *found)
    return _nothing("Le texte ne prévoit aucun cofinancement.")


def personal_data(_rule: Rule, facts: ProcedureFacts) -> Finding:
    found = passages(PERSONAL, facts.articles)
    risky = [row for row in found if not SAFE.search(row.text)]
    if risky:
        return _asks("Le texte parle de données personnelles.", *risky)
    return _holds("Aucun échange de données nominatives n’est prévu.", *found[:1])


def rent_guarantee(_rule: Rule, facts: ProcedureFacts) -> Finding:
    found = passages(RENT_GUARANTEE, facts.articles)
    if not found:
        return _nothing("Le texte ne parle pas de cette garantie.")
    if any(APAGL.search(party.names) for party in facts.parties):
        return _holds("L’APAGL est partie à la convention.", *found)
    return _fails("Le texte engage cette garantie sans que l’APAGL soit partie.", *found)


def prescribed(_rule: Rule, facts: ProcedureFacts) -> Finding:
    """Words that give the decision to the public side, or a rationed product it alone owes."""
    found = passages(PRESCRIBES, facts.articles)
    alone = [row for row in facts.engagements if _only_public(row, facts)]
    shown = [Passage(0, row.code, row.title) for row in alone]
    if found or shown:
        return _asks(
            "La collectivité semble décider seule d’un produit contingenté.", *found, *shown
        )
    return _holds("Rien ne laisse la collectivité décider seule d’un produit contingenté.")


def _only_public(row: EngagementFacts, facts: ProcedureFacts) -> bool:
    sides = {facts.side_of(name) for name in row.debtors}
    words = f"{row.title} {row.words}"
    rationed = RATIONED.search(words) is not None and DECIDES.search(words) is not None
    return rationed and sides == {Side.COLLECTIVITE}


def collective_money(_rule: Rule, facts: ProcedureFacts) -> Finding:
    if any(party.signs and GROUP.search(party.names) for party in facts.parties):
        return _holds("Action Logement Groupe est parmi les signataires.")
    shared = [
        Passage(0, row.code, row.title)
        for row in facts.engagements
        if len(row.debtors) != 1 and MONEY.search(f"{row.title} {row.words}")
    ]
    if shared:
        return _asks("Des engagements financiers n’ont pas de débiteur unique.", *shared)
    return _nothing("Aucun engagement financier collectif n’est saisi.")


def debtors_sign(_rule: Rule, facts: ProcedureFacts) -> Finding:
    if not facts.engagements:
        return _nothing("Aucun engagement n’est encore saisi.")
    signing = {party.name for party in facts.parties if party.signs}
    owing = dict.fromkeys(name for row in facts.engagements for name in row.debtors)
    absent = [name for name in owing if name not in signing]
    if absent:
        return _fails(f"Doit un engagement sans avoir de signataire désigné : {_listed(absent)}.")
    return _holds("Chaque débiteur d’un engagement a son signataire.")


def action_logement_signs(_rule: Rule, facts: ProcedureFacts) -> Finding:
    own = [party for party in facts.parties if party.side == Side.ACTION_LOGEMENT]
    if not own:
        return _fails("Aucune entité d’Action Logement n’est partie. Ajoutez-la aux parties.")
    signing = [party.name for party in own if party.signs]
    if signing:
        return _holds(f"Signe pour Action Logement : {_listed(signing)}.")
    return _fails("Personne ne signe encore pour Action Logement. Désignez ses signataires.")


def other_signatories(_rule: Rule, facts: ProcedureFacts) -> Finding:
    own = [party.name for party in facts.parties if party.side == Side.ACTION_LOGEMENT]
    if len(own) > 1:
        return _asks(f"Plusieurs entités d’Action Logement sont parties : {_listed(own)}.")
    return _nothing("Une seule entité d’Action Logement est partie.")


def holes(_rule: Rule, facts: ProcedureFacts) -> Finding:
    left = [
        Passage(article.pk, article.label, _listed([*names, *references]))
        for article in facts.articles
        for names, references in [(names_in(article.body), references_in(article.body))]
        if names or references
    ]
    left += passages(BLANKS, facts.articles)
    if left:
        return _fails("Il reste des mots à compléter dans le texte.", *left)
    return _holds("Aucun mot ne reste à compléter.")


def revoyure(_rule: Rule, facts: ProcedureFacts) -> Finding:
    if facts.has_revoyure:
        return _holds("La clause de revoyure est saisie : le portail l’ouvrira chaque année.")
    if passages(RUBRICS["revoyure"][1], facts.articles):
        return _fails("Le texte prévoit une revue, mais la clause de revoyure n’est pas saisie.")
    return _fails("Le texte ne prévoit aucune revoyure.")


CONTROLS: Mapping[str, Control] = {
    "rubric": rubric,
    "rubric_owed_by_al": _rubric_owed_by(Side.ACTION_LOGEMENT, "Action Logement"),
    "rubric_owed_by_collectivite": _rubric_owed_by(Side.COLLECTIVITE, "la collectivité"),
    "targets": targets,
    "schemes": schemes,
    "canevas": canevas,
    "publics": publics,
    "everyone_owes": everyone_owes,
    "lever": lever,
    "restriction": _asks_where(
        RESTRICTION,
        "Le texte semble réserver un service selon le lieu de résidence ou de travail.",
        "Aucun passage ne réserve un service selon le lieu.",
    ),
    "exclusivity": _asks_where(
        EXCLUSIVITY, "Le texte parle d’exclusivité.", "Le texte ne parle d’aucune exclusivité."
    ),
    "investments": _asks_where(
        INVESTMENT,
        "Le texte parle de subventions, de prêts ou de participations.",
        "Le texte ne parle ni de subvention, ni de prêt, ni de participation.",
    ),
    "funded_studies": funded_studies,
    "cofunded_studies": cofunded_studies,
    "personal_data": personal_data,
    "rent_guarantee": rent_guarantee,
    "prescribed": prescribed,
    "collective_money": collective_money,
    "debtors_sign": debtors_sign,
    "action_logement_signs": action_logement_signs,
    "other_signatories": other_signatories,
    "holes": holes,
    "revoyure": revoyure,
}  # fmt: skip


def control(rule: Rule, facts: ProcedureFacts) -> Finding | None:
    """Return what software finds of a rule; None when only people can tell."""
    return CONTROLS[rule.check](rule, facts) if rule.check else None
