"""What the home page says first."""

from datetime import date

import pytest

from reporting.rules.accueil import Task, greeting, in_order

TUESDAY = date(2019, 11, 12)


def task(due_on=None):
    return Task(title="t", text="", href="/", act="Faire", due_on=due_on)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ([14, 15, 15], "Trois choses vous attendent d’ici vendredi"),
        ([15], "Une chose vous attend d’ici vendredi"),
        ([13], "Une chose vous attend d’ici demain"),
        ([12], "Une chose vous attend aujourd’hui"),
        ([1, 2], "Deux choses vous attendent, déjà en retard"),
        ([30], "Rien ne presse cette semaine"),
        ([], "Rien ne vous attend"),
    ],
)
def test_the_title_counts_what_presses(days, sentence):
    tasks = [task(date(2019, 11, day)) for day in days]
    assert greeting(tasks, on=TUESDAY) == sentence


def test_what_has_no_date_does_not_press():
    assert greeting([task()], on=TUESDAY) == "Rien ne presse cette semaine"


def test_a_new_account_is_welcomed():
    assert greeting([], on=TUESDAY, is_new=True) == "Bienvenue dans Revoyure"


def test_the_nearest_comes_first_and_the_undated_last():
    late, soon, whenever = task(date(2019, 1, 1)), task(date(2019, 12, 1)), task()
    assert in_order([whenever, soon, late]) == [late, soon, whenever]
