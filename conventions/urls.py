"""Addresses under /conventions/: first what people read, then what they write."""

from django.urls import include, path

from conventions.views import (
    acts,
    approvals,
    articles,
    autosave,
    avenant_clauses,
    avenants,
    browse,
    canevas,
    checklist,
    clauses,
    compare,
    definitions,
    detail,
    documents,
    draft,
    journal,
    mandates,
    operations,
    parcours,
    parties,
    revisions,
    signature,
    successions,
    text,
    text_draft,
    upload,
    versions,
    word,
)

app_name = "conventions"

read = [
    path("", browse.conventions_list, name="list"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/texte/", text.text, name="text"),
    path("<int:pk>/texte/origine/", text.text_origin, name="text_origin"),
    path("<int:pk>/texte/<str:day>/", text.text_on, name="text_on"),
    path("<int:pk>/comparer/", compare.compare, name="compare"),
    path(
        "<int:pk>/articles/<int:code>/versions/", versions.article_versions, name="article_versions"
    ),
    path("<int:pk>/definitions/", definitions.definitions, name="definitions"),
    path("<int:pk>/actes/", acts.acts, name="acts"),
    path("<int:pk>/documents/", documents.documents, name="documents"),
    path("<int:pk>/documents/<int:document_pk>/", documents.download, name="download"),
    path("<int:pk>/journal/", journal.journal, name="journal"),
]

write = [
    path("nouvelle/", draft.create, name="create"),
    path("<int:pk>/redaction/", draft.draft, name="draft"),
    path("<int:pk>/modifier/", draft.edit, name="edit"),
    path("<int:pk>/parties/", parties.parties, name="parties"),
    path("<int:pk>/parties/ajouter/", parties.party_create, name="party_create"),
    path("<int:pk>/parties/<int:party_pk>/modifier/", parties.party_edit, name="party_edit"),
    path("<int:pk>/parties/<int:party_pk>/retirer/", parties.party_remove, name="party_remove"),
    path("<int:pk>/articles/", articles.articles, name="articles"),
    path("<int:pk>/articles/ajouter/", articles.article_create, name="article_create"),
    path("<int:pk>/articles/numeroter/", articles.articles_renumber, name="articles_renumber"),
    path(
        "<int:pk>/articles/<int:article_pk>/modifier/", articles.article_edit, name="article_edit"
    ),
    path(
        "<int:pk>/articles/<int:article_pk>/deplacer/", articles.article_move, name="article_move"
    ),
    path(
        "<int:pk>/articles/<int:article_pk>/retirer/",
        articles.article_remove,
        name="article_remove",
    ),
    path("<int:pk>/articles/numerotation/", articles.articles_numbering, name="articles_numbering"),
    path(
        "<int:pk>/articles/<int:article_pk>/brouillon/",
        autosave.article_autosave,
        name="article_autosave",
    ),
    path(
        "<int:pk>/articles/<int:article_pk>/historique/",
        revisions.article_history,
        name="article_history",
    ),
    path(
        "<int:pk>/articles/<int:article_pk>/historique/<int:revision_pk>/retablir/",
        revisions.article_restore,
        name="article_restore",
    ),
    path(
        "<int:pk>/articles/retires/<int:revision_pk>/retablir/",
        revisions.article_put_back,
        name="article_put_back",
    ),
    path("<int:pk>/definitions/ajouter/", definitions.definition_create, name="definition_create"),
    path(
        "<int:pk>/definitions/<int:definition_pk>/modifier/",
        definitions.definition_edit,
        name="definition_edit",
    ),
    path(
        "<int:pk>/definitions/<int:definition_pk>/retirer/",
        definitions.definition_remove,
        name="definition_remove",
    ),
    path("<int:pk>/visas/", articles.visas, name="visas"),
    path("<int:pk>/canevas/", canevas.canevas, name="canevas"),
    path("<int:pk>/canevas/ecarts/", canevas.canevas_gaps, name="canevas_gaps"),
    path("<int:pk>/canevas/variables/", canevas.canevas_variables, name="canevas_variables"),
    path(
        "<int:pk>/canevas/<int:canevas_pk>/commencer/", canevas.canevas_start, name="canevas_start"
    ),
    path(
        "<int:pk>/canevas/<int:number>/clauses/<int:clause_pk>/inserer/",
        canevas.canevas_insert,
        name="canevas_insert",
    ),
    path("<int:pk>/procedure/<int:number>/", checklist.checklist, name="checklist"),
    path(
        "<int:pk>/procedure/<int:number>/<slug:rule>/",
        checklist.checklist_answer,
        name="checklist_answer",
    ),
    path("<int:pk>/clauses/", clauses.clauses, name="clauses"),
    path("<int:pk>/clauses/duree/", clauses.duration_edit, name="duration_edit"),
    path("<int:pk>/clauses/revoyure/", clauses.revoyure_clause_edit, name="revoyure_clause_edit"),
    path(
        "<int:pk>/clauses/resiliation/ajouter/",
        clauses.termination_create,
        name="termination_create",
    ),
    path(
        "<int:pk>/clauses/resiliation/<int:clause_pk>/modifier/",
        clauses.termination_edit,
        name="termination_edit",
    ),
    path("<int:pk>/clauses/suivi/ajouter/", clauses.follow_up_create, name="follow_up_create"),
    path(
        "<int:pk>/clauses/suivi/<int:clause_pk>/modifier/",
        clauses.follow_up_edit,
        name="follow_up_edit",
    ),
    path(
        "<int:pk>/clauses/<slug:slug>/<int:clause_pk>/confirmer/",
        clauses.clause_confirm,
        name="clause_confirm",
    ),
    path(
        "<int:pk>/clauses/<slug:slug>/<int:clause_pk>/retirer/",
        clauses.clause_remove,
        name="clause_remove",
    ),
    path(
        "<int:pk>/habilitations/<int:mandate_pk>/modifier/",
        mandates.mandate_edit,
        name="mandate_edit",
    ),
    path(
        "<int:pk>/habilitations/<int:mandate_pk>/retirer/",
        mandates.mandate_remove,
        name="mandate_remove",
    ),
    path(
        "<int:pk>/signataires/<int:signatory_pk>/modifier/",
        mandates.signatory_edit,
        name="signatory_edit",
    ),
    path(
        "<int:pk>/signataires/<int:signatory_pk>/retirer/",
        mandates.signatory_remove,
        name="signatory_remove",
    ),
    path("<int:pk>/constater-la-fin/", draft.close, name="close"),
    path("<int:pk>/documents/deposer/", upload.document_add, name="document_add"),
]

# What every act goes through; the initial one is meant when no number is given.
_WAY = (
    ("ouvrir-la-negociation", parcours.open_negotiation),
    ("arreter-le-texte", parcours.close_text),
    ("mettre-en-signature", parcours.send_to_signature),
    ("rouvrir", parcours.reopen),
    ("signer", signature.sign),
    ("habilitations", mandates.mandates),
    ("parties/<int:party_pk>/habilitations/ajouter", mandates.mandate_create),
    ("parties/<int:party_pk>/signataires/ajouter", mandates.signatory_create),
)
way = [
    path(f"<int:pk>/{before}{words}/", view, name=view.__name__)
    for words, view in _WAY
    for before in ("", "actes/<int:number>/")
]
way += [
    path("<int:pk>/actes/<int:number>/parcours/", parcours.parcours, name="parcours"),
    path("<int:pk>/actes/<int:number>/reprendre/", parcours.act_take_up, name="act_take_up"),
    path("<int:pk>/actes/<int:number>/accord/", approvals.approve, name="approve"),
    path(
        "<int:pk>/actes/<int:number>/accord/retirer/",
        approvals.approval_withdraw,
        name="approval_withdraw",
    ),
]

_ACT = "<int:pk>/actes/<int:number>"

# What an avenant does, operation by operation.
_ARTICLE = f"{_ACT}/articles/<int:article_pk>"
_CLAUSE = f"{_ACT}/clauses/<slug:slug>"
_DEFINITION = f"{_ACT}/definitions/<int:definition_pk>"
amend = [
    path("<int:pk>/avenants/nouveau/", avenants.avenant_create, name="avenant_create"),
    *(
        path(f"{address}/", view, name=view.__name__)
        for address, view in (
            (_ACT, avenants.act),
            (f"{_ACT}/lire", avenants.avenant_read),
            (f"{_ACT}/projet", text_draft.text_draft),
            (f"{_ACT}/modifier", avenants.avenant_edit),
            (f"{_ACT}/relu", avenants.avenant_read_again),
            (f"{_ACT}/abandonner", avenants.avenant_abandon),
            (f"{_ACT}/operations/ajouter", operations.operation_choose),
            (f"{_ACT}/operations/inserer", operations.operation_insert),
            (f"{_ARTICLE}/remplacer", operations.operation_replace),
            (f"{_ARTICLE}/retablir", operations.operation_restore),
            (f"{_ARTICLE}/abroger", operations.operation_repeal),
            (f"{_ARTICLE}/renumeroter", operations.operation_renumber),
            (f"{_ACT}/operations/<int:row_pk>", operations.operation_edit),
            (f"{_ACT}/operations/<int:row_pk>/retirer", operations.operation_remove),
            (f"{_ACT}/operations/<int:row_pk>/deplacer", operations.operation_move),
            (f"{_ACT}/visas", avenant_clauses.avenant_visas),
            (_CLAUSE, avenant_clauses.avenant_clause),
            (f"{_CLAUSE}/<int:clause_pk>", avenant_clauses.avenant_clause_edit),
            (f"{_CLAUSE}/<int:clause_pk>/abroger", avenant_clauses.avenant_clause_end),
            (f"{_CLAUSE}/<int:clause_pk>/confirmer", avenant_clauses.avenant_clause_confirm),
            (f"{_CLAUSE}/<int:clause_pk>/retirer", avenant_clauses.avenant_clause_remove),
            (f"{_ACT}/definitions/ajouter", avenant_clauses.avenant_definition),
            (f"{_DEFINITION}/retirer", avenant_clauses.avenant_definition_remove),
            (f"{_ACT}/parties/changer", successions.party_change_add),
            (f"{_ACT}/parties/changer/<int:change_pk>", successions.party_change_edit),
            (f"{_ACT}/parties/changer/<int:change_pk>/retirer", successions.party_change_remove),
        )
    ),
    path(f"{_DEFINITION}/", avenant_clauses.avenant_definition, name="avenant_definition_edit"),
]

# Out to Word and back.
word_ways = [
    path(f"{_ACT}/word/", word.word, name="word"),
    path(f"{_ACT}/texte.docx", word.word_export, name="word_export"),
    path("<int:pk>/texte/<str:day>/texte.docx", word.word_on, name="word_on"),
    path(f"{_ACT}/word/apercu/<str:token>/", word.word_preview, name="word_preview"),
    path(f"{_ACT}/word/<int:document_pk>/", word.word_receipt, name="word_receipt"),
    path(f"{_ACT}/word/<int:document_pk>/retirer/", word.word_withdraw, name="word_withdraw"),
]

urlpatterns = read + write + way + amend + word_ways
urlpatterns += [
    path("<int:pk>/", include("conventions.urls_endings")),
    path("<int:pk>/actes/<int:number>/negociation/", include("conventions.urls_negotiation")),
]
