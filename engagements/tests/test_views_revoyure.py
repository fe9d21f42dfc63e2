"""The yearly review on screen, by those who may and by those who may not."""

import pytest
from django.urls import reverse

from engagements.actions.revoyure import open_revoyure
from engagements.models import Assessment, Revoyure
from engagements.tests.factories import make_engagement, make_indicator, make_target

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast):
    from_day = cast.convention.starts_on.replace(year=2018)
    cast.ours = make_engagement(cast.convention, cast.first_party)
    cast.joint = make_engagement(cast.convention)
    make_target(cast.convention, make_indicator())
    cast.revoyure = open_revoyure(cast.convention, by=cast.manager, on=from_day, year=2018)
    cast.our_part = cast.revoyure.contributions.get(party=cast.first_party)
    cast.their_part = cast.revoyure.contributions.get(party=cast.second_party)
    return cast


def _page(name, *args):
    return reverse(f"engagements:{name}", args=args)


def _typed(scene, part, reading="tenu", comment="", **fields):
    typed = {"statement": "Une bonne année.", "initial-statement": ""}
    for engagement in (scene.ours, scene.joint):
        typed |= {
            f"lecture_{engagement.pk}": reading,
            f"initial-lecture_{engagement.pk}": "",
            f"commentaire_{engagement.pk}": comment,
            f"initial-commentaire_{engagement.pk}": "",
        }
    return typed | fields


def _finish(client, scene, person, part):
    client.force_login(person)
    client.post(_page("contribution", part.pk), _typed(scene, part))
    return client.post(_page("contribution_hand_over", part.pk))


def test_the_whole_review_from_reading_to_freeze(client, scene, django_capture_on_commit_callbacks):
    _finish(client, scene, scene.counterpart, scene.their_part)
    _finish(client, scene, scene.manager, scene.our_part)
    page = client.get(_page("revoyure", scene.revoyure.pk))
    assert "Geler la revoyure 2018" in page.content.decode()
    answer = client.post(
        _page("revoyure_freeze", scene.revoyure.pk), {"outcome": "maintien", "conclusion": ""}
    )
    assert answer.url == reverse("reporting:revoyure_document", args=[scene.revoyure.pk])
    scene.revoyure.refresh_from_db()
    assert scene.revoyure.is_frozen
    assert client.get(answer.url).status_code == 200


def test_a_year_that_is_open_says_so_and_keeps_what_was_typed(client, scene):
    client.force_login(scene.manager)
    page = client.post(_page("convention_revoyures", scene.convention.pk), {"year": "2018"})
    assert "déjà ouverte" in page.content.decode()
    assert 'value="2018"' in page.content.decode()
    assert Revoyure.objects.count() == 1


def test_another_partys_draft_stays_hidden_until_handed_over(client, scene):
    client.force_login(scene.counterpart)
    secret = "Nous ne voulons rien lâcher."
    client.post(
        _page("contribution", scene.their_part.pk),
        _typed(scene, scene.their_part, statement=secret),
    )
    client.force_login(scene.manager)
    assert secret not in client.get(_page("revoyure", scene.revoyure.pk)).content.decode()
    assert client.get(_page("contribution", scene.their_part.pk)).status_code == 403
    client.force_login(scene.counterpart)
    client.post(_page("contribution_hand_over", scene.their_part.pk))
    client.force_login(scene.manager)
    assert secret in client.get(_page("revoyure", scene.revoyure.pk)).content.decode()


def test_a_page_drawn_before_a_colleague_saved_erases_nothing(client, scene):
    client.force_login(scene.contributor)
    client.post(
        _page("contribution", scene.our_part.pk), _typed(scene, scene.our_part, reading="en_partie")
    )
    client.force_login(scene.manager)
    stale = _typed(scene, scene.our_part, reading="")
    stale[f"lecture_{scene.joint.pk}"] = "tenu"
    client.post(_page("contribution", scene.our_part.pk), stale)
    readings = Assessment.objects.values_list("engagement", "appreciation")
    assert dict(readings) == {scene.ours.pk: "en_partie", scene.joint.pk: "tenu"}


def test_a_missing_reason_is_asked_at_its_field_and_nothing_is_lost(client, scene):
    client.force_login(scene.manager)
    page = client.post(
        _page("contribution", scene.our_part.pk),
        _typed(scene, scene.our_part, reading="non_tenu", statement="À garder."),
    ).content.decode()
    assert "Dites pourquoi cet engagement n’est pas tenu." in page
    assert "À garder." in page
    assert not Assessment.objects.exists()


def test_a_stranger_learns_nothing(client, scene):
    client.force_login(scene.stranger)
    for name, pk in (
        ("convention_revoyures", scene.convention.pk),
        ("revoyure", scene.revoyure.pk),
        ("revoyure_freeze", scene.revoyure.pk),
        ("contribution", scene.our_part.pk),
    ):
        assert client.get(_page(name, pk)).status_code == 404, name
    for name in ("contribution_hand_over", "contribution_take_back"):
        assert client.post(_page(name, scene.our_part.pk)).status_code == 404, name


def test_a_reader_reads_and_decides_nothing(client, scene):
    client.force_login(scene.reader)
    assert client.get(_page("revoyure", scene.revoyure.pk)).status_code == 200
    assert client.get(_page("contribution", scene.our_part.pk)).status_code == 403
    answer = client.post(
        _page("revoyure_freeze", scene.revoyure.pk), {"outcome": "maintien", "conclusion": ""}
    )
    assert answer.status_code == 403


def test_a_frozen_review_edited_by_hand_is_refused_in_french(client, scene):
    _finish(client, scene, scene.counterpart, scene.their_part)
    _finish(client, scene, scene.manager, scene.our_part)
    client.post(_page("revoyure_freeze", scene.revoyure.pk), {"outcome": "maintien"})
    page = client.post(
        _page("contribution", scene.our_part.pk), _typed(scene, scene.our_part, reading="en_partie")
    )
    assert "gelée" in page.content.decode()
    assert set(Assessment.objects.values_list("appreciation", flat=True)) == {"tenu"}
