"""The proofs of an electronic registered letter, and what people add."""

from datetime import date

from conventions.enums import Situation
from reminders.enums import DeadlineKind
from reminders.rules.facts import AddedFacts, ProofFacts
from reminders.rules.projection import project
from reminders.tests.factories import TODAY, make_facts, plain


def _letter(**fields):
    fields.setdefault("posted_on", date(2018, 2, 26))
    fields.setdefault("informed_on", fields["posted_on"])
    return ProofFacts(
        key="lettre:4", sender_id=1, keeper_id=9, addressee="Action Logement", **fields
    )


def _rows(*, kind, on=TODAY, **facts):
    return {row.key: row for row in project(make_facts(**facts), on=on) if row.kind == kind}


def _proofs(**fields):
    return _rows(kind=DeadlineKind.PREUVES_LRE, proofs=(_letter(**fields),))


def test_the_proof_of_deposit_is_asked_for_within_a_week():
    row = _proofs()["lettre:4:depot"]
    assert (row.due_on, row.done_on) == (date(2018, 3, 5), None)
    told = plain(*row.steps)
    assert "disponible aussitôt" in told
    assert "passé le mardi 26 février 2019, un an après le dépôt" in told


def test_the_proof_of_refusal_is_there_the_day_after_the_fifteen_days():
    row = _proofs(informed_on=date(2018, 2, 27))["lettre:4:issue"]
    assert row.due_on == date(2018, 3, 22)
    told = plain(*row.steps)
    assert "jusqu’au mercredi 14 mars 2018 pour l’accepter" in told
    assert "au plus tard le lendemain, le jeudi 15 mars 2018" in told


def test_a_letter_taken_leaves_the_proof_that_it_was():
    row = _proofs(delivered_on=date(2018, 3, 1))["lettre:4:issue"]
    assert row.due_on == date(2018, 3, 8)
    assert "preuve de réception" in row.title


def test_a_proof_in_the_file_makes_its_deadline_done():
    rows = _proofs(posting_kept_on=date(2018, 2, 27), outcome_kept_on=None)
    assert rows["lettre:4:depot"].done_on == date(2018, 2, 27)
    assert rows["lettre:4:issue"].done_on is None


def test_proofs_are_kept_to_the_side_that_sent_the_letter():
    for row in _proofs().values():
        assert (row.party_id, row.reserved_to_id, row.is_shared) == (1, 9, False)


def test_proofs_are_still_to_be_fetched_once_the_convention_has_ended():
    rows = _rows(
        kind=DeadlineKind.PREUVES_LRE,
        proofs=(_letter(),),
        situation=Situation.RESILIEE,
        terminated_on=date(2018, 2, 28),
    )
    assert len(rows) == 2


def _added(**fields):
    fields.setdefault("title", "Préparer le dossier")
    fields.setdefault("due_on", date(2018, 5, 31))
    return _rows(
        kind=DeadlineKind.AJOUTEE,
        added=(AddedFacts(pk=8, author="Claire Vuillemin", **fields),),
        ends_on=date(2018, 12, 10),
    )


def test_an_added_date_is_as_it_was_written():
    (row,) = _added(owner_id=2).values()
    assert (row.key, row.title, row.due_on) == (
        "ajoutee:8",
        "Préparer le dossier",
        date(2018, 5, 31),
    )
    assert (row.owner_id, row.is_shared) == (2, False)
    assert "Claire Vuillemin a fixé cette date" in plain(*row.steps)


def test_an_added_date_comes_back_until_the_last_day_of_the_convention():
    assert [row.due_on for row in _added(every_months=3).values()] == [
        date(2018, 5, 31),
        date(2018, 8, 31),
        date(2018, 11, 30),
    ]
    assert "ajoutee:8:2018-11-30" in _added(every_months=3)


def test_a_date_added_beyond_the_end_stands_as_somebody_wrote_it():
    assert list(_added(due_on=date(2019, 2, 1), every_months=1)) == ["ajoutee:8:2019-02-01"]


def test_what_people_added_to_a_draft_is_all_that_it_has():
    facts = make_facts(
        situation=Situation.BROUILLON, added=(AddedFacts(8, "Relire", TODAY, "Claire"),)
    )
    assert [row.key for row in project(facts, on=TODAY)] == ["ajoutee:8"]
