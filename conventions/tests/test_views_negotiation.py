"""The pages of a negotiation: who must act, what is said in the margin, what is new since."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from conventions.actions.articles import remove_article, write_article
from conventions.actions.negotiation import hand_over
from conventions.actions.proposals import propose
from conventions.actions.threads import open_thread
from conventions.enums import ActKind, ActStatus, ConventionStatus, ThreadScope
from conventions.models import Act, Proposal, Reading, Round, Thread
from conventions.models.consolidated import draft_text
from conventions.tests.drafting import TODAY
from conventions.tests.negotiating import BODY, make_negotiation, proposed

pytestmark = pytest.mark.django_db
SECRET = "Notre limite est de quarante logements"


@pytest.fixture
def cast():
    return make_negotiation()


def address(cast, name="negotiation", **keys):
    keys = {"pk": cast.convention.pk, "number": cast.act.number} | keys
    return reverse(f"conventions:{name}", kwargs=keys)


def page(client, user, where, status=200):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(where)
    assert answer.status_code == status
    return answer.content.decode()


def send(client, user, where, data=None, **more):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.post(where, data or {}, **more)


def opened(cast, **fields):
    fields = {"by": cast.manager, "party": cast.first, "body": "Est-ce sûr ?"} | fields
    fields.setdefault("article", cast.article)
    return open_thread(cast.act, on=TODAY, **fields)


def test_who_must_act_is_said_to_each(cast, client):
    assert "La main est à vous" in page(client, cast.manager, address(cast))
    assert "La main est à EPCI" in page(client, cast.counterpart, address(cast))
    platform = page(client, cast.platform, address(cast))
    assert "Débloquer" in platform
    assert "Rendre la main" not in platform


def test_a_discussion_stands_beside_its_passage_and_is_kept_when_the_words_go(cast, client):
    opened(cast, passage="quinze jours à l’avance")
    text = page(client, cast.counterpart, address(cast))
    assert "quinze jours à l’avance" in text
    assert "Passage disparu" not in text
    write_article(cast.article, by=cast.manager, on=TODAY, number="2", body="Tout est récrit.")
    assert "Passage disparu" in page(client, cast.counterpart, address(cast))


def test_discussions_are_filtered_by_the_address(cast, client):
    opened(cast, body="Une question ouverte")
    done = opened(cast, body="Une question close")
    Thread.objects.filter(pk=done.pk).update(
        resolved_at=datetime.now(UTC), resolved_by=cast.manager
    )
    for where in (address(cast), address(cast, "threads")):
        assert "Une question close" not in page(client, cast.manager, where)
        assert "Une question close" in page(client, cast.manager, f"{where}?voir=resolus")
        assert "Une question close" in page(client, cast.manager, f"{where}?voir=miens")
        assert "Une question close" not in page(client, cast.counterpart, f"{where}?voir=miens")


def test_nothing_internal_reaches_the_other_side_by_any_page(cast, client):
    mine = opened(cast, scope=ThreadScope.INTERNE, body=SECRET, passage="une fois par an")
    assert SECRET in page(client, cast.reader, address(cast))
    names = ("negotiation", "threads", "proposals", "negotiation_since")
    Reading.objects.create(
        act=cast.act, reader=cast.counterpart, read_at=datetime.now(UTC) - timedelta(days=1)
    )
    for name in names:
        for query in ("", "?voir=tous", "?voir=miens"):
            text = page(client, cast.counterpart, address(cast, name) + query)
            assert SECRET not in text
            assert "1 discussion" not in text
            assert f"discussion-{mine.pk}" not in text
    page(client, cast.counterpart, address(cast, "thread", thread_pk=mine.pk), status=404)
    page(client, cast.counterpart, address(cast, "thread_share", thread_pk=mine.pk), status=404)
    for name in ("thread", "thread_resolve", "thread_reopen", "thread_share"):
        where = address(cast, name, thread_pk=mine.pk)
        assert send(client, cast.counterpart, where, {"body": "Ha"}).status_code == 404
    for name in ("detail", "journal", "text", "acts", "draft"):
        text = page(
            client, cast.counterpart, reverse(f"conventions:{name}", args=[cast.convention.pk])
        )
        assert SECRET not in text
        assert "a ouvert une discussion" not in text
    assert "a ouvert une discussion" not in page(
        client, cast.counterpart, reverse("reporting:dashboard")
    )
    journal = reverse("conventions:journal", args=[cast.convention.pk])
    assert "a ouvert une discussion" in page(client, cast.reader, journal)


def test_a_draft_is_not_known_to_the_other_side(client):
    cast = make_negotiation(rounds=False, status=ConventionStatus.BROUILLON)
    cast.act.status = ActStatus.PROJET
    cast.act.save()
    opened(cast, scope=ThreadScope.INTERNE, body=SECRET)
    assert SECRET in page(client, cast.manager, address(cast))
    for name in ("negotiation", "threads", "proposals", "thread_open", "proposal_create"):
        page(client, cast.counterpart, address(cast, name), status=404)


def test_a_discussion_is_opened_from_the_page_and_answered(cast, client):
    where = address(cast, "thread_open")
    shown = page(client, cast.theirs, f"{where}?article={cast.article.pk}&passage=une+fois+par+an")
    assert "une fois par an" in shown
    data = {
        "article": cast.article.pk,
        "passage": "une fois par an",
        "scope": "partage",
        "body": "Deux fois ?",
    }
    send(client, cast.theirs, where, data)
    thread = Thread.objects.get()
    assert (thread.party, thread.passage) == (cast.second, "une fois par an")
    send(client, cast.manager, address(cast, "thread", thread_pk=thread.pk), {"body": "Oui."})
    assert thread.messages.count() == 2
    send(client, cast.manager, address(cast, "thread_resolve", thread_pk=thread.pk))
    thread.refresh_from_db()
    assert thread.resolved_by == cast.manager


def test_sharing_shows_what_will_be_read_and_asks_once_more(cast, client):
    thread = opened(cast, scope=ThreadScope.INTERNE, body=SECRET)
    where = address(cast, "thread_share", thread_pk=thread.pk)
    shown = page(client, cast.manager, where)
    assert SECRET in shown
    assert "ne redevient jamais interne" in shown
    send(client, cast.manager, where)
    assert SECRET in page(client, cast.counterpart, address(cast))


def test_a_proposal_is_made_in_the_editor_and_accepted_in_one_click(cast, client):
    where = address(cast, "proposal_create") + f"?article={cast.article.pk}"
    assert "une fois par an" in page(client, cast.theirs, where)
    data = {"number": "2", "heading": "Titre de l’article 2"}
    data["body"] = BODY.replace("une fois par an", "deux fois par an")
    send(client, cast.theirs, where, data)
    proposal = Proposal.objects.get()
    shown = page(client, cast.manager, address(cast))
    assert f"proposition-{proposal.pk}" in shown
    assert "Accepter" in shown
    assert "Accepter" not in page(client, cast.counterpart, address(cast))
    send(client, cast.manager, address(cast, "proposal_accept", proposal_pk=proposal.pk))
    assert "deux fois par an" in draft_text(cast.act)[-1].body


def test_what_is_typed_is_kept_when_the_proposal_changes_nothing(cast, client):
    where = address(cast, "proposal_create") + f"?article={cast.article.pk}"
    data = {"number": "2", "heading": "Titre de l’article 2", "body": BODY, "reason": "Parce que."}
    answer = send(client, cast.theirs, where, data)
    assert "ne change rien" in answer.content.decode()
    assert "Parce que." in answer.content.decode()


def test_an_overlap_is_settled_on_a_page_of_its_own(cast, client):
    proposal = proposed(cast, propose)
    changed = BODY.replace("une fois par an", "trois fois par an")
    words = {"number": "2", "heading": "Titre de l’article 2", "body": changed}
    write_article(cast.article, by=cast.manager, on=TODAY, **words)
    settle = address(cast, "proposal_settle", proposal_pk=proposal.pk)
    answer = send(client, cast.manager, address(cast, "proposal_accept", proposal_pk=proposal.pk))
    assert answer.url == settle
    shown = page(client, cast.manager, settle)
    assert "trois" in shown
    assert "deux fois par an" in shown
    seen = shown.split('name="seen" value="')[1].split('"')[0]
    write_article(cast.article, by=cast.manager, on=TODAY, **words | {"heading": "Autre titre"})
    data = words | {"body": BODY.replace("une fois", "quatre fois"), "seen": seen}
    stale = send(client, cast.manager, settle, data)
    assert "quatre fois" in stale.content.decode()
    assert Proposal.objects.get().is_open
    seen = page(client, cast.manager, settle).split('name="seen" value="')[1].split('"')[0]
    send(client, cast.manager, settle, data | {"seen": seen})
    assert "quatre fois par an" in draft_text(cast.act)[-1].body


def test_several_proposals_are_shown_with_those_that_overlap_and_accepted_at_once(cast, client):
    first = proposed(cast, propose)
    proposed(cast, propose, body=BODY.replace("une fois par an", "chaque trimestre"))
    proposed(cast, propose, body=BODY.replace("quinze jours", "trente jours"))
    shown = page(client, cast.manager, address(cast))
    assert "Change les mêmes mots que" in shown
    assert "Tout accepter" in shown
    where = address(cast, "proposals_accept_all", article_pk=cast.article.pk)
    answer = send(client, cast.manager, where, follow=True)
    assert "2\u00a0propositions acceptées" in answer.content.decode()
    assert "1\u00a0proposition reste à régler" in answer.content.decode()
    first.refresh_from_db()
    assert not first.is_open


def test_handing_over_shows_its_consequence_then_passes_the_pen(cast, client):
    where = address(cast, "negotiation_hand_over")
    assert "écrira le texte" in page(client, cast.manager, where)
    send(client, cast.manager, where, {"message": "À vous.", "seen": "1"})
    assert Round.objects.get(closed_at__isnull=True).holder == cast.second
    assert "À vous." in page(client, cast.counterpart, address(cast))
    again = send(client, cast.manager, where, {"seen": "1"})
    assert again.status_code == 200
    assert Round.objects.count() == 2


def test_reading_the_page_marks_nothing_read_and_the_button_does(cast, client):
    shown = page(client, cast.theirs, address(cast))
    assert not Reading.objects.exists()
    seen = shown.split('name="vu" value="')[1].split('"')[0]
    write_article(cast.article, by=cast.manager, on=TODAY, number="2", body="Neuf.")
    send(client, cast.theirs, address(cast, "negotiation_read"), {"vu": seen})
    since = page(client, cast.theirs, address(cast, "negotiation_since"))
    assert "Neuf." in since
    answer = send(
        client, cast.theirs, address(cast, "negotiation_read"), {"vu": "bof"},
        headers={"accept": "text/plain"},
    )  # fmt: skip
    assert answer.status_code == 204
    assert "Aucun article ne change" in page(
        client, cast.theirs, address(cast, "negotiation_since")
    )


def test_what_others_did_since_is_told_and_not_what_one_did_oneself(cast, client):
    send(client, cast.theirs, address(cast, "negotiation_read"), {})
    opened(cast, body="Une question neuve")
    opened(cast, by=cast.theirs, party=cast.second, body="La mienne")
    hand_over(cast.act, by=cast.manager, on=TODAY, message="Relisez.")
    since = page(client, cast.theirs, address(cast, "negotiation_since"))
    assert "Une question neuve" in since
    assert "Relisez." in since
    assert "La mienne" not in since
    assert "tour rendu" in page(client, cast.theirs, address(cast))


def test_each_round_is_read_again_and_compared(cast, client):
    write_article(cast.article, by=cast.manager, on=TODAY, number="2", body="Version du tour un.")
    hand_over(cast.act, by=cast.manager, on=TODAY)
    write_article(
        cast.article, by=cast.counterpart, on=TODAY, number="2", body="Version du tour deux."
    )
    first = page(client, cast.reader, address(cast, "negotiation_round", rank=1) + "?vue=entier")
    assert "tour deux" not in first
    second = page(client, cast.reader, address(cast, "negotiation_round", rank=2))
    assert "deux" in second
    page(client, cast.reader, address(cast, "negotiation_round", rank=3), status=404)


def test_a_page_costs_the_same_with_one_discussion_and_with_ten(
    cast, client, django_assert_max_num_queries
):
    for _ in range(10):
        opened(cast, passage="une fois par an")
        proposed(cast, propose)
    page(client, cast.manager, address(cast))
    with django_assert_max_num_queries(60):
        client.get(address(cast))


def test_a_page_that_writes_says_whose_turn_it_is_instead_of_a_form(cast, client):
    edit = reverse("conventions:article_edit", args=[cast.convention.pk, cast.article.pk])
    assert "<textarea" in page(client, cast.manager, edit)
    refused = page(client, cast.counterpart, edit)
    assert "La main est à EPCI" in refused
    assert "Commenter et proposer" in refused
    assert "<textarea" not in refused


def test_the_convention_tells_whose_turn_it_is_on_each_of_its_pages(cast, client):
    for name in ("detail", "text", "journal"):
        where = reverse(f"conventions:{name}", args=[cast.convention.pk])
        assert "la main est à EPCI" in page(client, cast.reader, where)


def test_a_draft_avenant_is_known_to_its_side_alone(cast, client):
    """The other side, which reads the convention, learns nothing of it: pages, journal, mails."""
    act = Act.objects.create(
        convention=cast.convention,
        number=1001,
        kind=ActKind.AVENANT,
        status=ActStatus.PROJET,
        drafted_by=cast.epci,
    )
    cast.act = act
    opened(cast, scope=ThreadScope.INTERNE, body=SECRET)
    assert SECRET in page(client, cast.manager, address(cast))
    for name in ("negotiation", "threads", "proposals", "negotiation_since", "thread_open"):
        page(client, cast.counterpart, address(cast, name), status=404)
    journal = reverse("conventions:journal", args=[cast.convention.pk])
    for where in (journal, reverse("reporting:dashboard")):
        shown = page(client, cast.counterpart, where)
        assert "a ouvert une discussion" not in shown
        assert SECRET not in shown
    assert not act.notices.exists()


def test_words_settled_leave_automatic_numbers_alone(cast, client):
    cast.act.automatic_numbering = True
    cast.act.save()
    proposal = proposed(cast, propose)
    settle = address(cast, "proposal_settle", proposal_pk=proposal.pk)
    shown = page(client, cast.manager, settle)
    assert 'name="number"' not in shown
    send(client, cast.manager, settle, {"heading": "Suivi", "body": "Autre.", "number": "99"})
    last = draft_text(cast.act)[-1]
    assert (last.number, last.heading) == ("2", "Suivi")


def test_a_discussion_outlives_the_article_it_bore_on(cast, client):
    opened(cast, passage="une fois par an", body="Gardez ceci")
    remove_article(cast.article, by=cast.manager, on=TODAY)
    shown = page(client, cast.counterpart, address(cast))
    assert "Gardez ceci" in shown
    assert "Passage disparu" in shown
