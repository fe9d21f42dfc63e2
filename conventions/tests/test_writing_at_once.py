"""Two people write at the same instant, for real: PostgreSQL, one connection each."""

import threading

import pytest
from django.db import connection, connections

from conventions.actions.articles import insert_article, move_article, write_article
from conventions.actions.revisions import ConflictError, Words, revisions_of, words_of, write_words
from conventions.models import ArticleVersion
from conventions.tests.drafting import TODAY, make_drafting_cast

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

BODY = "\n\n".join(f"Alinéa {rank} de cet article de la convention." for rank in range(6))


@pytest.fixture
def cast():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    cast = make_drafting_cast()
    cast.who = {"by": cast.manager, "on": TODAY}
    cast.other = {"by": cast.counterpart, "on": TODAY}
    cast.one = cast.convention.articles.get()
    write_article(cast.one, **cast.who, number="1", heading="Un", body=BODY)
    cast.two = insert_article(cast.convention, **cast.who, heading="Deux", body=BODY)
    return cast


def _at_once(*acts):
    """Run each act in its own thread and connection; return what each raised."""
    ready = threading.Barrier(len(acts))
    raised = [None] * len(acts)

    def run(rank, act):
        try:
            ready.wait(timeout=10)
            act()
        except ConflictError as error:
            raised[rank] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return raised


def _writer(article, who, base, mine):
    """What one person does: a row read long ago, words typed since."""
    version = ArticleVersion.objects.select_related("act__convention", "article").get(
        article=article
    )
    number, heading = version.number, version.heading

    def write():
        write_words(
            version, **who, base=Words(number, heading, base), mine=Words(number, heading, mine)
        )

    return write


def test_different_articles_lose_nothing_even_while_the_plan_moves(cast):
    mine, theirs = BODY.replace("Alinéa 0", "Mien"), BODY.replace("Alinéa 0", "Leur")
    raised = _at_once(
        _writer(cast.one, cast.who, BODY, mine),
        _writer(cast.two, cast.other, BODY, theirs),
        lambda: move_article(cast.two, **cast.who, up=True),
        lambda: insert_article(cast.convention, **cast.other, heading="Trois"),
    )
    assert raised == [None] * 4
    rows = {row.article_id: row for row in ArticleVersion.objects.all()}
    assert (rows[cast.one.pk].body, rows[cast.two.pk].body) == (mine, theirs)
    assert sorted(row.position for row in rows.values()) == [1, 2, 3]
    assert rows[cast.two.pk].position < rows[cast.one.pk].position


def test_the_same_article_keeps_what_each_wrote_elsewhere(cast):
    edits = [BODY.replace(f"Alinéa {rank} ", f"Alinéa {rank} changé ") for rank in range(6)]
    raised = _at_once(
        *(
            _writer(cast.one, cast.who if rank % 2 else cast.other, BODY, edit)
            for rank, edit in enumerate(edits)
        )
    )
    assert raised == [None] * 6
    version = ArticleVersion.objects.get(article=cast.one)
    assert version.body == BODY.replace(" de cet", " changé de cet")


def test_the_same_words_go_to_one_and_the_other_is_told(cast):
    mine, theirs = BODY.replace("Alinéa 0", "Mien"), BODY.replace("Alinéa 0", "Leur")
    raised = _at_once(
        _writer(cast.one, cast.who, BODY, mine), _writer(cast.one, cast.other, BODY, theirs)
    )
    version = ArticleVersion.objects.get(article=cast.one)
    refused = [error for error in raised if error is not None]
    assert len(refused) == 1
    kept, lost = (mine, theirs) if raised[0] is None else (theirs, mine)
    assert words_of(version).body == kept
    assert "".join(piece.mine for piece in refused[0].pieces["body"].pieces) == lost
    assert revisions_of(version).first().body == kept
