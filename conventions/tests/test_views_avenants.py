"""The pages of an avenant, from its first line to what a reader and the other side see of it."""

import pytest
from django.urls import reverse

from conventions.actions.clause_operations import write_clause
from conventions.actions.definitions import define_term
from conventions.actions.operations import insert_by, repeal_article, replace_article
from conventions.enums import ActStatus, Change
from conventions.models import Act, ArticleVersion, DurationClause, TerminationClause
from conventions.models.act import PROVISIONAL
from conventions.tests.amending import TODAY, begin, make_amending_cast, share, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_amending_cast()


@pytest.fixture
def how(cast):
    return {"by": cast.manager, "on": TODAY}


@pytest.fixture
def act(cast, how):
    """A draft that does one thing of each kind."""
    act = begin(cast, title="Durée et suivi", purpose="Le programme se prolonge.")
    replace_article(act, cast.articles["3"], heading="Durée", body="Dix ans.", **how)
    insert_by(act, heading="Suivi", body="Un comité.", after=cast.articles["2"], **how)
    repeal_article(act, cast.articles["1"], **how)
    write_clause(DurationClause, act, quantity=9, **how)
    define_term(act, term="CIL", meaning="comité interprofessionnel du logement", **how)
    return act


def url(name: str, act: Act, **keys) -> str:
    return reverse(
        f"conventions:{name}", kwargs={"pk": act.convention_id, "number": act.number} | keys
    )


def get(client, user, address: str) -> str:
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client, user, address: str, **data):
    client.force_login(user)
    return client.post(address, data, follow=True)


def test_an_avenant_is_begun_from_the_page_of_acts(client, cast):
    page = get(client, cast.manager, reverse("conventions:acts", args=[cast.convention.pk]))
    address = reverse("conventions:avenant_create", args=[cast.convention.pk])
    assert address in page
    assert "Commencer un avenant" in get(client, cast.manager, address)
    answer = post(
        client, cast.manager, address, kind="avenant", title="Prorogation",
        drafted_by=cast.convention.parties.get(position=1).pk,
    )  # fmt: skip
    assert "Le projet est créé" in answer.content.decode()
    act = Act.objects.get(number__gt=PROVISIONAL)
    assert (act.title, act.drafted_by) == ("Prorogation", cast.epci)


def test_what_is_missing_is_asked_for_without_losing_what_was_typed(client, cast):
    address = reverse("conventions:avenant_create", args=[cast.convention.pk])
    answer = post(
        client, cast.manager, address, kind="erratum", title="Une coquille",
        drafted_by=cast.convention.parties.get(position=1).pk,
    )  # fmt: skip
    assert "quelle erreur matérielle" in answer.content.decode()
    assert "Une coquille" in answer.content.decode()


def test_the_page_of_an_act_tells_all_it_does(client, cast, act):
    page = get(client, cast.manager, url("act", act))
    for words in ("Durée et suivi", "Remplacé", "Inséré", "Abrogé", "comité interprofessionnel"):
        assert words in page
    assert "Votre côté seul le voit" in page


def test_the_page_of_an_act_leads_to_all_that_is_done_with_it(client, cast, act):
    share(act)
    page = get(client, cast.manager, url("act", act))
    names = ("avenant_read", "parcours", "negotiation", "checklist", "word")
    for address in (*(url(name, act) for name in names), f"?acte={act.number}"):
        assert address in page
    for where in (url("checklist", act), url("word", act)):
        get(client, cast.reader, where)
    assert f"?acte={act.number}" not in get(client, cast.reader, url("act", act))


def test_a_reader_sees_it_without_the_means_to_write(client, cast, act):
    page = get(client, cast.reader, url("act", act))
    assert "Ajouter une opération" not in page
    assert client.get(url("operation_choose", act)).status_code == 403


PAGES = ("act", "avenant_read", "avenant_edit", "operation_choose", "operation_insert",
         "avenant_abandon", "avenant_visas", "avenant_definition")  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_the_other_side_knows_nothing_of_a_private_draft(client, cast, act, name):
    client.force_login(cast.counterpart)
    assert client.get(url(name, act)).status_code == 404
    client.force_login(cast.stranger)
    assert client.get(url(name, act)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_each_page_opens_for_the_side_that_drafts(client, cast, act, name):
    get(client, cast.manager, url(name, act))


def test_no_page_of_the_convention_tells_the_other_side_of_a_private_draft(client, cast, act):
    for name in ("acts", "detail", "journal", "text", "documents", "definitions"):
        page = get(
            client, cast.counterpart, reverse(f"conventions:{name}", args=[act.convention_id])
        )
        for words in ("Durée et suivi", "projet d’avenant", str(act.number), "Dix ans", "Suivi"):
            assert words not in page, (name, words)
    home = get(client, cast.counterpart, "/")
    assert "Durée et suivi" not in home
    found = get(client, cast.counterpart, reverse("conventions:list") + "?q=comité")
    assert cast.convention.reference not in found


def test_the_other_side_reads_it_once_it_is_shared(client, cast, act):
    share(act)
    assert "Durée et suivi" in get(
        client, cast.counterpart, reverse("conventions:acts", args=[act.convention_id])
    )
    get(client, cast.counterpart, url("act", act))


def test_an_article_is_replaced_from_its_page(client, cast, act):
    address = url("operation_replace", act, article_pk=cast.articles["2"].pk)
    assert "Titre de l’article 2" in get(client, cast.manager, address)
    post(client, cast.manager, address, heading="Objectifs", body="Neuf cents logements.")
    row = ArticleVersion.objects.get(act=act, article=cast.articles["2"])
    assert (row.operation, row.body) == (Change.REMPLACER, "Neuf cents logements.")


def test_a_refusal_keeps_what_was_typed(client, cast, act):
    address = url("operation_replace", act, article_pk=cast.articles["3"].pk)
    answer = post(client, cast.manager, address, heading="Durée", body="Vingt ans.")
    assert "prévoit déjà" in answer.content.decode()
    assert "Vingt ans." in answer.content.decode()


def test_every_operation_is_written_again_moved_and_removed(client, cast, act):
    rows = list(ArticleVersion.objects.written_by(act))
    for row in rows:
        get(client, cast.manager, url("operation_edit", act, row_pk=row.pk))
    post(client, cast.manager, url("operation_move", act, row_pk=rows[1].pk), sens="haut")
    assert ArticleVersion.objects.written_by(act).first() == rows[1]
    post(client, cast.manager, url("operation_remove", act, row_pk=rows[2].pk))
    assert not ArticleVersion.objects.filter(pk=rows[2].pk).exists()
    seen = {"seen": "ailleurs", "heading": "Durée", "body": "Un an."}
    answer = post(client, cast.manager, url("operation_edit", act, row_pk=rows[0].pk), **seen)
    assert "Une autre personne" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("operation_repeal", {}),
        ("operation_renumber", {"number": "9"}),
    ],
)
def test_an_article_is_repealed_or_renumbered_from_its_page(client, cast, act, name, data):
    address = url(name, act, article_pk=cast.articles["2"].pk)
    get(client, cast.manager, address)
    post(client, cast.manager, address, effective_on="2028-01-01", **data)
    row = ArticleVersion.objects.get(act=act, article=cast.articles["2"])
    assert str(row.effective_on) == "2028-01-01"


def test_an_article_is_inserted_with_the_following_number(client, cast, act):
    address = url("operation_insert", act) + f"?apres={cast.articles['3'].pk}"
    get(client, cast.manager, address)
    post(
        client, cast.manager, address, after=cast.articles["3"].pk, kind="article",
        numbering="suivant", heading="Bilan", body="Chaque année.",
    )  # fmt: skip
    row = ArticleVersion.objects.get(act=act, heading="Bilan")
    assert row.number == "4"
    moved = ArticleVersion.objects.get(act=act, operation=Change.RENUMEROTER)
    assert (moved.article, moved.number) == (cast.articles["4"], "5")


def test_clauses_are_replaced_added_ended_and_confirmed(client, cast, act):
    known = TerminationClause.objects.get()
    clause = DurationClause.objects.get(act=act)
    get(client, cast.manager, url("avenant_clause_edit", act, slug="duree", clause_pk=clause.pk))
    address = url("avenant_clause", act, slug="resiliation") + f"?remplace={known.pk}"
    assert "lettre recommandée" in get(client, cast.manager, address)
    post(client, cast.manager, address, ground="sans_motif", quantity=6, unit="mois")
    written = TerminationClause.objects.get(act=act)
    assert (written.replaces, written.quantity) == (known, 6)
    post(
        client, cast.manager,
        url("avenant_clause_confirm", act, slug="duree", clause_pk=clause.pk),
    )  # fmt: skip
    clause.refresh_from_db()
    assert clause.is_confirmed
    keys = {"slug": "resiliation", "clause_pk": written.pk}
    post(client, cast.manager, url("avenant_clause_remove", act, **keys))
    address = url("avenant_clause_end", act, slug="resiliation", clause_pk=known.pk)
    get(client, cast.manager, address)
    post(client, cast.manager, address)
    assert TerminationClause.objects.get(act=act).repeals


def test_definitions_and_visas_are_written_by_the_act(client, cast, act):
    row = act.definitions.get()
    address = url("avenant_definition_edit", act, definition_pk=row.pk)
    get(client, cast.manager, address)
    post(client, cast.manager, url("avenant_definition", act), term="PLH", meaning="programme")
    post(client, cast.manager, url("avenant_definition_remove", act, definition_pk=row.pk))
    assert list(act.definitions.values_list("term", flat=True)) == ["PLH"]
    visas = {"visas": "Vu la convention ;", "considerants": "", "seen": ""}
    page = get(client, cast.manager, url("avenant_visas", act))
    visas["seen"] = page.split('name="seen" value="')[1].split('"')[0]
    post(client, cast.manager, url("avenant_visas", act), **visas)
    assert act.visas.get().text == "Vu la convention ;"


def test_the_avenant_is_read_as_it_will_be_signed_with_what_it_changes(client, cast, act):
    page = get(client, cast.manager, url("avenant_read", act))
    for words in (
        "Avenant n°\u00a01",
        "Article\u00a01<sup>er</sup>",
        "L’article\u00a03 est remplacé",
        "il est inséré un article\u00a02 bis",
        "demeurent inchangées",
        "Avant et après",
        "<del>",
        "<ins>",
    ):
        assert words in page


def test_the_base_is_read_again_from_the_page(client, cast, act, how):
    other = begin(cast, title="Autre")
    repeal_article(other, cast.articles["2.2"], **how)
    sign(other)
    assert "J’ai relu ce projet" in get(client, cast.manager, url("act", act))
    post(client, cast.manager, url("avenant_read_again", act))
    assert "J’ai relu ce projet" not in get(client, cast.manager, url("act", act))


def test_an_act_is_abandoned_with_its_reason(client, cast, act):
    address = url("avenant_abandon", act)
    assert "obligatoire" in post(client, cast.manager, address, reason="").content.decode()
    post(client, cast.manager, address, reason="Sans objet")
    act.refresh_from_db()
    assert act.status == ActStatus.ABANDONNE
    page = get(client, cast.manager, reverse("conventions:acts", args=[act.convention_id]))
    assert "Projets abandonnés" in page
    get(client, cast.manager, url("act", act))


def test_a_closed_text_says_so_instead_of_a_form(client, cast, act):
    share(act, ActStatus.EN_SIGNATURE)
    assert "en signature" in get(client, cast.manager, url("operation_choose", act))


def test_a_signed_act_tells_what_it_changed(client, cast, act):
    sign(act)
    page = get(client, cast.reader, reverse("conventions:acts", args=[act.convention_id]))
    for words in ("Avenant n°\u00a01", "Remplace l’article\u00a03", "Insère un article\u00a02 bis"):
        assert words in page
    assert "avenant n°\u00a01" in get(client, cast.reader, url("act", act)).lower()
    assert "<ins>" in get(client, cast.reader, url("avenant_read", act))


def test_an_avenant_needs_a_signed_convention(client, cast):
    cast.convention.closed_on = cast.convention.ends_on
    cast.convention.save()
    page = get(
        client, cast.manager, reverse("conventions:avenant_create", args=[cast.convention.pk])
    )
    assert "a pris fin" in page
