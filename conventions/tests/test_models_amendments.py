"""What each avenant did: its place in its avenant, the states of an article, texts after an act."""

from datetime import date

import pytest

from conventions.models import Definition
from conventions.models.amendments import (
    acts_since,
    amendments_of,
    article_states,
    definitions_after,
)
from conventions.models.comparing import compare_sides, permalink, side_of
from conventions.models.consolidated import text_after
from conventions.rules.reperes import Repere
from conventions.tests.avenants import (
    insert,
    make_avenant,
    renumber,
    repeal,
    replace,
    sign_avenant,
)

DAY, LATER = date(2019, 7, 4), date(2020, 1, 1)
SIGNED = date(2017, 12, 11)
pytestmark = pytest.mark.django_db


@pytest.fixture
def article(cast):
    return cast.convention.articles.get()


def test_the_text_of_origin_counts_no_avenant_of_the_same_day(cast, article):
    one = make_avenant(cast.convention)
    replace(one, article, "Autre rédaction.")
    sign_avenant(one, SIGNED)
    initial = cast.convention.acts.get(number=0)
    assert [a.body for a in text_after(initial)] == ["Les parties conviennent de ce qui suit."]
    assert [a.body for a in text_after(one)] == ["Autre rédaction."]


def test_an_act_is_left_once_its_last_change_took_effect(cast, article):
    one = make_avenant(cast.convention)
    replace(one, article, "Dès le premier jour.")
    inserted = insert(one, "2", "Plus tard.", effective_on=LATER)
    sign_avenant(one, DAY)
    assert {a.article_id for a in text_after(one)} == {article.pk, inserted.pk}
    side = side_of(cast.convention, Repere(act=1), [one])
    assert side.on == LATER
    assert permalink(cast.convention, side).endswith("/texte/2020-01-01/")


def test_the_states_of_an_article_follow_one_another_to_the_day(cast, article):
    one = make_avenant(cast.convention)
    replace(one, article, "Deuxième rédaction.")
    renumber(one, article, "1 bis")
    sign_avenant(one, DAY)
    two = make_avenant(cast.convention)
    repeal(two, article)
    sign_avenant(two, LATER)
    draft = make_avenant(cast.convention, date(2020, 6, 1))
    replace(draft, article, "Jamais signée.")
    states = article_states(article, amendments_of(cast.convention))
    assert [(s.from_on, s.until_on, s.number, s.repealed) for s in states] == [
        (SIGNED, date(2019, 7, 3), "1", False),
        (DAY, date(2019, 12, 31), "1 bis", False),
        (LATER, None, "1 bis", True),
    ]
    assert [len(state.amendments) for state in states] == [0, 2, 1]


def test_changes_are_told_with_their_place_in_their_avenant(cast, article):
    one = make_avenant(cast.convention)
    insert(one, "2", "Nouvel article.", after=article)
    replace(one, article, "Autre.")
    sign_avenant(one, DAY)
    assert [amendment.sentence for amendment in amendments_of(cast.convention)] == [
        "Inséré par l’avenant n°\u00a01, art.\u00a01",
        "Modifié par l’avenant n°\u00a01, art.\u00a02",
    ]
    assert [act.name for act in acts_since(cast.convention, SIGNED, on=LATER)] == [
        "avenant n°\u00a01"
    ]
    assert acts_since(cast.convention, DAY, on=LATER) == []
    assert acts_since(cast.convention, SIGNED, on=date(2019, 7, 3)) == []


def test_a_later_definition_replaces_an_earlier_one(cast):
    one = make_avenant(cast.convention)
    Definition.objects.create(act=one, term="CIL", meaning="comité interprofessionnel")
    sign_avenant(one, DAY)
    draft = make_avenant(cast.convention)
    Definition.objects.create(act=draft, term="Cil", meaning="conférence intercommunale")
    assert definitions_after(one) == [("CIL", "comité interprofessionnel")]
    assert definitions_after(draft) == [("Cil", "conférence intercommunale")]
    assert definitions_after(cast.convention.acts.get(number=0)) == []


def test_a_draft_is_compared_with_the_text_it_would_change(cast, article):
    draft = make_avenant(cast.convention)
    replace(draft, article, "Les parties conviennent de tout.")
    acts = list(cast.convention.acts.all())
    old = side_of(cast.convention, Repere(day=LATER), acts)
    new = side_of(cast.convention, Repere(act=1), acts)
    assert new.is_draft
    assert permalink(cast.convention, new) == ""
    assert compare_sides(cast.convention, old, new).summary == "1\u00a0article modifié."
    assert side_of(cast.convention, Repere(act=1), acts[:1]) is None
