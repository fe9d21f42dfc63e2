"""What is wrong is found once, and lifted."""

from datetime import timedelta

import pytest

from reminders.actions.findings import LONGEST_WORDS, clear_finding, raise_finding
from reminders.enums import FindingKind
from reminders.models import Finding
from reminders.tests.factories import NOW

pytestmark = pytest.mark.django_db
KIND = FindingKind.RAPPEL_ECHOUE


def test_what_is_seen_twice_stands_once_with_the_words_of_now(cast):
    first = raise_finding(KIND, "rappel:1", words="Adresse refusée.", now=NOW)
    later = raise_finding(
        KIND, "rappel:1", words="Serveur muet.", now=NOW + timedelta(1), convention=cast.convention
    )
    assert later.pk == first.pk
    row = Finding.objects.get()
    assert (row.words, row.found_at, row.convention) == ("Serveur muet.", NOW, cast.convention)


def test_what_was_lifted_and_comes_back_is_found_again():
    raise_finding(KIND, "rappel:1", words="Adresse refusée.", now=NOW)
    clear_finding(KIND, "rappel:1", now=NOW)
    clear_finding(KIND, "rappel:2", now=NOW)
    assert not Finding.objects.standing().exists()
    raise_finding(KIND, "rappel:1", words="Adresse refusée.", now=NOW + timedelta(1))
    assert Finding.objects.count() == 2
    assert Finding.objects.standing().get().found_at == NOW + timedelta(1)


def test_two_kinds_of_the_same_key_are_two_findings():
    for kind in (FindingKind.RAPPEL_ECHOUE, FindingKind.PERSONNE_A_PREVENIR):
        raise_finding(kind, "1", words="Mot.", now=NOW)
    clear_finding(FindingKind.RAPPEL_ECHOUE, "1", now=NOW)
    assert Finding.objects.standing().get().kind == FindingKind.PERSONNE_A_PREVENIR


def test_words_that_are_too_long_are_cut_not_refused():
    row = raise_finding(KIND, "k" * 500, words="é" * 500, now=NOW)
    assert len(row.words) == LONGEST_WORDS
    assert raise_finding(KIND, "k" * 500, words="é" * 500, now=NOW).pk == row.pk
    clear_finding(KIND, "k" * 500, now=NOW)
    assert not Finding.objects.standing().exists()
