"""What the home page says first, and in what order: pure sentences and sorting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.rules.typographie import JOURS, accord, en_lettres

PRESSING = timedelta(days=7)


@dataclass(frozen=True)
class Task:
    """One thing that waits for the person: what, why, where to do it. Without a date, it can wait.

    `act` is what the button says: verb and object.
    """

    title: str
    text: str
    href: str
    act: str
    due_on: date | None = None
    icon: str = "fleche"

    def is_pressing(self, on: date) -> bool:
        return self.due_on is not None and self.due_on <= on + PRESSING


def in_order(tasks: Iterable[Task]) -> list[Task]:
    """The nearest date first; what has none comes last."""
    return sorted(tasks, key=lambda task: (task.due_on is None, task.due_on or date.max))


def greeting(tasks: Iterable[Task], *, on: date, is_new: bool = False) -> str:
    """«Trois choses vous attendent d’ici vendredi»; a welcome to who has no convention yet."""
    tasks = list(tasks)
    if is_new and not tasks:
        return "Bienvenue dans Revoyure"
    days = [task.due_on for task in tasks if task.due_on and task.is_pressing(on)]
    if not days:
        return "Rien ne presse cette semaine" if tasks else "Rien ne vous attend"
    count = "une" if len(days) == 1 else en_lettres(len(days))
    waiting = accord(len(days), "chose vous attend,choses vous attendent")
    return f"{count.capitalize()} {waiting}{_until(max(days), on)}"


def _until(last: date, on: date) -> str:
    if last < on:
        return ", déjà en retard"
    if last == on:
        return " aujourd’hui"
    return " d’ici demain" if (last - on).days == 1 else f" d’ici {JOURS[last.weekday()]}"
