"""What people write together: merged, kept state by state, never lost."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F
from django.utils import timezone

from accounts.models import JournalEntry
from conventions.access import revisions_visible_to
from conventions.actions.articles import (
    citers_of,
    insert_article,
    move_article,
    put_back,
    remove_article,
    set_automatic_numbering,
    set_kind,
    write_article,
)
from conventions.actions.revisions import (
    AUTOSAVE,
    ORIGIN,
    ConflictError,
    Words,
    restore_revision,
    revisions_of,
    words_of,
    write_words,
)
from conventions.enums import ArticleKind
from conventions.models import ArticleRevision, ArticleVersion, Convention, Round
from conventions.models.consolidated import draft_text
from conventions.rules.ecriture import broken_references
from conventions.tests.drafting import TODAY, make_drafting_cast

pytestmark = pytest.mark.django_db

BODY = "Les parties produisent 170 logements par an.\n\nLe bilan est remis chaque année au comité."


@pytest.fixture
def cast():
    cast = make_drafting_cast()
    cast.who = {"by": cast.manager, "on": TODAY}
    cast.other = {"by": cast.counterpart, "on": TODAY}
    cast.one = cast.convention.articles.get()
    write_article(cast.one, **cast.who, number="1", heading="Objet", body=BODY)
    cast.version = cast.act.article_versions.get()
    return cast


def _write(cast, who, body, *, base=BODY, autosave=False, heading="Objet"):
    return write_words(
        cast.version,
        **who,
        base=Words("1", "Objet", base),
        mine=Words("1", heading, body),
        autosave=autosave,
    )


def _body(cast):
    cast.version.refresh_from_db()
    return cast.version.body


def test_changes_of_two_people_that_do_not_meet_are_both_kept(cast):
    _write(cast, cast.who, BODY.replace("170", "180"))
    written = _write(cast, cast.other, BODY.replace("chaque année", "deux fois l’an"))
    assert _body(cast) == BODY.replace("170", "180").replace("chaque année", "deux fois l’an")
    assert written.merged_with == str(cast.manager)


def test_a_title_and_a_text_changed_by_two_people_merge(cast):
    _write(cast, cast.who, BODY, heading="Objet de la convention")
    _write(cast, cast.other, BODY.replace("170", "180"))
    cast.version.refresh_from_db()
    assert words_of(cast.version) == Words(
        "1", "Objet de la convention", BODY.replace("170", "180")
    )


def test_who_is_alone_to_write_is_told_of_no_merge(cast):
    assert _write(cast, cast.who, BODY.replace("170", "180")).merged_with == ""


def test_changes_that_meet_are_written_by_nobody_before_they_are_settled(cast):
    _write(cast, cast.who, BODY.replace("170", "180"))
    with pytest.raises(ConflictError) as refusal:
        _write(cast, cast.other, BODY.replace("170", "200"))
    assert _body(cast) == BODY.replace("170", "180")
    pieces = [piece for piece in refusal.value.pieces["body"].pieces if piece.is_conflict]
    assert [(p.base, p.mine, p.theirs) for p in pieces] == [("170", "200", "180")]


def test_a_number_changed_by_the_plan_is_not_undone_by_a_wording(cast):
    insert_article(cast.convention, **cast.who, heading="Deux")
    set_automatic_numbering(cast.convention, **cast.who, automatic=True)
    move_article(cast.one, **cast.who, up=False)
    _write(cast, cast.other, BODY.replace("170", "180"))
    cast.version.refresh_from_db()
    assert (cast.version.number, cast.version.position) == ("2", 2)


def test_what_one_person_types_in_a_row_is_one_state(cast):
    start = ArticleRevision.objects.count()
    text = BODY
    for rank in range(4):
        _write(cast, cast.who, f"{text} {rank}", base=text, autosave=True)
        text = f"{text} {rank}"
    assert ArticleRevision.objects.count() in {start + 1, start + 2}  # The clock may turn.
    assert revisions_of(cast.version).first().reason == AUTOSAVE
    entries = JournalEntry.objects.count()
    _write(cast, cast.who, text, base=text)
    assert revisions_of(cast.version).first().reason == ""
    assert JournalEntry.objects.count() == entries + 1
    told = JournalEntry.objects.latest("pk").data["changes"]["body"]
    assert told[1] == text
    _write(cast, cast.who, text, base=text)
    assert JournalEntry.objects.count() == entries + 1


def test_another_person_begins_another_state(cast):
    _write(cast, cast.who, f"{BODY} a", autosave=True)
    before = ArticleRevision.objects.count()
    _write(cast, cast.other, f"{BODY} a b", base=f"{BODY} a", autosave=True)
    assert ArticleRevision.objects.count() == before + 1


def test_long_after_typing_goes_on_as_another_state(cast):
    _write(cast, cast.who, f"{BODY} a", autosave=True)
    ArticleRevision.objects.update(written_at=F("written_at") - timedelta(minutes=10))
    _write(cast, cast.who, f"{BODY} a b", base=f"{BODY} a", autosave=True)
    assert [row.body[-3:] for row in revisions_of(cast.version)[:2]] == ["a b", ". a"]


def test_the_first_writing_keeps_what_was_there_before(cast):
    assert revisions_of(cast.version).last().reason == ORIGIN
    assert revisions_of(cast.version).last().body == "Les parties conviennent de ce qui suit."


def test_any_state_can_be_restored_as_one_more(cast):
    origin = revisions_of(cast.version).last()
    count = revisions_of(cast.version).count()
    restore_revision(cast.version, origin, **cast.who)
    assert _body(cast) == origin.body
    assert revisions_of(cast.version).count() == count + 1
    two = insert_article(cast.convention, **cast.who, heading="Deux")
    with pytest.raises(ValidationError):
        restore_revision(two.versions.get(), origin, **cast.who)


def test_an_article_taken_out_comes_back_with_its_code(cast):
    two = insert_article(cast.convention, **cast.who, heading="Deux", body="Le texte.")
    code = two.code
    remove_article(two, **cast.who)
    kept = ArticleRevision.objects.get(code=code, removed=True)
    assert insert_article(cast.convention, **cast.who, heading="Trois").code != code
    back = put_back(kept, **cast.who)
    assert (back.code, back.versions.get().body) == (code, "Le texte.")
    with pytest.raises(ValidationError):
        put_back(kept, **cast.who)


def _order(cast) -> list[str]:
    rows = ArticleVersion.objects.written_by(cast.convention.acts.get())
    return [row.heading for row in rows if row.heading]


def test_an_article_taken_out_comes_back_where_it_stood(cast):
    title = insert_article(cast.convention, **cast.who, heading="Titre", kind=ArticleKind.TITRE)
    first, second, _third = (
        insert_article(
            cast.convention, **cast.who, heading=name, parent=title, kind=ArticleKind.ANNEXE
        )
        for name in ("Premier", "Deuxième", "Troisième")
    )
    whole = _order(cast)
    for article in (first, second):
        remove_article(article, **cast.who)
    for code in (second.code, first.code):
        back = put_back(ArticleRevision.objects.get(code=code, removed=True), **cast.who)
        assert (back.parent, back.kind) == (title, ArticleKind.ANNEXE)
    assert _order(cast) == whole


def test_an_article_whose_holder_is_gone_comes_back_last_of_the_text(cast):
    title = insert_article(cast.convention, **cast.who, heading="Titre", kind=ArticleKind.TITRE)
    inside = insert_article(cast.convention, **cast.who, heading="Dedans", parent=title)
    insert_article(cast.convention, **cast.who, heading="Après")
    remove_article(inside, **cast.who)
    remove_article(title, **cast.who)
    back = put_back(ArticleRevision.objects.get(code=inside.code, removed=True), **cast.who)
    assert back.parent is None
    assert _order(cast)[-2:] == ["Après", "Dedans"]


def test_writing_an_article_taken_out_meanwhile_says_so(cast):
    two = insert_article(cast.convention, **cast.who, heading="Deux")
    cast.version = two.versions.get()
    remove_article(two, **cast.who)
    with pytest.raises(ValidationError) as refusal:
        _write(cast, cast.other, "Mon texte")
    assert refusal.value.code == "removed"


def test_references_follow_the_numbers_and_tell_when_they_break(cast):
    two = insert_article(cast.convention, **cast.who, heading="Deux")
    write_article(cast.one, **cast.who, number="1", body=f"Voir {{{{art:{two.code}}}}}.")
    set_automatic_numbering(cast.convention, **cast.who, automatic=True)
    move_article(two, **cast.who, up=True)
    assert [version.pk for version in citers_of(two, cast.act)] == [cast.version.pk]
    assert broken_references(draft_text(cast.act, with_repealed=True)) == []
    with pytest.raises(ValidationError) as refusal:
        remove_article(two, **cast.who, check_references=True)
    assert refusal.value.code == "referred"
    assert "article\u00a02" in refusal.value.messages[0]
    remove_article(two, **cast.who)
    broken = broken_references(draft_text(cast.act, with_repealed=True))
    assert [(one.article.article_id, one.code) for one in broken] == [(cast.one.pk, two.code)]


def test_automatic_numbers_follow_every_change_of_the_plan(cast):
    set_automatic_numbering(cast.convention, **cast.who, automatic=True)
    two = insert_article(cast.convention, **cast.who, heading="Deux", after=None)
    insert_article(cast.convention, **cast.who, heading="Annexe", kind=ArticleKind.ANNEXE)
    insert_article(cast.convention, **cast.who, heading="Deux.un", parent=two)
    assert _numbers(cast) == ["1", "2", "2.1", "1"]
    set_kind(cast.one, **cast.who, kind=ArticleKind.TITRE)
    assert _numbers(cast) == ["I", "1", "1.1", "1"]
    write_article(cast.one, **cast.who, number="9", heading="Titre", kind=ArticleKind.INTERTITRE)
    assert _numbers(cast) == ["", "1", "1.1", "1"]
    remove_article(cast.one, **cast.who)
    assert _numbers(cast) == ["1", "1.1", "1"]
    set_automatic_numbering(cast.convention, **cast.who, automatic=False)
    write_article(two, **cast.who, number="2 bis", heading="Deux")
    assert _numbers(cast) == ["2 bis", "1.1", "1"]


def _numbers(cast):
    rows = cast.act.article_versions.order_by("position")
    return list(rows.values_list("number", flat=True))


@pytest.mark.parametrize("name", ["reader", "contributor", "signatory", "stranger"])
def test_only_a_manager_writes(cast, name):
    who = {"by": getattr(cast, name), "on": TODAY}
    revision = revisions_of(cast.version).last()
    acts = (
        lambda: _write(cast, who, "x"),
        lambda: restore_revision(cast.version, revision, **who),
        lambda: set_automatic_numbering(cast.convention, **who, automatic=True),
        lambda: set_kind(cast.one, **who, kind=ArticleKind.TITRE),
        lambda: put_back(revision, **who),
    )
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


def test_a_closed_text_is_not_written(cast):
    Convention.objects.update(status="en_signature")
    with pytest.raises(ValidationError) as refusal:
        _write(cast, cast.who, "x")
    assert refusal.value.code == "closed"


def test_how_a_draft_came_to_be_stays_with_the_side_that_wrote_it(cast):
    party = cast.convention.parties.get(position=2)
    opened_at = timezone.now()
    Round.objects.create(act=cast.act, number=1, holder=party, opened_at=opened_at)
    assert not revisions_visible_to(cast.counterpart, cast.act, on=TODAY).exists()
    _write(cast, cast.other, BODY.replace("170", "180"))
    assert revisions_visible_to(cast.counterpart, cast.act, on=TODAY).count() == 1
    for person in (cast.manager, cast.platform):
        assert revisions_visible_to(person, cast.act, on=TODAY).count() == 3
