"""Addresses of how a convention ends, or goes on: /conventions/…/resilier/, sorties/, proroger/."""

from django.urls import path

from conventions.views import endings, letters, prorogation, terminations

_ENDING = "sorties/<int:ending_pk>"
_LETTER = f"{_ENDING}/lettres/<int:letter_pk>"
_VERSION = f"{_LETTER}/versions/<int:number>"

urlpatterns = [
    path("resilier/", terminations.ending_prepare, name="ending_prepare"),
    path("proroger/", prorogation.prorogate, name="prorogate"),
    path(f"{_ENDING}/", endings.ending, name="ending"),
    path(f"{_ENDING}/modifier/", endings.ending_edit, name="ending_edit"),
    path(f"{_ENDING}/retirer/", endings.ending_withdraw, name="ending_withdraw"),
    path(f"{_ENDING}/manquement-repare/", endings.ending_repaired, name="ending_repaired"),
    path(f"{_ENDING}/sans-effet/", endings.ending_unrepaired, name="ending_unrepaired"),
    path(f"{_LETTER}/", letters.letter, name="letter"),
    path(f"{_LETTER}/dates/", endings.letter_dates, name="letter_dates"),
    path(f"{_LETTER}/emporter/", letters.letter_hand_out, name="letter_hand_out"),
    path(f"{_LETTER}/versions/", letters.letter_versions, name="letter_versions"),
    path(f"{_VERSION}/lettre.docx", letters.letter_word, name="letter_word"),
]
