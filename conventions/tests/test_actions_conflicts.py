"""What must be settled before an avenant is signed, through the database."""

from datetime import date

import pytest

from conventions.actions.avenants import change_avenant, read_again
from conventions.actions.clause_operations import binding_clauses, write_clause
from conventions.actions.conflicts import conflicts_seen_by, obstacles_of_avenant
from conventions.actions.operations import (
    insert_by,
    renumber_article,
    repeal_article,
    replace_article,
    restore_article,
)
from conventions.enums import (
    ActKind,
    ActStatus,
    Operation,
    TerminationGround,
    Trigger,
    Unit,
)
from conventions.models import Definition, DurationClause, TerminationClause
from conventions.tests.amending import NEW_YEAR, TODAY, begin, make_amending_cast, share, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_amending_cast()


@pytest.fixture
def how(cast):
    return {"by": cast.manager, "on": TODAY}


def words(cast, act, user=None) -> str:
    found = conflicts_seen_by(user or cast.manager, act, on=TODAY)
    return "\n".join(conflict.message for conflict in found)


def blocking(act, **when) -> list[str]:
    return [one.message for one in obstacles_of_avenant(act, on=TODAY, **when)]


def test_an_empty_avenant_is_not_signed(cast, how):
    act = begin(cast)
    assert blocking(act) == ["L’avenant ne change rien : ajoutez une opération."]
    Definition.objects.create(act=act, term="CIL", meaning="comité interprofessionnel")
    assert blocking(act) == []


def test_two_drafts_of_one_side_on_the_same_article_are_told_at_once(cast, how):
    mine, other = begin(cast), begin(cast, title="Durée")
    replace_article(mine, cast.articles["3"], heading="Durée", body="Dix ans.", **how)
    repeal_article(other, cast.articles["3"], **how)
    assert "projet d’avenant «\u00a0Durée\u00a0» change aussi l’article\u00a03" in words(cast, mine)
    assert "change aussi l’article\u00a03" in words(cast, other)


def test_a_wording_and_a_number_do_not_meet(cast, how):
    mine, other = begin(cast), begin(cast)
    replace_article(mine, cast.articles["3"], heading="Durée", body="Dix ans.", **how)
    renumber_article(other, cast.articles["3"], number="3 A", **how)
    assert words(cast, mine) == words(cast, other) == ""


def test_a_conflict_with_a_draft_one_may_not_see_is_never_told(cast, how):
    mine, theirs = begin(cast), begin(cast, by=cast.counterpart, title="Secret")
    repeal_article(mine, cast.articles["1"], **how)
    repeal_article(theirs, cast.articles["1"], by=cast.counterpart, on=TODAY)
    assert words(cast, mine) == ""
    assert blocking(mine) == []
    share(theirs)
    assert "Secret" in words(cast, mine)
    assert len(blocking(mine)) == 1


def test_a_private_draft_does_not_hold_up_the_signature_of_a_shared_act(cast, how):
    shared, private = share(begin(cast)), begin(cast)
    repeal_article(shared, cast.articles["1"], **how)
    repeal_article(private, cast.articles["1"], **how)
    assert blocking(shared) == []
    assert len(blocking(private)) == 1


def test_a_closed_text_goes_first_and_the_other_waits(cast, how):
    closed, open_one = begin(cast), begin(cast)
    for act in (closed, open_one):
        repeal_article(act, cast.articles["1"], **how)
    share(closed, ActStatus.EN_SIGNATURE)
    share(open_one)
    assert blocking(closed) == []
    assert "change aussi" in words(cast, closed)
    assert len(blocking(open_one)) == 1


def test_the_base_moves_when_another_act_is_signed_and_is_read_again(cast, how):
    mine, other = begin(cast), begin(cast)
    repeal_article(mine, cast.articles["1"], **how)
    repeal_article(other, cast.articles["2"], **how)
    sign(other)
    assert blocking(mine) == [
        "Depuis que ce projet est commencé, l’acte n°\u00a01 a été signé. Relisez ses opérations "
        "sur le texte qui en résulte, puis dites-le."
    ]
    read_again(mine, **how)
    mine.refresh_from_db()
    assert blocking(mine) == []


def test_an_article_repealed_meanwhile_is_no_longer_changed(cast, how):
    mine, other = begin(cast), begin(cast)
    replace_article(mine, cast.articles["2.1"], heading="x", body="y", **how)
    repeal_article(other, cast.articles["2"], **how)
    sign(other)
    assert "l’article\u00a02.1 est déjà abrogé" in words(cast, mine)


def test_an_article_not_yet_in_force_that_day_is_not_changed(cast, how):
    later = begin(cast, effective_on=date(2028, 1, 1))
    row = insert_by(later, heading="Suivi", after=cast.articles["1"], **how)
    sign(later)
    mine = begin(cast)
    repeal_article(mine, row.article, **how)
    assert "n’est pas encore en vigueur" in words(cast, mine)
    behind = begin(cast)
    insert_by(behind, heading="Comité", after=row.article, **how)
    assert "n’aurait pas de place" in words(cast, behind)


def test_an_article_is_not_put_in_one_that_is_repealed(cast, how):
    mine, other = begin(cast), begin(cast)
    insert_by(mine, heading="Suivi", parent=cast.articles["2"], **how)
    repeal_article(other, cast.articles["2"], **how)
    assert "il disparaîtrait avec lui" in words(cast, mine)
    sign(other)
    assert "rien n’y entre" in words(cast, mine)


def test_a_place_behind_an_article_another_draft_repeals_is_only_warned_about(cast, how):
    mine, other = begin(cast), begin(cast)
    insert_by(mine, heading="Suivi", after=cast.articles["2"], **how)
    repeal_article(other, cast.articles["2"], **how)
    assert "La place reste lisible" in words(cast, mine)
    assert blocking(mine) == []


def test_an_article_restored_twice_is_already_there(cast, how):
    first = begin(cast)
    repeal_article(first, cast.articles["1"], **how)
    sign(first)
    mine, other = begin(cast), begin(cast)
    restore_article(mine, cast.articles["1"], heading="De retour", **how)
    restore_article(other, cast.articles["1"], heading="De retour", **how)
    sign(other)
    assert "remplacez-le au lieu de le rétablir" in words(cast, mine)


def test_a_number_already_taken_is_told(cast, how):
    mine = begin(cast)
    renumber_article(mine, cast.articles["3"], number="4", **how)
    assert "Deux articles porteraient le même numéro, article\u00a04" in words(cast, mine)
    assert len(blocking(mine)) == 1
    renumber_article(mine, cast.articles["4"], number="5", **how)
    assert words(cast, mine) == ""


def test_two_drafts_that_insert_the_same_number_are_warned(cast, how):
    mine, other = begin(cast), begin(cast)
    insert_by(mine, heading="Suivi", after=cast.articles["1"], **how)
    insert_by(other, heading="Comité", after=cast.articles["1"], **how)
    assert "insère aussi un article\u00a01 bis" in words(cast, mine)
    assert blocking(mine) == []


def test_a_repeal_that_breaks_a_reference_is_refused_until_the_reference_goes(cast, how):
    mine = begin(cast)
    repeal_article(mine, cast.articles["3"], **how)
    assert "Un renvoi serait rompu dans l’article\u00a04" in words(cast, mine)
    replace_article(mine, cast.articles["4"], heading="Quatre", body="Sans renvoi.", **how)
    assert words(cast, mine) == ""


def test_what_a_draft_changes_and_repeals_is_told(cast, how):
    mine = begin(cast)
    replace_article(mine, cast.articles["1"], heading="x", body="y", **how)
    repeal_article(mine, cast.articles["1"], **how)
    assert "change l’article\u00a01 et l’abroge" in words(cast, mine)


def test_a_change_until_a_later_repeal_is_not_a_contradiction(cast, how):
    mine = begin(cast)
    replace_article(mine, cast.articles["1"], heading="x", body="y", **how)
    repeal_article(mine, cast.articles["1"], effective_on=date(2028, 1, 1), **how)
    assert words(cast, mine) == ""


def test_dates_before_the_signature_and_after_the_term_are_told(cast, how):
    mine = begin(cast, effective_on=date(2026, 6, 1))
    repeal_article(mine, cast.articles["1"], **how)
    assert "précède le jour d’aujourd’hui" in words(cast, mine)
    assert blocking(mine) == []
    assert blocking(mine, signed_on=date(2026, 5, 1)) == []
    assert "précède la signature" in blocking(mine, signed_on=TODAY)[0]
    late = begin(cast, effective_on=date(2030, 6, 1))
    repeal_article(late, cast.articles["2"], **how)
    assert "tombe après le terme" in blocking(late)[0]
    _duration(late)
    assert blocking(late) == []


def _duration(act, **fields) -> DurationClause:
    return DurationClause.objects.create(
        convention=act.convention, act=act, operation=Operation.DUREE, quantity=9, unit=Unit.ANS,
        **fields,
    )  # fmt: skip


def test_one_clause_is_replaced_by_one_draft(cast, how):
    initial = DurationClause.objects.get(act__number=0)
    mine, other = begin(cast), begin(cast)
    for act in (mine, other):
        _duration(act, replaces=initial)
    assert "change aussi la clause sur la durée" in words(cast, mine)
    sign(other)
    assert "a déjà changé la clause sur la durée" in words(cast, mine)


def test_an_erratum_that_changes_much_is_warned_never_refused(cast, how):
    act = begin(cast, kind=ActKind.ERRATUM, purpose="« Trois » pour « trois »")
    body = "Une tout autre rédaction, qui n’a plus rien à voir avec celle qu’elle remplace."
    replace_article(act, cast.articles["3"], heading="Durée", body=body, **how)
    assert "ce n’est plus une erreur matérielle" in words(cast, act)
    assert blocking(act) == []


def test_an_erratum_of_one_word_is_not_warned(cast, how):
    act = begin(cast, kind=ActKind.ERRATUM, purpose="« Trois » pour « quatre »")
    replace_article(act, cast.articles["3"], heading="Durée", body="Quatre ans.", **how)
    assert words(cast, act) == ""


def test_signed_and_abandoned_acts_have_no_conflicts(cast, how):
    act = begin(cast)
    repeal_article(act, cast.articles["3"], **how)
    sign(act, effective_on=NEW_YEAR)
    assert words(cast, act) == ""


def test_a_clause_is_not_taken_over_before_it_binds(cast, how):
    """Else the one before it and the one after it would bind together."""
    terms = {"ground": TerminationGround.SANS_MOTIF, "trigger": Trigger.ENVOI}
    first = begin(cast, effective_on=date(2027, 6, 1))
    known = next(c for c in binding_clauses(first) if isinstance(c, TerminationClause))
    write_clause(TerminationClause, first, **how, replaces=known, quantity=1, **terms)
    sign(first)
    early = begin(cast, effective_on=date(2027, 3, 1))
    signed = next(c for c in binding_clauses(early) if isinstance(c, TerminationClause))
    write_clause(TerminationClause, early, **how, replaces=signed, quantity=2, **terms)
    assert "ne change la clause sur la résiliation que le 1" in "\n".join(blocking(early))
    change_avenant(early, **how, title="Plus tard", effective_on=date(2027, 6, 1))
    assert blocking(early) == []
