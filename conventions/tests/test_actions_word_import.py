"""A Word file taken back: proposals in negotiation, writing in a draft, nothing overwritten."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.enums import Verb
from accounts.models import JournalEntry
from conventions.access import entries_visible_to
from conventions.actions.operations import replace_article
from conventions.actions.proposals import accept_proposal
from conventions.actions.word_import import import_word, preview_word, withdraw_import
from conventions.enums import Change, ConventionStatus, ProposalKind, ProposalStatus, ThreadScope
from conventions.models import ArticleVersion, Thread
from conventions.models.consolidated import draft_text
from conventions.models.word_text import word_text_of, word_text_on
from conventions.rules.word_ecriture import write_word
from conventions.rules.word_paquet import W
from conventions.tests.amending import begin, make_amending_cast, share
from conventions.tests.drafting import TODAY, make_drafting_cast
from conventions.tests.factories import make_article, make_convention, make_signed_convention
from conventions.tests.negotiating import make_negotiation
from conventions.tests.word_files import deleted, edited, inserted, paragraph, run, with_part

pytestmark = pytest.mark.django_db

YEARLY = run("Les parties se réunissent une fois par an pour faire le point.")
TWICE = (
    run("Les parties se réunissent ") + deleted("une") + inserted(run("deux"))
    + run(" fois par an pour faire le point.")
)  # fmt: skip
COMMENTS = (
    f'<w:comments xmlns:w="{W}"><w:comment w:id="4" w:author="Dominique Petit">'
    f"<w:p>{run('Pourquoi si souvent ?')}</w:p></w:comment></w:comments>"
)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_DIR = tmp_path


@pytest.fixture
def cast():
    return make_negotiation()


def _exported(cast, *changes) -> bytes:
    return edited(write_word(word_text_of(cast.act, on=TODAY)), *changes)


def _keys(cast, data) -> list[str]:
    return [
        change.key for change in preview_word(cast.act, on=TODAY, name="t.docx", data=data).changes
    ]


def _import(cast, data, keys=None, **fields):
    if "by" not in fields:
        fields |= {"by": cast.theirs, "party": cast.second}
    keys = _keys(cast, data) if keys is None else keys
    return import_word(cast.act, on=TODAY, name="retour.docx", data=data, keys=keys, **fields)


def test_a_file_that_changed_nothing_proposes_nothing(cast):
    preview = preview_word(cast.act, on=TODAY, name="t.docx", data=_exported(cast))
    assert preview.changes == []
    assert preview.left_out == []


def test_a_tracked_change_becomes_a_proposal_that_is_accepted_in_one_click(cast):
    done = _import(cast, _exported(cast, (YEARLY, TWICE)))
    (proposal,) = done.proposals
    assert (proposal.kind, proposal.article) == (ProposalKind.REECRIRE, cast.article)
    assert (proposal.signature, proposal.party) == ("Dominique Petit", cast.second)
    assert "deux fois par an" in proposal.body
    assert "une fois par an" in proposal.base_body
    accept_proposal(proposal, by=cast.manager, on=TODAY)
    assert "deux fois par an" in ArticleVersion.objects.get(article=cast.article).body


def test_the_file_is_kept_and_the_journal_says_it(cast):
    done = _import(cast, _exported(cast, (YEARLY, TWICE)))
    assert done.document.name == "retour.docx"
    assert done.document.read() == _exported(cast, (YEARLY, TWICE))
    entry = JournalEntry.objects.filter(verb=Verb.WORD_IMPORTED).get()
    assert (entry.data["file"], entry.data["proposals"]) == ("retour.docx", 1)


def test_what_was_written_meanwhile_is_merged_not_overwritten(cast):
    data = _exported(cast, (YEARLY, TWICE))
    version = ArticleVersion.objects.get(article=cast.article)
    version.body = version.body.replace("quinze jours", "un mois")
    version.save()
    preview = preview_word(cast.act, on=TODAY, name="t.docx", data=data)
    assert preview.changes[0].has_moved_on
    assert not preview.changes[0].is_conflict
    accept_proposal(_import(cast, data).proposals[0], by=cast.manager, on=TODAY)
    body = ArticleVersion.objects.get(article=cast.article).body
    assert "deux fois par an" in body
    assert "un mois" in body


def test_the_same_words_changed_on_both_sides_are_a_conflict_to_settle(cast):
    data = _exported(cast, (YEARLY, TWICE))
    version = ArticleVersion.objects.get(article=cast.article)
    version.body = version.body.replace("une fois par an", "trois fois par an")
    version.save()
    assert preview_word(cast.act, on=TODAY, name="t.docx", data=data).changes[0].is_conflict
    proposal = _import(cast, data).proposals[0]
    with pytest.raises(ValidationError):
        accept_proposal(proposal, by=cast.manager, on=TODAY)
    assert "trois fois par an" in ArticleVersion.objects.get(article=cast.article).body


def test_a_change_made_on_both_sides_is_not_proposed_again(cast):
    data = _exported(cast, (YEARLY, TWICE))
    version = ArticleVersion.objects.get(article=cast.article)
    version.body = version.body.replace("une fois par an", "deux fois par an")
    version.save()
    assert _keys(cast, data) == []


def test_new_articles_are_proposed_in_the_order_of_the_file(cast):
    end = '<w:p><w:pPr><w:pStyle w:val="Rubrique"/></w:pPr><w:bookmarkStart w:id="6"'
    new = "".join(
        paragraph(run(f"Article {number}. {name}"), style="Titre1") + paragraph(run(f"{name}."))
        for number, name in ((3, "Suivi"), (4, "Durée"))
    )
    data = _exported(cast, (end, new + end))
    done = _import(cast, data)
    for proposal in done.proposals:
        accept_proposal(proposal, by=cast.manager, on=TODAY)
    assert [one.heading for one in draft_text(cast.act)][1:] == [
        "Titre de l’article 2",
        "Suivi",
        "Durée",
    ]


def test_comments_become_shared_discussions_on_their_passage(cast):
    data = with_part(_exported(cast), "comments.xml", COMMENTS, "comments")
    marked = '<w:commentRangeStart w:id="4"/>' + YEARLY + '<w:commentRangeEnd w:id="4"/>'
    data = edited(data, (YEARLY, marked))
    done = _import(cast, data, keys=[], remarks=["4"])
    thread = Thread.objects.get()
    assert done.threads == 1
    assert (thread.article, thread.scope) == (cast.article, ThreadScope.PARTAGE)
    assert thread.passage.startswith("Les parties se réunissent une fois")
    message = thread.messages.get()
    assert (message.body, message.signature) == ("Pourquoi si souvent ?", "Dominique Petit")


def test_everything_a_file_proposed_can_be_withdrawn_at_once(cast):
    done = _import(cast, _exported(cast, (YEARLY, TWICE)))
    assert withdraw_import(done.document, by=cast.theirs, on=TODAY) == 1
    done.proposals[0].refresh_from_db()
    assert done.proposals[0].status == ProposalStatus.RETIREE
    assert withdraw_import(done.document, by=cast.theirs, on=TODAY) == 0


def test_an_article_that_vanished_is_offered_but_not_ticked(cast):
    make_article(cast.convention, "3", body="Un comité veille au suivi.", position=9)
    data = write_word(word_text_of(cast.act, on=TODAY))
    start = '<w:bookmarkStart w:id="6" w:name="art_'
    code = draft_text(cast.act)[2].code
    title = '<w:p><w:pPr><w:pStyle w:val="Titre1"/></w:pPr>'
    whole = (
        f'{title}{start}{code}_"/>{run("Article" + chr(160) + "3. Titre de l’article 3")}'
        f'<w:bookmarkEnd w:id="6"/></w:p><w:p><w:bookmarkStart w:id="7" w:name="corps_{code}_"/>'
        f'{run("Un comité veille au suivi.")}<w:bookmarkEnd w:id="7"/></w:p>'
    )
    (change,) = preview_word(
        cast.act, on=TODAY, name="t.docx", data=edited(data, (whole, ""))
    ).changes
    assert (change.kind, change.ticked) == (ProposalKind.RETIRER, False)


def test_nothing_chosen_and_a_vanished_choice_are_refused(cast):
    data = _exported(cast, (YEARLY, TWICE))
    with pytest.raises(ValidationError, match="Cochez"):
        _import(cast, data, keys=[])
    with pytest.raises(ValidationError, match="a changé"):
        _import(cast, data, keys=["article-999"])


def test_a_file_of_another_convention_is_refused(cast):
    other = make_convention()
    make_article(other, "1")
    data = write_word(word_text_of(other.acts.get(), on=TODAY))
    with pytest.raises(ValidationError, match="vient de la convention"):
        preview_word(cast.act, on=TODAY, name="t.docx", data=data)


def test_a_reader_does_not_take_a_file_back(cast):
    with pytest.raises(PermissionDenied):
        _import(cast, _exported(cast, (YEARLY, TWICE)), by=cast.reader, party=cast.first)


def test_a_signed_act_is_not_changed_by_a_file():
    convention = make_signed_convention()
    act = convention.acts.get()
    with pytest.raises((ValidationError, PermissionDenied)):
        import_word(
            act, by=convention.created_by, on=TODAY, party=None, name="t.docx", data=b"", keys=[]
        )


def test_in_a_private_draft_the_changes_are_written_and_the_file_stays_private():
    cast = make_drafting_cast(status=ConventionStatus.BROUILLON)
    article = make_article(cast.convention, "2", body="La convention dure trois ans.")
    data = _exported(
        cast,
        (run("La convention dure trois ans."), run("La convention dure six ans.")),
    )
    done = _import(cast, data, by=cast.manager, party=cast.first)
    assert (done.written, done.document, done.proposals) == (1, None, [])
    assert ArticleVersion.objects.get(article=article).body == "La convention dure six ans."
    assert not cast.convention.documents.exists()


def test_the_text_of_a_day_is_the_same_file_whenever_it_is_asked():
    convention = make_signed_convention()
    day = convention.starts_on
    one, other = (write_word(word_text_on(convention, day=day)) for _ in range(2))
    assert one == other
    assert word_text_on(convention, day=day.replace(year=day.year - 1)) is None


# Avenants ----------------------------------------------------------------------------------------


@pytest.fixture
def amending():
    return make_amending_cast()


def _avenant_file(cast, act, *changes) -> bytes:
    """The file of an avenant that words article 3 again, and what somebody made of it in Word."""
    replace_article(
        act, cast.articles["3"], by=cast.manager, on=TODAY, heading="Durée", body="Quatre ans."
    )
    return edited(write_word(word_text_of(act, on=TODAY)), *changes)


def _take(act, data, *, by, party=None, **fields):
    changes = preview_word(act, on=TODAY, name="t.docx", data=data).changes
    keys = [change.key for change in changes]
    return import_word(
        act, by=by, on=TODAY, party=party, name="a.docx", data=data, keys=keys, **fields
    )


def test_in_a_private_avenant_the_changes_are_written_as_operations(amending):
    act = begin(amending)
    end = '<w:p><w:pPr><w:pStyle w:val="Rubrique"/></w:pPr><w:bookmarkStart '
    new = paragraph(run("Article 3 bis. Suivi"), style="Titre1") + paragraph(run("Chaque année."))
    data = _avenant_file(amending, act, (run("Quatre ans."), run("Cinq ans.")), (end, new + end))
    done = _take(act, data, by=amending.manager)
    assert (done.written, done.refused, done.document) == (2, [], None)
    rows = act.article_versions.order_by("position")
    assert [(one.operation, one.number, one.heading, one.body) for one in rows] == [
        (Change.REMPLACER, "", "Durée", "Cinq ans."),
        (Change.ECRIRE, "3 bis", "Suivi", "Chaque année."),
    ]
    assert rows[1].after == amending.articles["3"]


def test_the_journal_of_a_private_avenant_keeps_the_file_to_its_side(amending):
    act = begin(amending)
    data = _avenant_file(amending, act, (run("Quatre ans."), run("Cinq ans.")))
    _take(act, data, by=amending.manager)
    entry = JournalEntry.objects.filter(verb=Verb.WORD_IMPORTED).get()
    assert entry.data["reserved_to"] == amending.epci.pk
    assert entry not in entries_visible_to(
        amending.counterpart, JournalEntry.objects.all(), on=TODAY
    )


def test_the_comments_on_a_private_avenant_become_internal_discussions(amending):
    act = begin(amending)
    data = with_part(_avenant_file(amending, act), "comments.xml", COMMENTS, "comments")
    words = run("Quatre ans.")
    marked = f'<w:commentRangeStart w:id="4"/>{words}<w:commentRangeEnd w:id="4"/>'
    party = amending.convention.parties.get(organisation=amending.epci)
    _take(act, edited(data, (words, marked)), by=amending.manager, party=party, remarks=["4"])
    thread = Thread.objects.get()
    assert (thread.scope, thread.article) == (ThreadScope.INTERNE, amending.articles["3"])


def test_the_other_side_does_not_bring_a_file_into_a_private_avenant(amending):
    act = begin(amending)
    data = _avenant_file(amending, act, (run("Quatre ans."), run("Cinq ans.")))
    with pytest.raises(PermissionDenied):
        _take(act, data, by=amending.counterpart)


def test_in_negotiation_a_file_of_an_avenant_becomes_proposals(amending):
    act = begin(amending)
    data = _avenant_file(amending, act, (run("Quatre ans."), run("Cinq ans.")))
    share(act)
    party = amending.convention.parties.get(organisation=amending.groupe)
    (proposal,) = _take(act, data, by=amending.counterpart, party=party).proposals
    assert act.article_versions.get().body == "Quatre ans."
    accept_proposal(proposal, by=amending.manager, on=TODAY)
    assert act.article_versions.get().body == "Cinq ans."
