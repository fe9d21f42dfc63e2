"""A passage is found again as the text changes; answers follow one table."""

import pytest
from django.core.exceptions import ValidationError

from conventions.enums import ProposalStatus
from conventions.rules.negotiation import (
    ANSWERS,
    Answer,
    Certainty,
    Found,
    Wording,
    answered,
    candidate,
    find_passage,
)
from conventions.rules.texte import blocks

TEXT = blocks(
    "La convention est conclue pour trois ans.\n\n"
    "Les parties se réunissent une fois par an, en novembre, à l’initiative de l’**EPCI**.\n\n"
    "- un bilan chiffré ;\n- une note d’orientation."
)


@pytest.mark.parametrize(
    ("passage", "found"),
    [
        ("", Found(0)),
        ("trois ans", Found(0)),
        ("une fois  par an, EN novembre", Found(1)),
        ("l'initiative de l'EPCI", Found(1)),
        ("un bilan chiffré ; une note", Found(2)),
        ("de l’EPCI. un bilan", Found(1)),
        ("Les parties se réunissent deux fois par an, en novembre", Found(1, Certainty.PROCHE)),
        ("Le préfet approuve le programme", Found(0, Certainty.DISPARUE)),
        ("…", Found(0)),
    ],
)
def test_a_passage_is_found_by_its_words(passage, found):
    assert find_passage(passage, TEXT) == found


def test_a_passage_of_an_emptied_article_is_gone_and_said_so():
    assert find_passage("trois ans", []).is_gone


@pytest.mark.parametrize("answer", Answer)
@pytest.mark.parametrize("status", ProposalStatus)
def test_every_answer_at_every_moment(answer, status):
    sources, target = ANSWERS[answer]
    if status in sources:
        assert answered(answer, status) == target
    else:
        with pytest.raises(ValidationError, match="déjà"):
            answered(answer, status)


def test_a_title_and_a_wording_changed_apart_go_together():
    base = Wording("2", "Durée", "Trois ans.")
    put = candidate(base, base._replace(heading="La durée"), base._replace(body="Six ans."))
    assert not put.is_conflict
    assert (put.heading.text, put.body.text) == ("La durée", "Six ans.")
    both = candidate(base, base._replace(heading="Terme"), base._replace(heading="Délai"))
    assert both.is_conflict
