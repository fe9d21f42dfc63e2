import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from conventions.enums import ConventionKind
from conventions.rules.procedure import (
    AnswerFacts,
    ArticleFacts,
    EngagementFacts,
    PartyFacts,
    ProcedureFacts,
    Reach,
    Side,
    State,
    digest_of,
    judge,
    told_today,
)
from conventions.rules.procedure_accord import RULES, rule_of
from conventions.rules.procedure_controles import CONTROLS, control

NOTE = Path(__file__).parents[3] / "shared/reference/procedure_note.json"
TODAY = date(2026, 11, 21)
EPCI = PartyFacts("Grand Besançon", Side.COLLECTIVITE, signs=True)
AL = PartyFacts("Action Logement Groupe", Side.ACTION_LOGEMENT, signs=True)


def facts(*bodies, **more):
    articles = tuple(
        ArticleFacts(rank, f"article {rank}", "", body) for rank, body in enumerate(bodies, 1)
    )
    given = {
        "kind": ConventionKind.EPCI_ACTION_LOGEMENT,
        "on": TODAY,
        "parties": (EPCI, AL),
        "articles": articles,
        **more,
    }
    return ProcedureFacts(**given)


def verdict(id_, about, answer=None):
    rule = rule_of(id_)
    return judge(rule, about, control(rule, about), answer)


def answered(id_, about, reply="oui"):
    rule = rule_of(id_)
    digest = digest_of(rule.question.depends, about, control(rule, about))
    return AnswerFacts(reply, digest)


@pytest.mark.skipif(not NOTE.exists(), reason="the reference note is not at hand")
def test_every_rule_of_the_note_is_there_with_its_line_and_its_force():
    note = {rule["id"]: rule for rule in json.loads(NOTE.read_text())["rules"]}
    ours = {rule.id: rule for rule in RULES if rule.line}
    assert ours.keys() == note.keys()
    for id_, rule in ours.items():
        assert (rule.line, rule.modality) == (note[id_]["line"], note[id_]["modality"]), id_


def test_every_rule_has_its_own_name_and_a_control_that_exists():
    assert len({rule.id for rule in RULES}) == len(RULES) == 49
    assert {rule.check for rule in RULES if rule.check} == CONTROLS.keys()
    assert all(rule.check or rule.question for rule in RULES if rule.blocking)


def test_every_control_answers_on_an_empty_text():
    for rule in RULES:
        found = control(rule, facts())
        assert found is None or found.sentence.endswith((".", "?")), rule.id


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Les parties s’accordent une exclusivité sur ce territoire.", State.TO_ANSWER),
        ("La Collectivité réserve ses terrains de façon exclusive au groupe.", State.TO_ANSWER),
        ("Le partenariat est conclu sans exclusivité.", State.HOLDS),
        ("La convention ne crée aucune exclusivité.", State.HOLDS),
        ("À l’exclusion des études, tout est partagé.", State.HOLDS),
    ],
)
def test_exclusivity_is_asked_about_where_the_text_speaks_of_it(words, state):
    found = verdict("r24", facts(words))
    assert found.state == state
    assert found.blocks == (state == State.TO_ANSWER)
    assert [row.label for row in found.passages] == (["article 1"] if found.blocks else [])


def test_an_agreement_settles_exclusivity_until_these_words_change():
    about = facts("Une exclusivité est consentie.", "Autre article.")
    agreed = answered("r24", about)
    assert verdict("r24", about, agreed).state == State.ANSWERED
    elsewhere = facts("Une exclusivité est consentie.", "Autre article, récrit.")
    assert verdict("r24", elsewhere, agreed).state == State.ANSWERED
    wider = facts("Une exclusivité plus large est consentie.", "Autre article.")
    again = verdict("r24", wider, agreed)
    assert (again.state, again.blocks) == (State.TO_ASK_AGAIN, True)


def test_a_no_stands_before_the_signature_and_says_what_to_do():
    about = facts("Une exclusivité est consentie.")
    refused = verdict("r24", about, answered("r24", about, "non"))
    assert (refused.state, refused.blocks) == (State.TO_FIX, True)
    assert "demandez-le" in refused.sentence


def test_the_delegate_is_told_of_each_new_text():
    told = answered("r26", facts("Un texte."))
    assert verdict("r26", facts("Un texte."), told).state == State.ANSWERED
    assert verdict("r26", facts("Un autre texte."), told).state == State.TO_ASK_AGAIN


def test_the_date_of_the_concertation_does_not_expire_with_the_text():
    held = answered("r11", facts("Un texte."))
    assert verdict("r11", facts("Un autre texte."), held).state == State.ANSWERED


def test_a_convention_is_past_is_warned_and_not_stopped():
    found = verdict("r11", facts(is_past=True))
    assert (found.state, found.blocks) == (State.TO_ANSWER, False)


def test_the_rules_of_the_network_do_not_stop_a_city_and_its_landlord():
    landlord = PartyFacts("Office", Side.BAILLEUR)
    about = facts(kind=ConventionKind.VILLE_BAILLEUR, parties=(EPCI, landlord))
    states = {rule.id: verdict(rule.id, about) for rule in RULES}
    assert states["r11"].state == State.ELSEWHERE
    assert [id_ for id_, found in states.items() if found.blocks] == []
    assert states["r45"].state != State.ELSEWHERE


def test_another_agreement_with_action_logement_is_an_individual_one():
    about = facts(kind=ConventionKind.AUTRE)
    assert verdict("r24", about).state == State.HOLDS
    assert verdict("r11", about).state == State.ELSEWHERE
    assert verdict("r23", about).state == State.NOTHING


def test_the_trial_of_2011_is_kept_as_history():
    assert verdict("r05", facts()).state == State.ELSEWHERE
    assert verdict("r05", facts(on=date(2012, 6, 1))).state == State.NOTHING


def test_the_actors_of_today_are_named_from_2017_on():
    rule = rule_of("r26")
    assert "direction régionale" in told_today(rule, on=TODAY)
    assert told_today(rule, on=date(2016, 12, 31)) == ""


def test_nobody_from_action_logement_stops_the_signature():
    alone = verdict("r19", facts(parties=(EPCI,)))
    assert (alone.state, alone.blocks) == (State.TO_FIX, True)
    silent = verdict("r19", facts(parties=(EPCI, replace(AL, signs=False))))
    assert silent.blocks
    assert verdict("r19", facts()).state == State.HOLDS


def test_a_debtor_who_does_not_sign_is_named():
    owed = EngagementFacts("E1", "Financer", "Action Logement finance.", (AL.name,))
    quiet = facts(parties=(EPCI, replace(AL, signs=False)), engagements=(owed,))
    assert AL.name in verdict("r12", quiet).sentence
    assert verdict("r12", facts(engagements=(owed,))).state == State.HOLDS


def test_a_party_that_owes_nothing_is_named():
    owed = EngagementFacts("E1", "Financer", "", (AL.name,))
    found = verdict("r34", facts(engagements=(owed,)))
    assert found.state == State.TO_FIX
    assert EPCI.name in found.sentence


def test_targets_missing_are_a_piece_of_advice():
    owed = EngagementFacts("E1", "Financer", "", (AL.name,))
    assert verdict("r15", facts(engagements=(owed,))).state == State.ADVICE
    assert verdict("r15", facts(engagements=(replace(owed, has_target=True),))).state == State.HOLDS


def test_a_rationed_product_that_the_city_alone_decides_is_asked_about():
    alone = EngagementFacts("E4", "Attribuer les prêts", "sur le contingent", (EPCI.name,))
    assert verdict("r43", facts(engagements=(alone,))).state == State.TO_ANSWER
    written = facts("La Collectivité attribue les prêts aux ménages.")
    assert verdict("r43", written).state == State.TO_ANSWER
    assert verdict("r43", facts("Action Logement accorde chaque prêt.")).state == State.HOLDS


def test_the_rent_guarantee_needs_its_association():
    words = "Les parties développent la GRL."
    assert verdict("r39", facts(words)).state == State.TO_FIX
    with_it = facts(words, parties=(EPCI, AL, PartyFacts("APAGL", Side.ACTION_LOGEMENT)))
    assert verdict("r39", with_it).state == State.HOLDS
    assert verdict("r39", facts("Rien.")).state == State.NOTHING


def test_a_rubric_is_known_by_the_clause_it_comes_from():
    laid = ArticleFacts(3, "article 3", "Faire savoir", "…", topic="communication")
    found = verdict("r45", facts(articles=(laid,)))
    assert (found.state, "article 3" in found.sentence) == (State.HOLDS, True)
    assert verdict("r45", facts("Rien.")).state == State.TO_FIX


def test_holes_left_by_a_model_stop_the_signature():
    found = verdict("p01", facts("Pour {{duree_annees}}, selon l’{{art:revoyure}} et {{art:12}}."))
    assert found.blocks
    assert found.passages[0].text == "duree_annees, revoyure"


@pytest.mark.parametrize("words", ["à hauteur de X M€", "[à compléter]", "le ______"])
def test_a_blank_left_in_the_text_is_one_too(words):
    assert verdict("p01", facts(f"Action Logement finance {words}.")).blocks


def test_words_that_complete_something_are_no_blank():
    words = "Elle vise à compléter l’offre ; ses modalités restent à préciser par avenant."
    assert verdict("p01", facts(words)).state == State.HOLDS


def test_a_city_that_only_tells_decides_nothing():
    told = EngagementFacts("E2", "Faire connaître les prêts", "", (EPCI.name,))
    assert verdict("r43", facts(engagements=(told,))).state == State.HOLDS


def test_a_collective_financial_engagement_calls_for_the_group():
    shared = EngagementFacts("E2", "Financer les études", "", (AL.name, EPCI.name))
    services = replace(AL, name="Action Logement Services")
    about = facts(engagements=(shared,), parties=(EPCI, services))
    assert verdict("r21", about).state == State.TO_ANSWER
    assert verdict("r21", facts(engagements=(shared,))).state == State.HOLDS


def test_reach_is_told_by_the_kind_and_the_parties():
    from_kind = {rule.id for rule in RULES if Reach.TERRITORIAL in rule.reach}
    assert {"r11", "r19", "r24", "r26"} <= from_kind
