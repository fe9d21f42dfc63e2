"""An engagement's page, its declarations and its forms, as people use them."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conventions.tests.factories import make_convention
from engagements.enums import Recurrence, State, Strength
from engagements.models import Engagement, StateChange, Theme
from engagements.tests.factories import (
    make_engagement,
    make_indicator,
    make_measurement,
    make_target,
)
from engagements.tests.test_actions_engagements import PNG

pytestmark = pytest.mark.django_db


def _address(name: str, pk: int) -> str:
    return reverse(f"engagements:{name}", args=[pk])


@pytest.fixture
def owed(cast):
    article = cast.convention.articles.get()
    return make_engagement(
        cast.convention,
        cast.first_party,
        title="Programmer 170 logements",
        wording="Le PLH retient 170 logements par an.",
        article=article,
        recurrence=Recurrence.ANNUELLE,
        due_on=date(2019, 12, 31),
        state=State.EN_COURS,
    )


def _said(owed, cast, comment="Fait.") -> StateChange:
    return StateChange.objects.create(
        engagement=owed,
        old_state=State.EN_COURS,
        state=State.TENU,
        party=cast.first_party,
        comment=comment,
        declared_by=cast.contributor,
        declared_on=date(2019, 4, 3),
    )


# Reading -----------------------------------------------------------------------------------------


def test_the_page_tells_words_debtors_history_and_figures(client, cast, owed):
    _said(owed, cast, comment="Présenté en séance.")
    answer = make_engagement(cast.convention, cast.second_party, title="Financer")
    owed.counterparts.add(answer)
    indicator = make_indicator(name="logements agréés")
    make_target(cast.convention, indicator, engagement=owed)
    make_measurement(cast.convention, indicator)
    client.force_login(cast.reader)
    html = client.get(_address("detail", owed.pk)).content.decode()
    told = (
        "Programmer 170\u00a0logements",
        "Le PLH retient",
        "Présenté en séance.",
        "Marc Oudot",
        "Financer",
        "logements agréés",
        f"#art-{owed.article_id}",
    )
    for words in told:
        assert words.replace("\u00a0", " ") in html.replace("\u00a0", " "), words


def test_a_stranger_learns_nothing_of_an_engagement(client, cast, owed):
    client.force_login(cast.stranger)
    for name in ("detail", "edit", "declare"):
        assert client.get(_address(name, owed.pk)).status_code == 404
    assert client.post(_address("declare", owed.pk), {"state": "tenu"}).status_code == 404


def test_a_reader_sees_no_form_and_may_not_send_one(client, cast, owed):
    client.force_login(cast.reader)
    assert b'name="state"' not in client.get(_address("detail", owed.pk)).content
    assert client.post(_address("declare", owed.pk), {"state": "tenu"}).status_code == 403
    assert client.get(_address("edit", owed.pk)).status_code == 403


def test_the_page_asks_as_many_questions_for_one_declaration_as_for_ten(client, cast, owed):
    client.force_login(cast.contributor)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(_address("detail", owed.pk))
        return len(asked)

    def grow() -> None:
        _said(owed, cast)
        owed.counterparts.add(make_engagement(cast.convention, cast.second_party))

    grow()
    questions()
    first = questions()
    for _more in range(9):
        grow()
    assert questions() == first


# Declaring ---------------------------------------------------------------------------------------


def _sent(cast, **answers):
    return {"party": cast.first_party.pk, "state": "tenu", "comment": "", **answers}


def test_a_contributor_declares_with_two_pieces_of_evidence(client, cast, owed):
    client.force_login(cast.contributor)
    files = [SimpleUploadedFile(f"piece{n}.png", PNG) for n in (1, 2)]
    response = client.post(
        _address("declare", owed.pk), _sent(cast, files=files, comment="Remis."), follow=True
    )
    assert response.redirect_chain[-1][0] == _address("detail", owed.pk)
    html = response.content.decode()
    assert "piece1.png" in html
    assert "piece2.png" in html
    owed.refresh_from_db()
    assert owed.state == State.TENU


def test_the_following_date_is_proposed_until_the_convention_ends(client, cast, owed):
    client.force_login(cast.contributor)
    owed.due_on = date(2018, 9, 30)
    owed.save()
    assert 'value="2019-09-30"' in client.get(_address("detail", owed.pk)).content.decode()
    owed.due_on = date(2020, 9, 30)
    owed.save()
    assert 'value="2021-09-30"' not in client.get(_address("detail", owed.pk)).content.decode()


def test_the_proposed_date_counts_only_for_what_is_kept(client, cast, owed):
    client.force_login(cast.contributor)
    answers = _sent(cast, state="en_cours", next_due_on="2020-12-01", comment="118 agréés.")
    assert client.post(_address("declare", owed.pk), answers).status_code == 302
    owed.refresh_from_db()
    assert owed.due_on == date(2019, 12, 31)


def test_the_other_party_is_offered_to_contest_and_nothing_else(client, cast, owed):
    client.force_login(cast.counterpart)
    form = client.get(_address("detail", owed.pk)).context["form"]
    assert [value for value, _label in form.fields["state"].choices] == ["conteste"]
    answers = {"party": cast.second_party.pk, "state": "conteste", "comment": "Rien reçu."}
    assert client.post(_address("declare", owed.pk), answers).status_code == 302
    owed.refresh_from_db()
    assert owed.state == State.CONTESTE


def test_nobody_declares_for_another_party(client, cast, owed):
    client.force_login(cast.counterpart)
    response = client.post(_address("declare", owed.pk), _sent(cast))
    assert "party" in response.context["form"].errors
    assert not StateChange.objects.exists()


def test_a_refusal_stays_at_its_field_and_keeps_what_was_typed(client, cast, owed):
    client.force_login(cast.contributor)
    wrong = SimpleUploadedFile("note.pdf", PNG)
    response = client.post(
        _address("declare", owed.pk), _sent(cast, files=[wrong], comment="Ce que j’ai écrit.")
    )
    assert "files" in response.context["form"].errors
    html = response.content.decode()
    assert "Ce que j’ai écrit." in html
    assert "<title>Erreur" in html
    assert not StateChange.objects.exists()


def test_a_suspension_without_reasons_says_what_is_missing(client, cast, owed):
    client.force_login(cast.contributor)
    response = client.post(_address("declare", owed.pk), _sent(cast, state="suspendu"))
    assert response.context["form"].errors["comment"] == [
        "Dites ce que l’engagement attend pour reprendre."
    ]


# Writing -----------------------------------------------------------------------------------------


def _facts(cast, **answers):
    return {
        "title": "Garantir les emprunts",
        "debtors": [cast.first_party.pk],
        "strength": Strength.FERME,
        "recurrence": Recurrence.PONCTUELLE,
        **answers,
    }


def test_a_manager_adds_an_engagement(client, cast):
    client.force_login(cast.manager)
    answers = _facts(cast, article=cast.convention.articles.get().pk, new_theme="Produire")
    response = client.post(_address("create", cast.convention.pk), answers)
    made = Engagement.objects.get()
    assert response.url == _address("detail", made.pk)
    assert (made.number, made.theme.name) == (1, "Produire")


def test_only_the_articles_and_themes_of_the_convention_are_offered(client, cast):
    foreign = make_convention(epci=cast.epci)
    theirs = Theme.objects.create(convention=foreign, name="Ailleurs")
    client.force_login(cast.manager)
    form = client.get(_address("create", cast.convention.pk)).context["form"]
    assert not form.fields["theme"].queryset.exists()
    assert len(form.fields["article"].choices) == 2
    response = client.post(_address("create", cast.convention.pk), _facts(cast, theme=theirs.pk))
    assert "theme" in response.context["form"].errors
    assert not cast.convention.engagements.exists()


def test_an_engagement_without_debtor_comes_back_with_what_was_typed(client, cast):
    client.force_login(cast.manager)
    response = client.post(_address("create", cast.convention.pk), _facts(cast, debtors=[]))
    assert response.context["form"].errors["debtors"] == ["Dites qui doit cet engagement."]
    assert "Garantir les emprunts" in response.content.decode()


def test_contradictory_dates_come_back_at_their_field(client, cast):
    client.force_login(cast.manager)
    answers = _facts(cast, starts_on="2019-02-01", ends_on="2019-01-01")
    response = client.post(_address("create", cast.convention.pk), answers)
    assert "ends_on" in response.context["form"].errors


def test_a_manager_corrects_an_engagement_already_filled_in(client, cast, owed):
    client.force_login(cast.manager)
    html = client.get(_address("edit", owed.pk)).content.decode()
    assert "Le PLH retient 170 logements par an." in html
    response = client.post(_address("edit", owed.pk), _facts(cast, title="Autre titre"))
    assert response.url == _address("detail", owed.pk)
    owed.refresh_from_db()
    assert owed.title == "Autre titre"


@pytest.mark.parametrize("who", ["contributor", "reader"])
def test_who_does_not_manage_does_not_write(client, cast, who):
    client.force_login(getattr(cast, who))
    response = client.post(_address("create", cast.convention.pk), _facts(cast))
    assert response.status_code == 403
