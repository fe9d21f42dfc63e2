"""Addresses under /conventions/: first what people read, then what they write."""

from django.urls import path

from conventions.views import acts, browse, detail, documents, journal, text

app_name = "conventions"

read = [
    path("", browse.conventions_list, name="list"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/texte/", text.text, name="text"),
    path("<int:pk>/texte/<str:day>/", text.text_on, name="text_on"),
    path("<int:pk>/actes/", acts.acts, name="acts"),
    path("<int:pk>/documents/", documents.documents, name="documents"),
    path("<int:pk>/documents/<int:document_pk>/", documents.download, name="download"),
    path("<int:pk>/journal/", journal.journal, name="journal"),
]

write = []

urlpatterns = read + write
