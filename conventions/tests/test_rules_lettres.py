"""Letters: the clause quoted, the planned effect said with care, nothing that was not recorded."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document as WordDocument

from conventions.enums import LetterKind, TerminationKind, Trigger
from conventions.rules.lettres import (
    PREVAILS,
    Ground,
    Letter,
    LetterFacts,
    Object,
    Side,
    Style,
    compose,
    warnings,
)
from conventions.rules.lettres_word import write_letter

FACTS = LetterFacts(
    kind=TerminationKind.RESILIATION,
    sender=Side("la Ville", "Commune de Lac", "commune", "200068674", "1 place du Lac"),
    addressee=Side("l’Office", "Office public", address="2 rue du Port"),
    title="Convention de Lac",
    reference="LAC-2025",
    signed_on=date(2025, 3, 21),
    ground=Ground("article 7", "Trois mois après l’envoi.", "3 mois", Trigger.ENVOI),
    planned_on=date(2026, 11, 20),
    effect_on=date(2027, 2, 20),
    signatories=(("Ana Roy", "présidente"),),
)


def words(letter: Letter) -> str:
    return "\n".join(paragraph.words for paragraph in letter.paragraphs).replace("\xa0", " ")


def test_a_termination_quotes_its_clause_and_says_its_effect_with_care():
    letter = compose(FACTS)
    assert letter.subject == "Résiliation de la convention"
    assert letter.place.endswith("le 20\xa0novembre 2026")
    quoted = [one.words for one in letter.paragraphs if one.style is Style.QUOTE]
    assert quoted == ["«\xa0Trois mois après l’envoi.\xa0»"]
    said = words(letter)
    assert "article 7" in said
    assert "Si cette lettre est postée le vendredi 20 novembre 2026" in said
    assert "samedi 20 février 2027" in said
    assert PREVAILS.split(" ;")[0] in said
    assert letter.signatories == (("Ana Roy", "présidente"),)


def test_without_a_planned_day_the_notice_alone_is_said():
    said = words(compose(replace(FACTS, planned_on=None, effect_on=None)))
    assert "Le préavis est de 3 mois à compter de l’envoi de la lettre" in said
    assert "2027" not in said


def test_a_silent_clause_gives_a_day_at_the_latest():
    silent = replace(FACTS, ground=replace(FACTS.ground, trigger=""))
    assert "sera au plus tard le" in words(compose(silent))


def test_a_formal_notice_says_the_breach_the_days_left_and_what_follows():
    notice = replace(
        FACTS, kind=TerminationKind.MISE_EN_DEMEURE, breach="Rien n’est transmis.", cure_days=30
    )
    said = words(compose(notice))
    assert "Rien n’est transmis." in said
    assert "Vous disposez de 30 jours pour y remédier, soit jusqu’au dimanche 20 décembre" in said
    assert "À défaut, la convention prendra fin" in said


def test_a_disagreement_goes_to_the_end_of_the_commitments_of_the_year():
    facts = replace(
        FACTS,
        kind=TerminationKind.DESACCORD,
        ground=None,
        year=2026,
        disagreement="Chacune se retire.",
        effect_on=date(2026, 12, 31),
    )
    said = words(compose(facts))
    assert "revoyure de l’année 2026" in said
    assert "jusqu’au bout des engagements de l’année" in said
    assert "« Chacune se retire. »" in said
    assert "Le dernier jour liant les parties est le jeudi 31 décembre 2026" in said


@pytest.mark.parametrize("kind", list(TerminationKind))
def test_a_withdrawal_names_the_letter_it_takes_back(kind):
    facts = replace(FACTS, kind=kind, event_on=date(2026, 11, 20), withdrawal_reason="Accord.")
    letter = compose(facts, Object.RETRAIT)
    assert "Retrait" in letter.subject
    assert "notifiée le vendredi 20 novembre 2026" in words(letter)
    asks = "votre accord écrit" in words(letter)
    binds = kind in {TerminationKind.RESILIATION, TerminationKind.DESACCORD}
    assert asks is binds


def test_warnings_name_who_decides_and_never_claim_to_send():
    told = " ".join(warnings(replace(FACTS, form=LetterKind.LRE, addressee=Side("X", "X"))))
    assert "délibération" in told
    assert "ne l’envoie pas" in told
    assert "tout de suite" in told
    assert "L’adresse" in told


def test_what_a_person_adds_stands_in_the_letter_line_by_line():
    facts = replace(FACTS, added="Un premier.\n\nUn second.", to_complete="Le bilan.")
    said = words(compose(facts)).splitlines()
    assert said.index("Un second.") == said.index("Un premier.") + 1
    assert "Le bilan." in said


def test_the_word_file_says_the_same_and_makes_the_same_bytes():
    letter = compose(replace(FACTS, added="<w:b/> & \x0b « »"))
    data = write_letter(letter)
    assert data == write_letter(letter)
    assert ZipFile(BytesIO(data)).testzip() is None
    read = [paragraph.text for paragraph in WordDocument(BytesIO(data)).paragraphs]
    for paragraph in letter.paragraphs:
        assert paragraph.words.replace("\x0b", "") in read
