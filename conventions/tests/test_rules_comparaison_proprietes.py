"""Whatever two wordings are, comparing them loses nothing of either."""

from hypothesis import given, settings
from hypothesis import strategies as st

from conventions.rules.comparaison import compare_bodies, compare_words
from conventions.rules.comparaison_mots import tokens
from conventions.rules.texte import blocks, plain

_WORDS = st.sampled_from([
    "le", "la", "l’", "l'", "qu’elle", "parties", "engagement", "25", "%", "10", "000", "€",
    "2.2.1", "1er", "aujourd’hui", "«", "»", ";", ":", ".", ",", "**", "-", "(", ")", "\u00a0",
    "\u202f", "\n", "{{art:3}}", "logement", "éte\u0301", "c’est-à-dire",
])  # fmt: skip
_WORDINGS = st.lists(_WORDS, max_size=40).map(" ".join) | st.text(max_size=80)
_LINES = st.lists(
    st.tuples(st.sampled_from(["", "- ", "  - ", "1. ", "| a | ", "\n"]), _WORDINGS), max_size=8
).map(lambda lines: "\n".join(mark + text.replace("\n", " ") for mark, text in lines))


def _kept(segments, *, old: bool) -> str:
    if old:
        return "".join(s.before for s in segments if s.kind != "inserted")
    return "".join(s.text for s in segments if s.kind != "removed")


@given(_WORDINGS)
def test_words_joined_back_are_the_text(text):
    assert "".join(token.text for token in tokens(text)) == text


@given(_WORDINGS, _WORDINGS)
def test_what_stays_and_goes_is_the_old_text_what_stays_and_comes_the_new(old, new):
    found = compare_words(old, new)
    assert _kept(found, old=True) == old
    assert _kept(found, old=False) == new


@given(_WORDINGS)
def test_a_text_compared_with_itself_has_no_difference(text):
    assert {segment.kind for segment in compare_words(text, text)} <= {"equal"}
    assert all(passage.status == "unchanged" for passage in compare_bodies(text, text))


@settings(max_examples=200)
@given(_LINES, _LINES)
def test_passages_give_both_bodies_back(old, new):
    found = compare_bodies(old, new)
    for wording, is_old in ((old, True), (new, False)):
        gone = "inserted" if is_old else "removed"
        kept = [
            _kept(cell, old=is_old)
            for passage in found
            if passage.status != gone
            for cell in passage.cells
        ]
        texts = [text for block in blocks(wording) for text in block.texts]
        wanted = [plain(text, lambda code: f"{{{{art:{code}}}}}") for text in texts]
        assert [text for text in kept if text] == [text for text in wanted if text]
