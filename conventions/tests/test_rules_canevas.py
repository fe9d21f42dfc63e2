import tomllib
from pathlib import Path

import pytest

from conventions.rules.canevas import (
    CanevasError,
    ClauseWords,
    Variable,
    VariableKind,
    fill,
    names_in,
    problems,
    terms_filled,
    variables_of,
)
from conventions.rules.canevas_ecarts import (
    DraftArticle,
    Ecart,
    ModelClause,
    Wording,
    deviations,
)

YEARS = Variable("duree_annees", "Durée", VariableKind.NUMBER, unit="ans")
START = Variable("date_effet", "Effet", VariableKind.DATE)
MONTH = Variable("mois", "Mois", VariableKind.CHOICE, choices=(("10", "octobre"),))
NAME = Variable("ville", "Ville")
SHIPPED = sorted((Path(__file__).parents[1] / "canevas").glob("*.toml"))


@pytest.mark.parametrize(
    ("variable", "given", "kept", "said"),
    [
        (YEARS, " 3 ", "3", "3\u00a0ans"),
        (YEARS, "1", "1", "1\u00a0an"),
        (START, "01/01/2027", "2027-01-01", "1er\u00a0janvier 2027"),
        (START, "2027-02-28", "2027-02-28", "28\u00a0février 2027"),
        (MONTH, "10", "10", "octobre"),
        (NAME, "  Ville   de Besançon ", "Ville de Besançon", "Ville de Besançon"),
        (Variable("n", "n", VariableKind.NUMBER), "10 500", "10500", "10\u202f500"),
        (Variable("n", "n", VariableKind.NUMBER, unit="logements"), "1", "1", "1\u00a0logement"),
    ],
)
def test_an_answer_is_kept_raw_and_written_in_words(variable, given, kept, said):
    assert variable.read(given) == kept
    assert variable.said(kept).replace("\u00a0", " ") == said.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("variable", "given"),
    [
        (YEARS, "trois"),
        (YEARS, "0"),
        (YEARS, "-3"),
        (YEARS, "9" * 5000),
        (YEARS, "²"),
        (START, "31/02/2027"),
        (START, "bientôt"),
        (MONTH, "13"),
        (NAME, "a" * 301),
        (NAME, "{{duree_annees}}"),
    ],
)
def test_an_answer_that_cannot_be_one_is_refused_in_words(variable, given):
    with pytest.raises(CanevasError):
        variable.read(given)


def test_what_nobody_answered_stays_as_written():
    text = "Pour {{duree_annees}}, voir l’{{art:revoyure}} et {{art:12}}."
    assert fill(text, [YEARS], {}) == text
    filled = fill(text, [YEARS], {"duree_annees": "3"}, {"revoyure": 7})
    assert filled == "Pour 3\u00a0ans, voir l’{{art:7}} et {{art:12}}."
    assert names_in("{{ a }} {{b}} {{a}} {{art:12}}") == ("a", "b")


def test_the_data_of_a_clause_waits_for_its_answers():
    terms = {"clause": "duree", "quantity": "{{duree_annees}}", "unit": "ans"}
    assert terms_filled(terms, {}) is None
    assert terms_filled(terms, {"duree_annees": "3"}) == {
        "clause": "duree",
        "quantity": 3,
        "unit": "ans",
    }


def test_a_model_that_does_not_hold_together_says_all_that_is_wrong():
    found = problems(
        [YEARS],
        [
            ClauseWords("a", ("{{inconnue}} et {{art:nulle-part}}",)),
            ClauseWords("a", ("",), ({"clause": "magie"},)),
        ],
    )
    assert len(found) == 4


@pytest.mark.parametrize(
    "row", [{"name": "Durée"}, {"name": "a", "type": "x"}, {"name": "b", "type": "choice"}]
)
def test_a_variable_is_declared_whole(row):
    with pytest.raises(CanevasError):
        variables_of([row])


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_model_holds_together(path):
    model = tomllib.loads(path.read_text())
    variables = variables_of(model["variables"])
    clauses = [
        ClauseWords(
            clause["key"],
            (clause["body"], *(other["body"] for other in clause.get("alternatives", ()))),
            tuple(one.get("terms", {}) for one in (clause, *clause.get("alternatives", ()))),
        )
        for clause in model["clauses"]
    ]
    assert problems(variables, clauses) == []
    used = {name for clause in clauses for body in clause.bodies for name in names_in(body)}
    assert used == {variable.name for variable in variables}
    assert all(variable.read(variable.example) for variable in variables if not variable.choices)
    assert all(clause["guidance"] for clause in model["clauses"])


def _clause(pk=1, body="La convention dure {{duree_annees}}.", **more):
    wordings = (Wording("Durée", body), *more.pop("others", ()))
    return ModelClause(pk, f"cle-{pk}", "Durée", more.pop("required", True), wordings)


def _article(body, origin=1, heading="Durée"):
    return DraftArticle(10, "article 5", heading, body, origin)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("La convention dure {{duree_annees}}.", Ecart.IDENTIQUE),
        ("La convention dure cinq ans.", Ecart.IDENTIQUE),
        ("La convention  dure trois ans.\n", Ecart.IDENTIQUE),
        ("La convention-cadre dure trois ans au plus.", Ecart.ADAPTE),
        ("Elle prend fin le 31 décembre 2029, sans autre formalité.", Ecart.REECRIT),
    ],
)
def test_an_article_stands_more_or_less_near_its_clause(body, kind):
    (row,) = deviations([_clause()], [_article(body)]).rows
    assert row.kind == kind


def test_holes_filled_by_hand_leave_a_clause_identical_line_by_line():
    model = _clause(body="Fait à {{ville}}, le {{jour}}.\n\nPour {{duree}}")
    held = deviations([model], [_article("Fait à Dijon, le 3 mai.\n\nPour trois ans")])
    assert held.rows[0].kind == Ecart.IDENTIQUE
    for body in (
        "Fait à , le 3 mai.\n\nPour trois ans",
        "Fait à Dijon, le 3 mai.\n\nUn ajout.\n\nPour trois ans",
        "Fait à Dijon, le 3 mai.\n\nPour trois ans.\n\nUn ajout.",
    ):
        assert deviations([model], [_article(body)]).rows[0].kind != Ecart.IDENTIQUE


def test_long_wordings_are_compared_quickly():
    long = " ".join(f"mot{rank}" for rank in range(3000))
    found = deviations([_clause(body=long)], [_article(f"{long} de plus")])
    assert found.rows[0].kind == Ecart.ADAPTE


def test_an_article_is_compared_with_the_nearest_of_the_wordings():
    other = Wording("Durée", "Elle dure jusqu’au 31 décembre 2029.", label="à date fixe")
    found = deviations([_clause(others=(other,))], [_article(other.body)])
    assert found.rows[0].nearest == other
    assert found.rows[0].kind == Ecart.IDENTIQUE


def test_a_required_clause_nobody_laid_down_is_absent_and_an_article_without_origin_is_own():
    found = deviations(
        [_clause(), _clause(2, required=False)], [_article("Rien de tel.", origin=None)]
    )
    assert [row.kind for row in found.rows] == [Ecart.PROPRE, Ecart.ABSENT]
    assert "1 clause indispensable absente" in found.summary


def test_paragraphs_set_otherwise_are_not_identical():
    found = deviations([_clause(body="Un.\n\nDeux.")], [_article("Un. Deux.")])
    assert found.rows[0].kind == Ecart.ADAPTE
