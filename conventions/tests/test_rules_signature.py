"""The guards of signature, one by one and all at once; no database."""

from dataclasses import replace
from datetime import date

import pytest

from conventions.enums import MandateKind
from conventions.rules.signature import (
    ActFacts,
    MandateFacts,
    SignatoryFacts,
    obstacles,
)

TODAY = date(2026, 11, 20)
SIGNED = date(2017, 12, 11)
DELIBERATION = MandateFacts(
    label="Délibération n° 2017/003870",
    kind=MandateKind.DELIBERATION,
    adopted_on=date(2017, 11, 16),
    received_on=date(2017, 11, 29),
    enforceable_on=date(2017, 11, 29),
    votes_for=115,
    votes_against=0,
)
POWER = MandateFacts(label="Pouvoir", kind=MandateKind.POUVOIR, adopted_on=date(2017, 10, 2))
SOUND = ActFacts(
    parties=("le Grand Besançon", "Action Logement"),
    signatories=(
        SignatoryFacts("Jeanne Pain", "le Grand Besançon", DELIBERATION),
        SignatoryFacts("Paul Roi", "Action Logement", POWER),
    ),
    has_text=True,
    has_duration=True,
)


def _with_mandate(**changes) -> ActFacts:
    first = SignatoryFacts("Jeanne Pain", "le Grand Besançon", replace(DELIBERATION, **changes))
    return replace(SOUND, signatories=(first, SOUND.signatories[1]))


def _sentences(facts: ActFacts, signed_on: date | None = SIGNED) -> list[str]:
    return [found.message for found in obstacles(facts, signed_on=signed_on, today=TODAY)]


def test_nothing_stands_before_a_sound_signature():
    assert _sentences(SOUND) == []
    assert _sentences(SOUND, signed_on=None) == []


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (replace(SOUND, parties=("le Grand Besançon",)), "au moins deux parties"),
        (replace(SOUND, has_text=False), "Le texte est vide"),
        (replace(SOUND, has_duration=False), "La clause de durée manque"),
        (replace(SOUND, unconfirmed=("durée de 3 ans",)), "confirmer : durée de 3 ans"),
        (
            replace(SOUND, signatories=SOUND.signatories[:1]),
            "Personne ne signe pour Action Logement",
        ),
        (
            replace(
                SOUND,
                signatories=(
                    SignatoryFacts("Jeanne Pain", "le Grand Besançon"),
                    SOUND.signatories[1],
                ),
            ),
            "Jeanne Pain (le Grand Besançon) n’a pas d’habilitation",
        ),
        (_with_mandate(adopted_on=None), "sa date n’est pas renseignée"),
        (_with_mandate(votes_for=60, votes_against=60), "n’a pas réuni la majorité"),
        (
            _with_mandate(received_on=None, enforceable_on=None),
            "réception en préfecture n’est pas enregistrée",
        ),
        (_with_mandate(adopted_on=date(2018, 1, 1)), "précède la date de l’habilitation"),
        (
            _with_mandate(enforceable_on=date(2017, 12, 12)),
            "précède la publication de la délibération",
        ),
        (_with_mandate(valid_until=date(2017, 12, 10)), "n’était valable que jusqu’au"),
    ],
)
def test_each_guard_has_its_sentence(facts, words):
    (sentence,) = _sentences(facts)
    assert words in sentence


def test_signing_before_the_prefecture_received_the_deliberation_is_told_with_both_dates():
    (found,) = obstacles(SOUND, signed_on=date(2017, 11, 27), today=TODAY)
    assert found.message == (
        "Le 27\u00a0novembre\u00a02017 précède la réception en préfecture, le "
        "29\u00a0novembre\u00a02017. Avant cette réception, le signataire du Grand Besançon "
        "n’était pas encore autorisé à signer."
    )
    assert found.field == "signed_on"
    assert found.waivable


def test_the_day_of_receipt_itself_is_late_enough():
    assert _sentences(SOUND, signed_on=date(2017, 11, 29)) == []


def test_a_signature_to_come_is_never_recorded_nor_waived():
    (found,) = obstacles(SOUND, signed_on=date(2026, 11, 21), today=TODAY)
    assert "n’est pas encore passé" in found.message
    assert not found.waivable


def test_statutes_need_no_date_and_a_power_no_receipt():
    statutes = MandateFacts(label="Statuts", kind=MandateKind.STATUTS)
    facts = replace(
        SOUND,
        signatories=(
            SOUND.signatories[0],
            SignatoryFacts("Paul Roi", "Action Logement", statutes),
        ),
    )
    assert _sentences(facts) == []


def test_each_signature_is_compared_with_its_own_mandate():
    early = replace(SOUND.signatories[0], signed_on=date(2017, 11, 20))
    facts = replace(SOUND, signatories=(early, SOUND.signatories[1]))
    (sentence,) = _sentences(facts)
    assert "20\u00a0novembre\u00a02017 précède la réception" in sentence


def test_the_date_to_record_is_that_of_the_last_signature():
    late = replace(SOUND.signatories[1], signed_on=date(2017, 12, 20))
    facts = replace(SOUND, signatories=(SOUND.signatories[0], late))
    (sentence,) = _sentences(facts)
    assert "Paul Roi a signé le 20\u00a0décembre\u00a02017, après le 11" in sentence


def test_all_reasons_are_told_together_and_each_once():
    bare = ActFacts(parties=("A",), signatories=(SignatoryFacts("X", "A"),) * 2)
    sentences = _sentences(bare)
    assert len(sentences) == 4
    assert len(sentences) == len(set(sentences))
