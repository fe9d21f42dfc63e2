import pytest
from django.urls import reverse

from conventions.enums import ActStatus, ConventionStatus
from conventions.models import Act, ChecklistAnswer, Convention
from conventions.tests.drafting import TODAY, make_avenant, make_drafting_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    cast = make_drafting_cast()
    Act.objects.filter(pk=cast.act.pk).update(status=ActStatus.EN_NEGOCIATION)
    return cast


def address(cast, rule=None, number=0):
    name = "checklist_answer" if rule else "checklist"
    args = [cast.convention.pk, number, *([rule] if rule else [])]
    return reverse(f"conventions:{name}", args=args)


def get(client, person, url, **query):
    client.force_login(person)
    return client.get(url, query)


def test_the_page_says_what_blocks_first_and_hides_what_holds_until_asked(client, cast):
    html = get(client, cast.reader, address(cast)).content.decode()
    assert "retiennent la signature" in html.replace("\u00a0", " ")
    assert "Vérifié" not in html
    assert "Action Logement Groupe" in html
    whole = get(client, cast.reader, address(cast), voir="tout").content.decode()
    assert "Vérifié" in whole
    assert "pour mémoire" in whole


def test_an_answer_is_given_and_shown_with_its_person_and_its_date(client, cast):
    form = get(client, cast.counterpart, address(cast, "r11")).content.decode()
    assert "Date de la concertation" in form
    data = {"reply": "oui", "dated_on": "2026-10-02", "note": "Comité régional."}
    assert client.post(address(cast, "r11"), data).status_code == 302
    html = get(client, cast.reader, address(cast), voir="tout").content.decode()
    assert "2 octobre 2026" in html.replace("\u00a0", " ")
    assert "Inès Roche" in html


def test_an_answer_without_its_date_is_refused_and_loses_nothing(client, cast):
    client.force_login(cast.counterpart)
    response = client.post(address(cast, "r11"), {"reply": "oui", "note": "Comité régional."})
    html = response.content.decode()
    assert "c’est elle qui prouve" in html
    assert "Comité régional." in html
    assert not ChecklistAnswer.objects.exists()


def test_the_other_side_is_told_who_answers(client, cast):
    html = get(client, cast.manager, address(cast, "r11")).content.decode()
    assert "C’est à Action Logement de répondre" in html.replace("\u00a0", " ")
    client.force_login(cast.manager)
    sent = client.post(address(cast, "r11"), {"reply": "oui", "dated_on": str(TODAY)})
    assert sent.status_code == 403


def test_a_question_that_does_not_arise_says_so_and_an_unknown_one_is_not_found(client, cast):
    html = get(client, cast.counterpart, address(cast, "r24")).content.decode()
    assert "ne se pose pas" in html
    assert get(client, cast.counterpart, address(cast, "r99")).status_code == 404
    assert get(client, cast.counterpart, address(cast, "r13")).status_code == 404


def test_a_stranger_sees_nothing_and_a_reader_answers_nothing(client, cast):
    assert get(client, cast.stranger, address(cast)).status_code == 404
    assert get(client, cast.reader, address(cast, "r26")).status_code == 403


def test_the_answers_of_a_private_draft_are_its_drafters_alone(client, cast):
    Convention.objects.filter(pk=cast.convention.pk).update(status=ConventionStatus.BROUILLON)
    Act.objects.filter(pk=cast.act.pk).update(status=ActStatus.PROJET)
    assert get(client, cast.counterpart, address(cast)).status_code == 404
    assert get(client, cast.manager, address(cast, "r11")).status_code == 200


def test_the_checklist_of_an_avenant_kept_apart_is_not_known_to_the_other_party(client, cast):
    Act.objects.create(convention=cast.convention, number=1, kind="avenant", drafted_by=cast.epci)
    assert get(client, cast.manager, address(cast, number=1)).status_code == 200
    assert get(client, cast.counterpart, address(cast, number=1)).status_code == 404
    assert get(client, cast.manager, address(cast, number=7)).status_code == 404


def test_a_text_without_action_logement_shows_the_rules_that_speak_to_it(client, cast):
    Convention.objects.filter(pk=cast.convention.pk).update(kind="ville_bailleur")
    cast.convention.parties.get(position=2).delete()
    html = get(client, cast.manager, address(cast)).content.decode()
    assert "ne retient pas la signature" in html


def test_the_trail_of_an_avenant_leads_back_to_it(client, cast):
    avenant = make_avenant(cast.convention)
    html = get(client, cast.manager, address(cast, number=avenant.number)).content.decode()
    assert f'href="{reverse("conventions:act", args=[cast.convention.pk, avenant.number])}"' in html
