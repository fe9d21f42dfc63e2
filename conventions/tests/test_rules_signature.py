"""The guards of signature, one by one and all at once; no database."""

from dataclasses import replace
from datetime import date

import pytest

from conventions.enums import MandateKind
from conventions.rules.faits import ActFacts, ApprovalFacts, MandateFacts, TermFacts
from conventions.rules.habilitations import warnings
from conventions.rules.signature import obstacles
from conventions.tests.signing_facts import (
    AVENANT,
    CHAIR,
    COMMITTEE,
    DELEGATION,
    EPCI,
    POWER,
    PRESIDENT,
    PRIVATE,
    PUBLIC,
    SIGNED,
    SOUND,
    TODAY,
    VICE_CHAIR,
    with_committee,
    with_deliberation,
    with_president,
)


def _found(facts: ActFacts, signed_on: date | None = SIGNED):
    return obstacles(facts, signed_on=signed_on, today=TODAY)


def _sentences(facts: ActFacts, signed_on: date | None = SIGNED) -> list[str]:
    return [found.message for found in _found(facts, signed_on)]


@pytest.mark.parametrize("facts", [SOUND, AVENANT])
def test_nothing_stands_before_a_sound_signature(facts):
    assert _sentences(facts) == []
    assert _sentences(facts, signed_on=None) == []


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (replace(SOUND, has_text=False), "Le texte est vide"),
        (replace(AVENANT, has_text=False), "ne change rien encore"),
        (replace(SOUND, has_duration=False), "La clause de durée manque"),
        (replace(SOUND, unconfirmed=("durée de 3 ans",)), "confirmer : durée de 3 ans"),
        (replace(SOUND, approvals=SOUND.approvals[:1]), "Action Logement n’a pas encore donné"),
        (
            replace(
                SOUND, approvals=(SOUND.approvals[0], replace(SOUND.approvals[1], stands=False))
            ),
            "Le texte a changé depuis l’accord de Action Logement",
        ),
    ],
)
def test_the_text_and_the_accords_are_never_waived(facts, words):
    (found,) = _found(facts)
    assert words in found.message
    assert not found.waivable


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (replace(SOUND, signatories=(PRESIDENT, CHAIR)), "du vice-président du comité régional"),
        (replace(SOUND, signatories=(CHAIR, VICE_CHAIR)), f"Personne ne signe pour {EPCI}"),
        (with_president(mandate=None), "Jeanne Pain (le Grand Besançon) n’a pas d’habilitation"),
        (with_deliberation(adopted_on=None), "sa date n’est pas renseignée"),
        (with_deliberation(number=""), "son numéro n’est pas renseigné"),
        (with_deliberation(votes_for=None), "le résultat du vote manque"),
        (with_deliberation(members_in_office=None), "le résultat du vote manque"),
        (with_deliberation(votes_for=60, votes_against=60), "n’a pas réuni la majorité"),
        (with_deliberation(received_on=None), "réception en préfecture n’est pas enregistrée"),
        (with_deliberation(published_on=None), "sa publication n’est pas enregistrée"),
        (with_deliberation(certified_by=""), "qui l’a certifiée exécutoire"),
        (with_deliberation(certified_on=None), "qui l’a certifiée exécutoire"),
        (with_deliberation(adopted_on=date(2018, 1, 1)), "précède la date de l’habilitation"),
        (
            with_deliberation(published_on=date(2017, 12, 12)),
            "précède la publication de la délibération",
        ),
        (with_deliberation(valid_until=date(2017, 12, 10)), "n’était valable que jusqu’au"),
        (
            replace(SOUND, parties=(PUBLIC, replace(PRIVATE, mandates=()))),
            "La décision d’Action Logement n’est pas enregistrée",
        ),
        (
            with_committee(replace(CHAIR, mandate=replace(POWER, adopted_on=None)), VICE_CHAIR),
            "Pouvoir (Action Logement) : sa date",
        ),
    ],
)
def test_each_guard_of_powers_has_its_sentence_and_its_place(facts, words):
    (found,) = _found(facts)
    assert words in found.message
    assert found.waivable
    assert found.page or found.field == "signed_on"


def test_signing_before_the_prefecture_received_the_deliberation_is_told_with_both_dates():
    (found,) = _found(SOUND, date(2017, 11, 27))
    assert found.message == (
        "Le 27\u00a0novembre\u00a02017 précède la réception en préfecture, le "
        "29\u00a0novembre\u00a02017. Avant cette réception, le signataire du Grand Besançon "
        "n’était pas encore autorisé à signer."
    )
    assert found.field == "signed_on"
    assert found.waivable


def test_the_day_it_becomes_enforceable_is_late_enough_and_the_eve_is_not():
    assert _sentences(SOUND, signed_on=date(2017, 11, 30)) == []
    assert len(_sentences(SOUND, signed_on=date(2017, 11, 29))) == 1


def test_a_signature_to_come_is_never_recorded_nor_waived():
    (found,) = _found(SOUND, date(2026, 11, 21))
    assert "n’est pas encore passé" in found.message
    assert not found.waivable


def test_each_signature_is_compared_with_its_own_mandate():
    facts = with_president(signed_on=date(2017, 11, 20))
    (sentence,) = _sentences(facts)
    assert "20\u00a0novembre\u00a02017 précède la réception" in sentence


def test_the_date_to_record_is_that_of_the_last_signature():
    (sentence,) = _sentences(
        with_committee(CHAIR, replace(VICE_CHAIR, signed_on=date(2017, 12, 20)))
    )
    assert "Anne Sy a signé le 20\u00a0décembre\u00a02017, après le 11" in sentence


def test_all_reasons_are_told_together_and_each_once():
    bare = ActFacts(parties=(PUBLIC,), recorded_afterwards=True)
    sentences = _sentences(replace(bare, parties=(replace(PUBLIC, mandates=()),)))
    assert len(sentences) == len(set(sentences)) == 5


def test_what_was_signed_on_paper_is_not_asked_its_accords_again_but_its_powers_are():
    facts = replace(with_deliberation(received_on=None), approvals=(), recorded_afterwards=True)
    (sentence,) = _sentences(facts)
    assert "réception en préfecture" in sentence


# Who signs, and by what.


def test_a_vice_president_of_the_public_body_signs_by_a_decree_in_force():
    capacity = {"capacity": "Vice-présidente déléguée à l’habitat"}
    (found,) = _found(with_president(**capacity))
    assert "l’arrêté qui lui donne délégation" in found.message
    assert _sentences(with_president(mandate=DELEGATION, **capacity)) == []
    expired = replace(DELEGATION, valid_until=date(2017, 12, 1))
    (sentence,) = _sentences(with_president(mandate=expired, **capacity))
    assert "n’était valable que jusqu’au" in sentence


def test_the_decree_does_not_dispense_with_the_deliberation():
    facts = with_president(mandate=DELEGATION, capacity="Vice-présidente")
    facts = replace(facts, parties=(replace(PUBLIC, mandates=()), PRIVATE))
    (sentence,) = _sentences(facts)
    assert "Aucune délibération du Grand Besançon" in sentence


def test_one_of_the_two_of_the_committee_may_act_by_delegation_with_its_instrument():
    director = replace(VICE_CHAIR, capacity="Directrice, par délégation de la vice-présidente")
    assert _sentences(with_committee(CHAIR, director)) == []
    statutes = MandateFacts("Statuts", MandateKind.STATUTS, key=9, adopted_on=date(2017, 1, 1))
    (sentence,) = _sentences(with_committee(CHAIR, replace(director, mandate=statutes)))
    assert "rattachez sa signature à la délégation ou au pouvoir" in sentence


def test_both_of_the_committee_are_not_represented_at_once():
    away = [
        replace(CHAIR, capacity="Directeur, pour le président"),
        replace(VICE_CHAIR, capacity="Directrice, pour la vice-présidente"),
    ]
    (sentence,) = _sentences(with_committee(*away))
    assert "un seul des deux peut être représenté" in sentence


def test_two_presidents_do_not_make_a_vice_president():
    (sentence,) = _sentences(with_committee(CHAIR, replace(CHAIR, name="Autre", key=9)))
    assert "du vice-président" in sentence


# Avenants: the same forms as the first act (B13).


def test_an_avenant_asks_for_its_own_deliberation_unless_the_first_delegated_avenants():
    first = with_deliberation(AVENANT, act_key=None)
    (found,) = _found(first)
    assert "un avenant demande la sienne" in found.message
    assert found.page == "conventions:mandate_create"
    assert found.keys == (1, 1)
    assert _sentences(with_deliberation(AVENANT, act_key=None, covers_avenants=True)) == []
    assert len(_sentences(with_deliberation(AVENANT, act_key=99))) == 1


# The term (code civil, art. 1213 to 1215).

TERM = TermFacts(ends_on=date(2020, 12, 10), moves=True)


def test_a_prorogation_is_signed_until_midnight_of_the_last_day():
    facts = replace(AVENANT, term=TERM)
    assert _sentences(facts, date(2020, 12, 10)) == []
    (found,) = _found(facts, date(2020, 12, 11))
    assert "à son terme le 10\u00a0décembre\u00a02020 à minuit" in found.message
    for words in ("art. 1213", "une nouvelle convention", "art. 1214 et 1215"):
        assert words in found.message
    assert not found.waivable
    assert found.page == "conventions:create"


def test_a_term_that_has_passed_is_foretold_before_the_date_is_given():
    (found,) = _found(replace(AVENANT, term=TERM), None)
    assert "seul un acte déjà signé ce jour-là ou avant" in found.message


def test_a_convention_whose_end_is_recorded_is_not_prorogued_even_during_the_notice():
    ended = replace(TERM, ended_on=date(2018, 6, 30))
    (found,) = _found(replace(AVENANT, term=ended), date(2018, 1, 10))
    assert "ne se proroge plus" in found.message
    assert not found.waivable


def test_another_change_is_signed_during_the_notice_and_no_more_after_the_end():
    ended = TermFacts(ends_on=date(2020, 12, 10), ended_on=date(2018, 6, 30))
    facts = replace(AVENANT, term=ended)
    assert _sentences(facts, date(2018, 6, 30)) == []
    (found,) = _found(facts, date(2018, 7, 1))
    assert "ne se modifie plus" in found.message


# What deserves a look.


def _warned(facts: ActFacts) -> list[str]:
    return [found.message for found in warnings(facts, today=TODAY)]


def test_an_expired_mandate_and_a_missing_receipt_are_told_with_what_to_do():
    assert _warned(SOUND) == []
    expired = with_deliberation(valid_until=date(2026, 3, 31))
    (sentence,) = _warned(expired)
    assert "enregistrez l’habilitation qui lui succède" in sentence
    (sentence,) = _warned(with_deliberation(has_document=False))
    assert "accusé de réception" in sentence


def test_a_new_president_is_told_and_the_same_one_is_not():
    assert _warned(replace(AVENANT, predecessors=SOUND.signatories)) == []
    former = replace(PRESIDENT, name="Luc Petit")
    (sentence,) = _warned(replace(AVENANT, predecessors=(former, CHAIR, VICE_CHAIR)))
    assert "Luc Petit avait signé l’acte précédent" in sentence
    assert "Jeanne Pain" in sentence


def test_an_accord_is_that_of_the_party_that_gave_it():
    twice = (ApprovalFacts(EPCI, SIGNED), ApprovalFacts(EPCI, SIGNED))
    (sentence,) = _sentences(replace(SOUND, approvals=twice))
    assert sentence.startswith(COMMITTEE)
