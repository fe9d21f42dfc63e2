from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import JournalEntry
from conventions.access import entries_visible_to
from conventions.actions.draft import state_of
from conventions.actions.operations import (
    insert_by,
    move_operation,
    remove_operation,
    renumber_article,
    repeal_article,
    replace_article,
    restore_article,
    rewrite_insertion,
)
from conventions.enums import ArticleKind, Change, ConventionStatus
from conventions.models import ArticleVersion
from conventions.models.consolidated import consolidated_text, draft_text
from conventions.tests.amending import (
    NEW_YEAR,
    TODAY,
    begin,
    make_amending_cast,
    share,
    sign,
)
from conventions.tests.factories import make_article, make_convention

pytestmark = pytest.mark.django_db
LATER = date(2028, 1, 1)


@pytest.fixture
def cast():
    return make_amending_cast()


@pytest.fixture
def act(cast):
    return begin(cast)


@pytest.fixture
def how(cast):
    return {"by": cast.manager, "on": TODAY}


def numbers(convention, *, on: date) -> list[str]:
    return [article.number for article in consolidated_text(convention, on=on)]


def bodies(convention, *, on: date) -> dict[str, str]:
    return {article.number: article.body for article in consolidated_text(convention, on=on)}


def test_nothing_of_a_draft_is_in_the_text_until_it_is_signed(cast, act, how):
    replace_article(act, cast.articles["3"], heading="Durée", body="Dix ans.", **how)
    assert bodies(cast.convention, on=LATER)["3"] == "Trois ans."
    sign(act)
    assert bodies(cast.convention, on=date(2026, 12, 31))["3"] == "Trois ans."
    assert bodies(cast.convention, on=NEW_YEAR)["3"] == "Dix ans."


def test_an_operation_may_take_effect_on_a_day_of_its_own(cast, act, how):
    replace_article(
        act, cast.articles["3"], heading="Durée", body="Dix ans.", effective_on=LATER, **how
    )
    repeal_article(act, cast.articles["1"], **how)
    sign(act)
    assert "1" not in numbers(cast.convention, on=NEW_YEAR)
    assert bodies(cast.convention, on=NEW_YEAR)["3"] == "Trois ans."
    assert bodies(cast.convention, on=LATER)["3"] == "Dix ans."


def test_an_article_is_inserted_between_two_others_and_takes_a_number_of_its_own(cast, act, how):
    row = insert_by(act, heading="Suivi", body="Un comité.", after=cast.articles["2"], **how)
    assert row.number == "2 bis"
    sign(act)
    assert numbers(cast.convention, on=NEW_YEAR) == ["1", "2", "2.1", "2.2", "2 bis", "3", "4"]


def test_two_articles_inserted_at_one_place_follow_one_another(cast, act, how):
    insert_by(act, heading="Suivi", after=cast.articles["2"], **how)
    first = ArticleVersion.objects.get(act=act).article
    assert insert_by(act, heading="Comité", after=first, **how).number == "2 ter"


def test_or_the_following_articles_move_on_by_operations_of_the_same_act(cast, act, how):
    insert_by(act, heading="Suivi", after=cast.articles["1"], push_on=True, **how)
    rows = ArticleVersion.objects.written_by(act)
    assert [row.operation for row in rows] == [Change.ECRIRE, *[Change.RENUMEROTER] * 5]
    sign(act)
    assert numbers(cast.convention, on=NEW_YEAR) == ["1", "2", "3", "3.1", "3.2", "4", "5"]


def test_an_insertion_goes_first_inside_an_article(cast, act, how):
    row = insert_by(act, heading="Principes", parent=cast.articles["3"], **how)
    assert (row.number, row.article.parent) == ("3.1", cast.articles["3"])


def test_what_is_no_article_takes_no_number_by_itself(cast, act, how):
    assert insert_by(act, heading="Les enjeux", kind=ArticleKind.INTERTITRE, **how).number == ""


def test_a_repealed_article_keeps_its_number_from_newcomers_and_comes_back_where_it_stood(
    cast, act, how
):
    repeal_article(act, cast.articles["2"], **how)
    sign(act)
    assert numbers(cast.convention, on=NEW_YEAR) == ["1", "3", "4"]
    back = begin(cast, effective_on=LATER)
    restore_article(back, cast.articles["2"], heading="De retour", body="Comme avant.", **how)
    sign(back)
    assert numbers(cast.convention, on=LATER) == ["1", "2", "2.1", "2.2", "3", "4"]


def test_a_renumbered_article_keeps_its_wording(cast, act, how):
    renumber_article(act, cast.articles["3"], number="3 A", **how)
    sign(act)
    assert bodies(cast.convention, on=NEW_YEAR)["3 A"] == "Trois ans."


@pytest.mark.parametrize("empty", [{"heading": " ", "body": ""}, {}])
def test_an_article_without_words_is_refused(cast, act, how, empty):
    with pytest.raises(ValidationError, match="au moins un titre"):
        replace_article(act, cast.articles["1"], **empty, **how)


def test_what_changes_nothing_is_refused(cast, act, how):
    with pytest.raises(ValidationError, match="Rien ne change"):
        replace_article(act, cast.articles["3"], heading="Durée", body="Trois ans.", **how)
    with pytest.raises(ValidationError, match="déjà ce numéro"):
        renumber_article(act, cast.articles["3"], number=" 3 ", **how)
    with pytest.raises(ValidationError, match="nouveau numéro"):
        renumber_article(act, cast.articles["3"], number=" ", **how)


def test_an_act_says_a_thing_of_an_article_once_for_a_day(cast, act, how):
    repeal_article(act, cast.articles["1"], **how)
    with pytest.raises(ValidationError, match="prévoit déjà"):
        repeal_article(act, cast.articles["1"], **how)


def test_an_article_already_repealed_is_restored_not_changed(cast, act, how):
    repeal_article(act, cast.articles["1"], **how)
    sign(act)
    other = begin(cast)
    with pytest.raises(ValidationError, match="est abrogé"):
        replace_article(other, cast.articles["1"], heading="x", **how)
    with pytest.raises(ValidationError, match="est en vigueur"):
        restore_article(other, cast.articles["2"], heading="x", **how)


def test_an_article_the_draft_inserts_is_changed_by_its_insertion(cast, act, how):
    row = insert_by(act, heading="Suivi", after=cast.articles["1"], **how)
    with pytest.raises(ValidationError, match="modifiez son insertion"):
        replace_article(act, row.article, heading="x", **how)
    rewrite_insertion(row, heading="Le suivi", number="1 bis", **how)
    assert "Le suivi" in [article.heading for article in draft_text(act)]


def test_an_operation_a_colleague_changed_meanwhile_is_not_overwritten(cast, act, how):
    row = replace_article(act, cast.articles["3"], heading="Durée", body="Dix ans.", **how)
    seen = state_of(row)
    replace_article(act, cast.articles["3"], heading="Durée", body="Six ans.", row=row, **how)
    with pytest.raises(ValidationError, match="autre personne"):
        replace_article(
            act, cast.articles["3"], heading="Durée", body="Un an.", row=row, seen=seen, **how
        )


def test_a_removed_insertion_takes_its_article_away_unless_another_operation_needs_it(
    cast, act, how
):
    first = insert_by(act, heading="Suivi", after=cast.articles["1"], **how)
    second = insert_by(act, heading="Comité", after=first.article, **how)
    with pytest.raises(ValidationError, match="D’autres opérations"):
        remove_operation(first, **how)
    remove_operation(second, **how)
    remove_operation(first, **how)
    assert not act.article_versions.exists()
    assert cast.convention.articles.count() == 6


def test_a_removed_repeal_leaves_the_article(cast, act, how):
    remove_operation(repeal_article(act, cast.articles["1"], **how), **how)
    assert cast.convention.articles.filter(pk=cast.articles["1"].pk).exists()


def test_operations_change_places(cast, act, how):
    first = repeal_article(act, cast.articles["1"], **how)
    second = repeal_article(act, cast.articles["2"], **how)
    move_operation(second, up=True, **how)
    assert list(ArticleVersion.objects.written_by(act)) == [second, first]
    move_operation(second, up=True, **how)
    assert list(ArticleVersion.objects.written_by(act)) == [second, first]


def test_the_other_side_writes_once_the_draft_is_shared(cast, act):
    theirs = {"by": cast.counterpart, "on": TODAY}
    with pytest.raises(PermissionDenied):
        repeal_article(act, cast.articles["1"], **theirs)
    share(act)
    repeal_article(act, cast.articles["1"], **theirs)


def test_the_journal_of_a_private_draft_is_not_read_by_the_other_side(cast, act, how):
    replace_article(act, cast.articles["3"], heading="Durée", body="Dix ans.", **how)
    entries = JournalEntry.objects.of_dossier(cast.convention.pk)
    assert not entries_visible_to(cast.counterpart, entries, on=TODAY).exists()
    assert entries_visible_to(cast.manager, entries, on=TODAY).count() == 2


def test_a_signed_act_takes_no_more_operations(cast, act, how):
    row = repeal_article(act, cast.articles["1"], **how)
    sign(act)
    for attempt in (
        lambda: repeal_article(act, cast.articles["2"], **how),
        lambda: remove_operation(row, **how),
        lambda: move_operation(row, up=True, **how),
    ):
        with pytest.raises(ValidationError, match="ne se modifie pas"):
            attempt()


def test_the_initial_act_has_no_operations(cast, how):
    draft = make_convention(epci=cast.epci, status=ConventionStatus.EN_NEGOCIATION)
    act = share(draft.acts.get())
    with pytest.raises(ValidationError, match="texte d’origine"):
        repeal_article(act, make_article(draft), **how)
