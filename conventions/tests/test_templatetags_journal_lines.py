"""Lines of the journal read as French sentences."""

import pytest

from accounts.enums import Verb
from accounts.models import JournalEntry
from conventions.templatetags.journal_lines import deed_in_words


@pytest.mark.parametrize(
    ("verb", "label", "sentence"),
    [
        (Verb.CONVENTION_SIGNED, "avenant n°\u00a01", "de l’avenant n°\u00a01"),
        (Verb.CONVENTION_TEXT_CLOSED, "projet d’avenant", "du projet d’avenant"),
        (Verb.ACT_OPERATION, "projet d’avenant", "le projet d’avenant"),
        (Verb.ARTICLE_WRITTEN, "article 2.2.1", "l’article 2.2.1"),
        (Verb.CONVENTION_CLOSED, "convention initiale", "de la convention initiale"),
    ],
)
def test_a_deed_is_said_with_its_article(verb, label, sentence):
    said = deed_in_words(JournalEntry(verb=verb, subject_label=label))
    assert said.startswith("a ")
    assert said.endswith(sentence)


def test_a_deed_without_object_is_its_verb():
    entry = JournalEntry(verb=Verb.ACT_CREATED, subject_label="")
    assert deed_in_words(entry) == Verb.ACT_CREATED.label
