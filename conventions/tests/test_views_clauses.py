"""The pages of clauses: understood before they are kept, silent where the text is silent."""

import pytest
from django.urls import reverse

from conventions.enums import Trigger, Unit
from conventions.models import DurationClause, FollowUpClause, TerminationClause
from conventions.tests.amending import begin, make_amending_cast
from conventions.tests.drafting import make_drafting_cast

pytestmark = pytest.mark.django_db
TYPED = {
    "ground": "sans_motif",
    "form": "lettre recommandée",
    "quantity": "3",
    "unit": "mois",
    "trigger": "envoi",
    "wording": "trois mois à compter de l’envoi",
}


@pytest.fixture
def cast(client):
    cast = make_drafting_cast()
    client.force_login(cast.manager)
    return cast


def address(name, cast, *args):
    return reverse(f"conventions:{name}", args=[cast.convention.pk, *args])


def text_of(answer):
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def ask(client, url, **typed):
    return client.post(url, TYPED | {"apercu": "1"} | typed)


def test_seeing_what_a_clause_gives_writes_nothing_and_loses_nothing(client, cast):
    url = address("termination_create", cast)
    before = TerminationClause.objects.count()
    answer = ask(client, url, quantity="4", essai="2027-11-30")
    assert answer.status_code == 200
    assert TerminationClause.objects.count() == before
    page = text_of(answer)
    assert "la fin intervient 4 mois après l’envoi de la lettre" in page
    assert "Lettre postée le mardi 30 novembre 2027" in page
    assert "trois mois à compter de l’envoi</textarea>" in page
    assert 'value="2027-11-30"' in page
    assert "(art. 641 al. 2 CPC" in page


def test_what_is_typed_comes_back_alone_to_a_page_that_improves_itself(client, cast):
    url = address("termination_create", cast)
    answer = client.post(url, TYPED | {"apercu": "1"}, headers={"HX-Request": "true"})
    page = text_of(answer)
    assert "<html" not in page
    assert "<form" not in page
    assert "Ce que la clause donne" in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"quantity": ""}, "Répondez d’abord aux questions signalées."),
        ({"quantity": "30000"}, "Le calcul sort des années 1900 à 2199"),
        ({"essai": "demain"}, "Écrivez la date à essayer ainsi"),
        ({"trigger": ""}, "Lecture prudente"),
        ({"trigger": "notification"}, "par prudence, le portail y lit la réception"),
        ({"franc": "on", "unit": "jours_francs"}, "la même chose dite deux fois"),
        ({"carry": "on", "trigger": "date_effet"}, "Un délai à rebours ne se reporte pas"),
    ],
)
def test_doubts_are_told_and_never_refused(client, cast, typed, told):
    answer = ask(client, address("termination_create", cast), **typed)
    assert answer.status_code == 200
    assert told in text_of(answer)


def test_a_contradiction_may_be_kept_if_the_text_says_it(client, cast):
    typed = TYPED | {"carry": "on", "franc": "on", "unit": "jours_francs", "trigger": "terme"}
    answer = client.post(address("termination_create", cast), typed)
    assert answer.status_code == 302
    clause = TerminationClause.objects.order_by("pk").last()
    assert (clause.carry, clause.franc, clause.trigger) == (True, True, "terme")


def test_a_duration_is_shown_in_each_of_its_readings_when_the_text_is_silent(client, cast):
    url = address("duration_edit", cast)
    typed = {"quantity": "3", "unit": "ans", "trigger": "", "essai": "2027-01-01", "apercu": "1"}
    page = text_of(client.post(url, typed))
    for words in ("La signature", "La notification", "La prise d’effet"):
        assert words in page
    assert "le lundi 31 décembre 2029" in page
    assert DurationClause.objects.get().trigger == Trigger.SIGNATURE


def test_a_saved_clause_is_shown_with_its_examples_at_once(client, cast):
    clause = TerminationClause.objects.get()
    page = text_of(client.get(address("termination_edit", cast, clause.pk)))
    assert "Ce que la clause donne" in page


def test_a_follow_up_is_entered_read_confirmed_and_removed(client, cast):
    typed = {"body": "comité de pilotage", "per_year": "2", "year_basis": "civile"}
    url = address("follow_up_create", cast)
    page = text_of(client.post(url, typed | {"apercu": "1"}))
    assert "Comité de pilotage : au moins 2 fois par année civile." in page
    assert not FollowUpClause.objects.exists()
    assert client.post(url, typed).status_code == 302
    clause = FollowUpClause.objects.get()
    page = text_of(client.get(address("clauses", cast)))
    assert "Suivi&#8239;: comité de pilotage" in page
    edit = address("follow_up_edit", cast, clause.pk)
    assert edit in page
    client.post(edit, typed | {"per_year": "4", "seen": _seen(client, edit)})
    clause.refresh_from_db()
    assert clause.per_year == 4
    client.post(address("clause_confirm", cast, "suivi", clause.pk))
    assert "4 fois par année civile" in text_of(client.get(address("detail", cast)))
    client.post(address("clause_remove", cast, "suivi", clause.pk))
    assert not FollowUpClause.objects.exists()


def _seen(client, url):
    return client.get(url).context["form"]["seen"].value()


def test_a_silent_clause_is_silent_everywhere_with_every_answer(client, cast):
    TerminationClause.objects.update(trigger="")
    for name in ("clauses", "detail"):
        page = text_of(client.get(address(name, cast)))
        assert "sans que le texte dise à compter de quoi" in page
        assert "Toutes les réponses possibles" in page
        assert "L’envoi ou le dépôt contre récépissé" in page
        assert page.count("Lecture prudente") == 1


def test_a_clause_of_an_avenant_is_understood_before_it_is_kept(client):
    cast = make_amending_cast()
    act = begin(cast)
    client.force_login(cast.manager)
    url = reverse(
        "conventions:avenant_clause", args=[cast.convention.pk, act.number, "resiliation"]
    )
    page = text_of(ask(client, url, trigger=""))
    assert "Lecture prudente" in page
    assert not TerminationClause.objects.filter(act=act).exists()
    client.post(url, TYPED | {"trigger": ""})
    clause = TerminationClause.objects.get(act=act)
    assert (clause.unit, clause.trigger) == (Unit.MOIS, "")
    page = text_of(client.get(reverse("conventions:act", args=[cast.convention.pk, act.number])))
    assert "Toutes les réponses possibles" in page


def test_every_event_a_letter_may_have_can_be_chosen(client, cast):
    form = client.get(address("termination_create", cast)).context["form"]
    groups = form.fields["trigger"].choices
    offered = {value for _, rows in groups[1:] for value, _ in rows}
    assert offered == set(Trigger.values)
