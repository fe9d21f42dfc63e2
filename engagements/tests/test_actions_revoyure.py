"""The yearly review, from its opening to its freeze."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import Error, connection, transaction

from accounts.actions.journal import broken_links
from accounts.tests.factories import make_member
from engagements.actions.revoyure import (
    freeze_problems,
    freeze_revoyure,
    hand_over,
    open_revoyure,
    take_back,
    write_contribution,
)
from engagements.enums import Outcome, RevoyureStatus
from engagements.models import Assessment, Contribution, Revoyure
from engagements.rules.revoyure import snapshot_hash
from engagements.tests.factories import (
    make_engagement,
    make_indicator,
    make_measurement,
    make_target,
)

ON = date(2018, 11, 20)
NOW = datetime(2018, 11, 20, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast):
    """The 2018 review is open on one engagement a side and a joint one, with a figure."""
    convention = cast.convention
    cast.ours = make_engagement(convention, cast.first_party, title="Produire 170 logements")
    cast.theirs = make_engagement(convention, cast.second_party)
    cast.joint = make_engagement(convention)
    indicator = make_indicator()
    make_target(convention, indicator, engagement=cast.ours)
    make_measurement(convention, indicator)
    cast.revoyure = open_revoyure(convention, by=cast.manager, on=ON, year=2018)
    cast.our_part = cast.revoyure.contributions.get(party=cast.first_party)
    cast.their_part = cast.revoyure.contributions.get(party=cast.second_party)
    return cast


def _read(scene, part, by, appreciation="tenu", *others):
    engagements = {scene.our_part.pk: scene.ours, scene.their_part.pk: scene.theirs}
    readings = {engagements[part.pk].pk: ("tenu", ""), scene.joint.pk: (appreciation, "Vu.")}
    write_contribution(part, by=by, on=ON, statement="Une bonne année.", readings=readings)
    hand_over(part, by=by, on=ON, now=NOW)


def _freeze(scene, **fields):
    fields = {"by": scene.manager, "on": ON, "now": NOW, "outcome": Outcome.MAINTIEN, **fields}
    return freeze_revoyure(scene.revoyure, **fields)


def test_opening_gives_each_party_a_blank_contribution(scene):
    assert scene.revoyure.contributions.count() == 2


def test_a_year_opens_once(scene):
    with pytest.raises(ValidationError, match="déjà ouverte"):
        open_revoyure(scene.convention, by=scene.counterpart, on=ON, year=2018)


@pytest.mark.parametrize("year", [2016, 2021, 2019])
def test_a_year_outside_the_convention_or_to_come_does_not_open(scene, year):
    with pytest.raises(ValidationError):
        open_revoyure(scene.convention, by=scene.manager, on=ON, year=year)


@pytest.mark.parametrize("who", ["reader", "contributor", "stranger"])
def test_only_a_manager_of_a_party_opens(scene, who):
    with pytest.raises(PermissionDenied):
        open_revoyure(scene.convention, by=getattr(scene, who), on=ON, year=2017)


def test_a_party_reads_for_itself_alone(scene):
    with pytest.raises(PermissionDenied):
        write_contribution(scene.their_part, by=scene.manager, on=ON, statement="", readings={})


def test_a_party_hands_over_once_everything_it_owes_is_read(scene):
    with pytest.raises(ValidationError, match="E1, E3"):
        hand_over(scene.our_part, by=scene.manager, on=ON, now=NOW)
    _read(scene, scene.our_part, scene.manager)


def test_a_handed_over_part_is_closed_until_taken_back(scene):
    _read(scene, scene.our_part, scene.manager)
    readings = {scene.ours.pk: ("en_partie", "")}
    with pytest.raises(ValidationError):
        write_contribution(scene.our_part, by=scene.manager, on=ON, statement="", readings=readings)
    with pytest.raises(ValidationError):
        take_back(scene.our_part, by=scene.manager, on=ON, reason=" ")
    take_back(scene.our_part, by=scene.manager, on=ON, reason="Un chiffre à revoir.")
    write_contribution(scene.our_part, by=scene.manager, on=ON, statement="", readings=readings)


def test_not_kept_asks_for_a_reason(scene):
    with pytest.raises(ValidationError, match="pourquoi"):
        write_contribution(
            scene.our_part,
            by=scene.manager,
            on=ON,
            statement="",
            readings={scene.ours.pk: ("non_tenu", "")},
        )
    assert not Assessment.objects.exists()


def test_a_foreign_engagement_is_refused(scene):
    with pytest.raises(ValidationError):
        write_contribution(
            scene.our_part, by=scene.manager, on=ON, statement="", readings={0: ("tenu", "")}
        )


def test_the_freeze_waits_for_both(scene):
    _read(scene, scene.our_part, scene.manager)
    assert len(freeze_problems(scene.revoyure)) == 1
    with pytest.raises(ValidationError, match="n’a pas rendu"):
        _freeze(scene)


def test_a_disagreement_is_explained(scene):
    _read(scene, scene.our_part, scene.manager)
    _read(scene, scene.their_part, scene.counterpart, "en_partie")
    with pytest.raises(ValidationError):
        _freeze(scene, outcome=Outcome.DESACCORD)


@pytest.fixture
def frozen(scene):
    _read(scene, scene.our_part, scene.manager)
    _read(scene, scene.their_part, scene.counterpart, "en_partie")
    scene.revoyure = _freeze(scene, conclusion="On continue.")
    return scene


def test_the_snapshot_holds_everything_and_its_hash(frozen):
    snapshot = frozen.revoyure.snapshot
    assert snapshot_hash(snapshot) == frozen.revoyure.snapshot_sha256
    assert [e["code"] for e in snapshot["engagements"]] == ["E1", "E2", "E3"]
    assert snapshot["indicateurs"][0]["rows"][0] == {
        "territory": frozen.convention.territory.name,
        "year": 2018,
        "target": "170",
        "engagement": frozen.ours.pk,
        "value": "131",
        "status": "definitif",
        "source": "tableau de bord de l’habitat",
        "provider": frozen.first_party.alias,
        "as_of": None,
        "corrected": False,
    }
    assert {c["party"] for c in snapshot["contributions"]} == {
        frozen.first_party.pk,
        frozen.second_party.pk,
    }
    frozen.revoyure.refresh_from_db()
    assert snapshot_hash(frozen.revoyure.snapshot) == frozen.revoyure.snapshot_sha256


def test_nothing_of_a_frozen_revoyure_changes(frozen):
    with pytest.raises(ValidationError, match="gelée"):
        write_contribution(frozen.our_part, by=frozen.manager, on=ON, statement="x", readings={})
    with pytest.raises(ValidationError):
        take_back(frozen.our_part, by=frozen.manager, on=ON, reason="x")
    with pytest.raises(ValidationError):
        _freeze(frozen)


def test_the_database_refuses_what_the_actions_refuse(frozen):
    writes = (
        lambda: Revoyure.objects.update(conclusion="x"),
        lambda: Revoyure.objects.update(status=RevoyureStatus.OUVERTE),
        lambda: Contribution.objects.update(statement="x"),
        lambda: Assessment.objects.update(comment="x"),
        lambda: Assessment.objects.all().delete(),
    )
    for write in writes:
        with pytest.raises(Error), transaction.atomic():
            write()


def test_later_corrections_leave_the_snapshot_alone(frozen):
    before = frozen.revoyure.snapshot_sha256
    frozen.ours.title = "Autre chose"
    frozen.ours.save()
    frozen.revoyure.refresh_from_db()
    assert snapshot_hash(frozen.revoyure.snapshot) == before


def test_the_journal_tells_the_whole_story(frozen):
    assert broken_links() == []


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_people_opening_a_year_at_once_open_it_once(cast):
    people = [cast.manager, make_member(cast.epci), cast.counterpart]
    gate, answers = threading.Barrier(len(people)), []

    def open_it(person):
        gate.wait()
        try:
            answers.append(open_revoyure(cast.convention, by=person, on=ON, year=2018))
        except ValidationError as error:
            answers.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=open_it, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(answer, Revoyure) for answer in answers) == 1
    assert Revoyure.objects.count() == 1
    assert Contribution.objects.count() == 2
