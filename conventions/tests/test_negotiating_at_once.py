"""Both sides act at the same instant, for real: PostgreSQL, one connection each."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections

from accounts.models import JournalEntry
from conventions.actions.articles import write_article
from conventions.actions.negotiation import hand_over, mark_read, take_back
from conventions.actions.proposals import accept_proposal, propose, refuse_proposal
from conventions.actions.threads import open_thread
from conventions.models import Act, ArticleVersion, Proposal, Reading, Round
from conventions.models.negotiation_read import text_at, turn_of
from conventions.tests.drafting import TODAY
from conventions.tests.negotiating import BODY, make_negotiation, proposed

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    return make_negotiation()


def at_once(*acts) -> list[str]:
    """Run each act in its own thread and connection; return the code of what each refused."""
    ready = threading.Barrier(len(acts))
    refused = [""] * len(acts)

    def run(rank, act):
        try:
            ready.wait(timeout=10)
            act()
        except ValidationError as error:
            refused[rank] = error.code or "refused"
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return refused


def act_of(cast) -> Act:
    """The act as another request would read it."""
    return Act.objects.select_related("convention").get(pk=cast.act.pk)


def test_a_round_handed_over_twice_at_once_ends_once(cast):
    def hand():
        act = act_of(cast)
        return lambda: hand_over(act, by=cast.manager, on=TODAY, seen=1)

    refused = at_once(hand(), hand(), hand())
    assert sorted(refused) == ["", "answered", "answered"]
    assert Round.objects.count() == 2
    assert Round.objects.filter(closed_at__isnull=True).count() == 1
    assert JournalEntry.objects.filter(verb="round_handed_over").count() == 1


def test_a_proposal_accepted_and_refused_at_once_has_one_answer(cast):
    pk = proposed(cast, propose).pk

    def read() -> Proposal:
        return Proposal.objects.select_related("act__convention").get(pk=pk)

    rows = [read() for _ in range(4)]
    refused = at_once(
        *(lambda row=row: accept_proposal(row, by=cast.manager, on=TODAY) for row in rows[:3]),
        lambda: refuse_proposal(rows[3], by=cast.manager, on=TODAY, reason="Non."),
    )
    assert sorted(refused) == ["", "answered", "answered", "answered"]
    answers = JournalEntry.objects.filter(verb__in=["proposal_accepted", "proposal_refused"])
    assert answers.count() == 1
    accepted = read().status == "acceptee"
    body = ArticleVersion.objects.get(article=cast.article).body
    assert ("deux fois par an" in body) == accepted


def test_what_is_written_as_the_pen_changes_hands_is_handed_over_or_refused(cast):
    act, typed = act_of(cast), BODY.replace("novembre", "mai") + "\n\nEt un bilan."
    words = {"number": "2", "heading": "Titre de l’article 2", "body": typed}
    refused = at_once(
        lambda: write_article(cast.article, by=cast.manager, on=TODAY, **words),
        lambda: hand_over(act, by=cast.manager, on=TODAY),
    )
    turn = turn_of(cast.act)
    assert turn.number == 2
    handed = {a.number: a.body for a in text_at(cast.act, at=turn.opened_at)}["2"]
    now = ArticleVersion.objects.get(article=cast.article).body
    assert handed == now
    assert (now == typed) == (refused == ["", ""])
    assert refused in (["", ""], ["pen", ""])


def test_the_pen_is_taken_back_or_the_other_side_has_acted_never_both(cast):
    hand_over(cast.act, by=cast.manager, on=TODAY)
    ours, theirs = act_of(cast), act_of(cast)
    said = {"by": cast.theirs, "on": TODAY, "party": cast.second, "body": "Une question."}
    refused = at_once(
        lambda: take_back(ours, by=cast.manager, on=TODAY, reason="Oubli."),
        lambda: open_thread(theirs, **said),
    )
    assert refused[1] == ""
    holder = turn_of(cast.act).holder
    assert holder == (cast.second if refused[0] else cast.first)
    assert cast.act.threads.count() == 1


def test_two_windows_of_one_reader_keep_one_reading(cast):
    seen = cast.turn.opened_at
    act = act_of(cast)
    assert at_once(*[lambda: mark_read(act, by=cast.theirs, seen_at=seen)] * 3) == [""] * 3
    assert Reading.objects.get().read_at == seen
