"""Two texts compared: in phrases one can read, article by article, by identity never by number."""

from dataclasses import dataclass, replace

import pytest

from conventions.rules.comparaison import (
    ArticleStatus,
    compare_articles,
    compare_bodies,
    compare_definitions,
    compare_sequences,
    compare_texts,
    compare_words,
)

MARKS = {"equal": "{}", "removed": "[-{}-]", "inserted": "[+{}+]"}


@dataclass
class Text:
    """An article as the text of a day gives it."""

    code: int
    number: str = ""
    heading: str = "Objet"
    body: str = "Les parties conviennent de ce qui suit."
    kind: str = "article"
    depth: int = 1
    parent_id: int | None = None

    @property
    def article_id(self) -> int:
        return self.code + 1000


def told(segments) -> str:
    return "".join(MARKS[segment.kind].format(segment.text) for segment in segments)


def passages(found) -> list[tuple[str, str]]:
    return [
        (str(passage.status), " | ".join(told(cell) for cell in passage.cells)) for passage in found
    ]


def became(old, new) -> list[tuple[int, str]]:
    return [
        (article.shown.code, str(article.status)) for article in compare_texts(old, new).articles
    ]


# Words ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("réserve 25 % des", "réserve 30 % des", "réserve [-25 % -][+30 % +]des"),
        (
            "dans 10 000 € au plus",
            "dans 12 000 € au plus",
            "dans [-10 000 € -][+12 000 € +]au plus",
        ),
        ("l’accord d’une ville", "l’avis d’une ville", "l’[-accord -][+avis +]d’une ville"),
        ("voir l’article 2.2.1.", "voir l’article 2.2.2.", "voir l’article [-2.2.1-][+2.2.2+]."),
        ("le 1er mars", "le 2 mars", "le [-1er -][+2 +]mars"),
        ("lieu de vie", "lieux de vie", "[-lieu -][+lieux +]de vie"),
    ],
)
def test_what_french_calls_a_word_changes_whole(old, new, expected):
    assert told(compare_words(old, new)) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("l'article qu'elle vise", "l’article qu’elle vise"),
        ("25 % des prêts ; voir", "25\u202f% des prêts\u202f; voir"),
        ("10 000 euros", "10\u00a0000 euros"),
        ("c'est-à-dire", "c’est\u2011à\u2011dire"),
        ("élu", "e\u0301lu"),
    ],
)
def test_typography_is_no_difference_and_reads_as_in_the_new_text(old, new):
    (segment,) = compare_words(old, new)
    assert (segment.kind, segment.before, segment.text) == ("equal", old, new)


def test_words_that_change_close_together_are_told_together():
    found = compare_words(
        "La convention dure trois ans à compter de la dernière signature.",
        "La convention dure six ans et demi à compter de sa prise d’effet.",
    )
    assert told(found) == (
        "La convention dure [-trois ans -][+six ans et demi +]à compter de "
        "[-la dernière signature-][+sa prise d’effet+]."
    )


def test_a_sentence_put_in_is_told_as_that_sentence():
    found = compare_words(
        "Les parties s’engagent. Elles signent.",
        "Les parties se réunissent. Les parties s’engagent. Elles signent.",
    )
    assert told(found).startswith("[+Les parties se réunissent. +]Les parties s’engagent.")


def test_what_is_wholly_rewritten_is_read_one_after_the_other():
    found = compare_words(
        "Les parties évoquent les opérations aidées quand la programmation est établie.",
        "Avant le 28 février, Action Logement fait connaître ce qu’il peut financer.",
    )
    assert [segment.kind for segment in found][:2] == ["removed", "inserted"]
    assert len([segment for segment in found if segment.kind == "removed"]) == 1


def test_a_huge_rewritten_wording_costs_no_square_of_its_size():
    old = " ".join(f"mot{rank % 40} suite" for rank in range(20_000))
    new = " ".join(f"terme{rank % 40} suite" for rank in range(20_000))
    assert [segment.kind for segment in compare_words(old, new)] == ["removed", "inserted", "equal"]


# Passages ---------------------------------------------------------------------------------------


def test_a_paragraph_put_in_is_one_addition():
    old = "Premier alinéa du texte.\n\nDernier alinéa du texte."
    new = "Premier alinéa du texte.\n\nUn autre sujet vient ici.\n\nDernier alinéa du texte."
    assert [status for status, _ in passages(compare_bodies(old, new))] == [
        "unchanged", "inserted", "unchanged",
    ]  # fmt: skip


def test_items_are_compared_one_by_one_at_their_depth():
    old = "- produire des logements\n  - neufs\n- rénover le parc ancien"
    new = "- produire des logements sociaux\n  - neufs\n- accueillir\n- rénover le parc ancien"
    found = compare_bodies(old, new)
    assert passages(found) == [
        ("changed", "produire des logements [+sociaux+]"),
        ("unchanged", "neufs"),
        ("inserted", "[+accueillir+]"),
        ("unchanged", "rénover le parc ancien"),
    ]
    assert [passage.level for passage in found] == [0, 1, 0, 0]


def test_rows_of_a_table_are_compared_cell_by_cell():
    old = "| Année | Prêts |\n|---|---|\n| 2019 | 120 |\n| 2020 | 130 |"
    new = "| Année | Prêts |\n|---|---|\n| 2019 | 120 |\n| 2020 | 150 |\n| 2021 | 160 |"
    assert passages(compare_bodies(old, new)) == [
        ("unchanged", "Année | Prêts"),
        ("unchanged", "2019 | 120"),
        ("changed", "2020 | [-130-][+150+]"),
        ("inserted", "[+2021+] | [+160+]"),
    ]


def test_a_table_with_another_column_is_another_table():
    found = compare_bodies("| a | b |", "| a | b | c |")
    assert [passage.status for passage in found] == ["removed", "inserted"]


def test_bold_is_a_difference_and_a_reference_is_one_word():
    (bold,) = compare_bodies("une somme ferme", "une **somme** ferme")
    assert [(s.kind, s.bold) for s in bold.cells[0]] == [
        ("equal", False), ("removed", False), ("inserted", True), ("equal", False),
    ]  # fmt: skip
    (reference,) = compare_bodies("voir {{art:3}} ici", "voir {{art:4}} ici")
    assert told(reference.cells[0]) == "voir [-{{art:3}}-][+{{art:4}}+] ici"


def test_plain_sequences_compare_as_visas_and_clauses_do():
    found = compare_sequences(
        ["Vu le code de la construction", "Vu l’avis"], ["Vu le code de la construction"]
    )
    assert [passage.status for passage in found] == ["unchanged", "removed"]


# Articles ---------------------------------------------------------------------------------------


def test_an_article_is_known_by_its_code_never_by_its_number():
    old = [Text(1, "1"), Text(2, "2"), Text(3, "3")]
    new = [Text(1, "1"), Text(9, "2", body="Tout autre chose."), Text(2, "3"), Text(3, "4")]
    assert became(old, new) == [
        (1, "unchanged"), (9, "inserted"), (2, "renumbered"), (3, "renumbered"),
    ]  # fmt: skip


def test_a_repealed_article_stays_where_it_stood():
    old = [Text(1, "1"), Text(2, "2"), Text(3, "3")]
    assert became(old, [Text(1, "1"), Text(3, "3")]) == [
        (1, "unchanged"), (2, "removed"), (3, "unchanged"),
    ]  # fmt: skip
    assert became(old, [Text(3, "3")])[:2] == [(1, "removed"), (2, "removed")]


def test_an_article_that_moved_is_told_once_and_not_those_it_passed():
    old = [Text(code, str(code)) for code in (1, 2, 3, 4)]
    new = [old[1], old[2], old[0], old[3]]
    assert became(old, new) == [
        (2, "unchanged"), (3, "unchanged"), (1, "moved"), (4, "unchanged"),
    ]  # fmt: skip


def test_what_goes_along_with_its_parent_has_not_moved_in_it():
    title = Text(1, "I", kind="titre")
    child = Text(2, "1", depth=2, parent_id=title.article_id)
    others = [Text(code, str(code)) for code in (3, 4, 5)]
    assert became([title, child, *others], [*others, title, child])[-2:] == [
        (1, "moved"), (2, "unchanged"),
    ]  # fmt: skip


def test_a_heading_alone_makes_a_change_and_several_changes_are_told():
    old, new = Text(1, "1", "Durée"), Text(1, "2", "Durée et terme")
    found = compare_articles(old, new)
    assert found.status == ArticleStatus.CHANGED
    assert found.word == "modifié et renuméroté"
    assert told(found.heading) == "Article\u00a0[-1-][+2+]. Durée [+et terme+]"


def test_the_summary_is_a_sentence():
    old = [Text(code, str(code)) for code in range(1, 7)]
    new = [replace(article, body=f"{article.body} Sauf accord.") for article in old[:3]]
    new += [old[3], Text(9, "4 bis"), old[5]]
    summary = compare_texts(old, new).summary
    assert summary == "3\u00a0articles modifiés, 1\u00a0ajouté, 1\u00a0abrogé."
    assert compare_texts(old, old).summary == "Aucun article ne change."


def test_definitions_are_compared_by_term():
    found = compare_definitions([("CIL", "comité"), ("DUA", "droit")], [("CIL", "conférence")])
    assert [(term, told(segments)) for term, segments in found] == [
        ("CIL", "[-comité-][+conférence+]"), ("DUA", "[-droit-]"),
    ]  # fmt: skip
