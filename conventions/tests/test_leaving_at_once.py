"""Two notices at the same instant, for real: PostgreSQL, one connection each; one runs."""

import threading
from datetime import date
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections

from accounts.enums import Role
from accounts.tests.factories import make_member
from conventions.actions.terminations import prepare_ending, record_letter
from conventions.enums import TerminationKind, TerminationStatus
from conventions.models import Convention, RegisteredLetter, Termination, TerminationClause
from conventions.tests.factories import make_signed_convention

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

ON = date(2019, 3, 20)


@pytest.fixture
def sides() -> list[SimpleNamespace]:
    """Each party has prepared its own way out, which the other does not know of."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    convention = make_signed_convention()
    clause = TerminationClause.objects.get(convention=convention)
    found = []
    for rank, party in enumerate(convention.parties.order_by("position")):
        manager = make_member(party.organisation, Role.RESPONSABLE)
        ending = prepare_ending(
            convention, by=manager, on=ON, party=party, kind=TerminationKind.RESILIATION,
            clause=clause,
        )  # fmt: skip
        letter = RegisteredLetter.objects.select_related("termination__convention").get(
            termination=ending
        )
        posted = date(2019, 3, 4 + rank)
        found.append(SimpleNamespace(manager=manager, letter=letter, posted=posted))
    return found


def test_of_two_notices_at_once_one_runs_and_the_other_is_told(sides):
    ready = threading.Barrier(len(sides))
    refusals: list[ValidationError] = []

    def notify(side) -> None:
        try:
            ready.wait(timeout=10)
            record_letter(side.letter, by=side.manager, on=ON, posted_on=side.posted)
        except ValidationError as error:
            refusals.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=notify, args=[side]) for side in sides]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    assert len(refusals) == 1
    assert "Un préavis court déjà" in " ".join(refusals[0].messages)
    running = Termination.objects.get(status=TerminationStatus.NOTIFIEE)
    assert Convention.objects.get().terminated_on == running.effect_on
