"""Addresses of what the portal shows and hands over: home, static pages, exports, verification."""

from django.urls import path

from reporting.views import (
    compare_pdf,
    convention_documents,
    convocations,
    dashboard,
    deadline_exports,
    documents,
    exports,
    letters,
    pages,
    verify,
)

app_name = "reporting"

read = [
    path("", dashboard.dashboard, name="dashboard"),
    path("pages/<slug:slug>/", pages.page, name="page"),
    path("exports/conventions.<str:fmt>", exports.export_conventions, name="export_conventions"),
    path("exports/echeances.<str:fmt>", deadline_exports.export_deadlines, name="export_deadlines"),
]

handed_over = [
    path("conventions/<int:pk>/comparer.pdf", compare_pdf.compare_pdf, name="compare_pdf"),
    path("conventions/<int:pk>/document.pdf", convention_documents.text_pdf, name="text_pdf"),
    path(
        "conventions/<int:pk>/texte/<str:day>/document.pdf",
        convention_documents.text_pdf,
        name="text_on_pdf",
    ),
    path(
        "conventions/<int:pk>/actes/<int:number>/document.pdf",
        convention_documents.act_pdf,
        name="act_pdf",
    ),
    path(
        "conventions/<int:pk>/actes/<int:number>/document.html",
        convention_documents.act_page,
        name="act_page",
    ),
    path(
        "conventions/<int:pk>/sorties/<int:ending_pk>/lettres/<int:letter_pk>/versions/"
        "<int:number>/lettre.pdf",
        letters.letter_pdf,
        name="letter_pdf",
    ),
    path(
        "convocations/<int:pk>/lettres/<int:letter_pk>/versions/<int:number>/lettre.pdf",
        convocations.convocation_pdf,
        name="convocation_pdf",
    ),
    path("convocations/<int:pk>/reunion.ics", convocations.convocation_ics, name="convocation_ics"),
    path("verifier/", verify.verify, name="verify"),
    path("verifier/<str:code>/", verify.verify_code, name="verify_code"),
    path("revoyures/<int:pk>/document.pdf", documents.revoyure_pdf, name="revoyure_pdf"),
    path("revoyures/<int:pk>/document/", documents.revoyure_document, name="revoyure_document"),
]

urlpatterns = read + handed_over
