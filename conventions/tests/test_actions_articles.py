"""Writing the text of a draft."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import JournalEntry
from conventions.actions.articles import (
    insert_article,
    move_article,
    place_article,
    remove_article,
    renumber_articles,
    write_article,
)
from conventions.actions.draft import state_of
from conventions.actions.visas import set_visas, visas_state
from conventions.enums import ArticleKind, ConventionStatus, VisaKind
from conventions.models import ArticleVersion, Convention, DurationClause
from conventions.tests.drafting import TODAY, make_drafting_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    cast = make_drafting_cast()
    cast.who = {"by": cast.manager, "on": TODAY}
    cast.one = cast.convention.articles.get()
    return cast


def _plan(cast) -> list[tuple[str, int]]:
    rows = ArticleVersion.objects.filter(act=cast.act).order_by("position")
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    return [(row.heading, row.depth) for row in rows]


def _insert(cast, heading, **fields):
    return insert_article(cast.convention, **cast.who, heading=heading, **fields)


def test_articles_go_where_they_are_put_and_take_the_next_number(cast):
    two = _insert(cast, "deux")
    _insert(cast, "un.un", parent=cast.one)
    _insert(cast, "un et demi", after=cast.one, number="")
    inner = _insert(cast, "deux.un", parent=two)
    _insert(cast, "deux.un.un", parent=inner)
    preamble = _insert(cast, "préambule", kind=ArticleKind.PREAMBULE)
    assert _plan(cast) == [
        ("Titre de l’article 1", 1),
        ("un.un", 2),
        ("un et demi", 1),
        ("deux", 1),
        ("deux.un", 2),
        ("deux.un.un", 3),
        ("préambule", 1),
    ]
    numbers = dict(cast.act.article_versions.values_list("heading", "number"))
    assert (numbers["deux"], numbers["un.un"], numbers["un et demi"]) == ("2", "1.1", "")
    assert (numbers["deux.un.un"], numbers["préambule"]) == ("2.1.1", "")
    assert preamble.kind == ArticleKind.PREAMBULE


def test_moving_an_article_takes_what_it_contains_along(cast):
    two = _insert(cast, "deux")
    _insert(cast, "deux.un", parent=two)
    move_article(two, **cast.who, up=True)
    assert [heading for heading, _ in _plan(cast)] == ["deux", "deux.un", "Titre de l’article 1"]
    renumber_articles(cast.convention, **cast.who)
    numbers = list(cast.act.article_versions.order_by("position").values_list("number", flat=True))
    assert numbers == ["1", "1.1", "2"]


def test_the_first_article_cannot_go_higher(cast):
    _insert(cast, "deux")
    before = _plan(cast)
    move_article(cast.one, **cast.who, up=True)
    assert _plan(cast) == before


def test_an_article_finds_another_place_but_never_inside_itself(cast):
    two = _insert(cast, "deux")
    inner = _insert(cast, "deux.un", parent=two)
    place_article(inner, **cast.who, parent=cast.one)
    assert _plan(cast) == [("Titre de l’article 1", 1), ("deux.un", 2), ("deux", 1)]
    with pytest.raises(ValidationError) as refusal:
        place_article(cast.one, **cast.who, parent=inner)
    assert "dans lui-même" in refusal.value.message_dict["parent"][0]


def test_writing_an_article_keeps_before_and_after_in_the_journal(cast):
    write_article(cast.one, **cast.who, number="1", heading="Objet", body="Nouveau texte.")
    entry = JournalEntry.objects.get()
    assert entry.data["changes"]["body"] == [
        "Les parties conviennent de ce qui suit.",
        "Nouveau texte.",
    ]
    write_article(cast.one, **cast.who, number="1", heading="Objet", body="Nouveau texte.")
    assert JournalEntry.objects.count() == 1


def test_two_people_who_write_the_same_article_do_not_overwrite_each_other(cast):
    seen = state_of(cast.act.article_versions.get())
    write_article(cast.one, **cast.who, seen=seen, heading="A", number="1")
    with pytest.raises(ValidationError) as refusal:
        write_article(cast.one, by=cast.counterpart, on=TODAY, seen=seen, heading="B", number="1")
    assert refusal.value.code == "stale"
    assert cast.act.article_versions.get().heading == "A"


def test_an_article_that_holds_or_is_cited_stays(cast):
    _insert(cast, "dedans", parent=cast.one)
    with pytest.raises(ValidationError) as refusal:
        remove_article(cast.one, **cast.who)
    assert refusal.value.code == "holds_others"
    two = _insert(cast, "deux")
    DurationClause.objects.update(article=two)
    with pytest.raises(ValidationError) as refusal:
        remove_article(two, **cast.who)
    assert refusal.value.code == "cited"
    DurationClause.objects.update(article=None)
    remove_article(two, **cast.who)
    assert len(_plan(cast)) == 2


def test_the_opening_of_an_act_is_written_whole(cast):
    set_visas(cast.convention, **cast.who, visas=["Vu A", " ", "Vu B"], considerants=["Que C"])
    rows = list(cast.act.visas.values_list("kind", "text"))
    assert rows == [
        (VisaKind.VISA, "Vu A"),
        (VisaKind.VISA, "Vu B"),
        (VisaKind.CONSIDERANT, "Que C"),
    ]
    seen = visas_state(cast.act)
    set_visas(cast.convention, **cast.who, visas=["Vu D"], seen=seen)
    with pytest.raises(ValidationError):
        set_visas(cast.convention, **cast.who, visas=["Vu E"], seen=seen)
    assert cast.act.visas.get().text == "Vu D"


def _acts(cast, person):
    who = {"by": person, "on": TODAY}
    return (
        lambda: insert_article(cast.convention, **who, heading="x"),
        lambda: write_article(cast.one, **who, heading="x"),
        lambda: move_article(cast.one, **who, up=True),
        lambda: place_article(cast.one, **who, parent=None),
        lambda: renumber_articles(cast.convention, **who),
        lambda: remove_article(cast.one, **who),
        lambda: set_visas(cast.convention, **who, visas=["x"]),
    )


@pytest.mark.parametrize("name", ["reader", "contributor", "signatory", "stranger"])
def test_only_a_manager_writes(cast, name):
    for act in _acts(cast, getattr(cast, name)):
        with pytest.raises(PermissionDenied):
            act()


def test_a_closed_text_is_not_written(cast):
    Convention.objects.update(status=ConventionStatus.EN_SIGNATURE)
    for act in _acts(cast, cast.manager):
        with pytest.raises(ValidationError) as refusal:
            act()
        assert refusal.value.code == "closed"
