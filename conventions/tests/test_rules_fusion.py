"""What two people wrote is merged, or shown to be settled; no word is ever dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conventions.rules.fusion import merge, merge_value

BASE = """Les parties produisent 170 logements par an.

Le bilan est remis chaque année au comité.

- un suivi
- un contrôle"""


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        (BASE, BASE, BASE),
        (BASE.replace("170", "180"), BASE, BASE.replace("170", "180")),
        (
            BASE.replace("170", "180"),
            BASE.replace("chaque année", "deux fois"),
            BASE.replace("170", "180").replace("chaque année", "deux fois"),
        ),
        (
            BASE.replace("un suivi", "un bon suivi"),
            f"{BASE}\n- un audit",
            f"{BASE}\n- un audit".replace("un suivi", "un bon suivi"),
        ),
        (
            BASE.replace("Le bilan", "Un bilan"),
            BASE.replace("au comité", "au bureau"),
            BASE.replace("Le bilan", "Un bilan").replace("au comité", "au bureau"),
        ),
        (BASE.replace("170", "190"), BASE.replace("170", "190"), BASE.replace("170", "190")),
        (BASE.replace("\n", "\r\n"), f"{BASE} tiers", f"{BASE} tiers"),
    ],
)
def test_what_does_not_meet_merges(mine, theirs, merged):
    found = merge(BASE, mine, theirs)
    assert (found.is_conflict, found.text) == (False, merged)
    assert merge(BASE, theirs, mine).text == merged


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        ("trois ans", "cinq ans", "trois mois"),
        ("chaque année", "chaque trimestre", "chaque semestre"),
        ("un", "", "un deux"),
        ("", "un", "deux"),
        ("a b c d", "a c d", "a b x c d"),
    ],
)
def test_what_meets_is_to_be_settled(base, mine, theirs):
    found = merge(base, mine, theirs)
    assert found.is_conflict
    assert found.text == mine
    assert merge(base, theirs, mine).is_conflict


def test_a_number_or_a_title_changes_whole():
    assert merge_value("1", "1", "2").text == "2"
    assert merge_value("1", "3", "1").text == "3"
    assert merge_value("1", "2", "2").is_conflict is False
    assert merge_value("1", "2", "3").is_conflict


_TEXT = st.lists(st.sampled_from(["a", "b", "c", " ", " ", "\n", "\n\n- "]), max_size=24).map(
    "".join
)


@given(_TEXT, _TEXT)
def test_who_is_alone_to_write_is_kept_word_for_word(base, written):
    assert merge(base, written, base).text == written
    assert merge(base, base, written).text == written
    assert merge(base, written, written).text == written
    assert not merge(base, written, written).is_conflict


@given(_TEXT, _TEXT, _TEXT)
def test_both_are_heard_alike_and_nothing_is_dropped(base, mine, theirs):
    found, turned = merge(base, mine, theirs), merge(base, theirs, mine)
    assert "".join(piece.base for piece in found.pieces) == base
    assert "".join(piece.mine for piece in found.pieces) == mine
    assert "".join(piece.theirs for piece in found.pieces) == theirs
    assert found.is_conflict == turned.is_conflict
    if not found.is_conflict:
        assert found.text == turned.text


_PARAGRAPH = st.text(alphabet="abc ", min_size=1).map(lambda text: f"p{text}")
_EDIT = st.sampled_from(["edit", "keep", "drop"])


@given(st.lists(st.tuples(_PARAGRAPH, _EDIT, st.booleans()), min_size=1, max_size=8))
def test_edits_of_different_paragraphs_are_all_kept(paragraphs):
    """Each paragraph is edited by one person at most; a fixed one stands between two."""
    sides = {name: [] for name in ("base", "mine", "theirs", "both")}
    for rank, (text, edit, is_mine) in enumerate(paragraphs):
        kept = f"{rank} {text}"
        edited = {"keep": kept, "edit": f"{kept} nouveau{rank}", "drop": f"retiré{rank}"}[edit]
        sides["base"] += [kept, f"fixe {rank}"]
        sides["mine"] += [edited if is_mine else kept, f"fixe {rank}"]
        sides["theirs"] += [kept if is_mine else edited, f"fixe {rank}"]
        sides["both"] += [edited, f"fixe {rank}"]
    base, mine, theirs, both = ("\n\n".join(sides[name]) for name in sides)
    found = merge(base, mine, theirs)
    assert (found.is_conflict, found.text) == (False, both)
