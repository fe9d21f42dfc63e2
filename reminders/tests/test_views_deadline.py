"""The page of one date: its verdict, its reasons, who is told, declaring it done."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Verb
from accounts.models import JournalEntry
from engagements.tests.factories import make_engagement
from reminders.enums import DeadlineKind, ReminderStatus
from reminders.models import Deadline, Reminder
from reminders.tests.factories import NOW, make_deadline, make_reminder, plain, project_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def deadline(cast):
    today = timezone.localdate()
    return make_deadline(
        cast.convention,
        due_on=today + timedelta(days=17),
        trigger="Ouverture de la revoyure.",
        source="article 6",
        steps=["Soixante-cinq jours après l’ouverture (calendrier des parties)."],
    )


def _page(client, user, deadline, query=""):
    client.force_login(user)
    return client.get(reverse("reminders:detail", args=[deadline.pk]) + query)


def _text(response):
    return plain(response.content.decode())


def test_the_page_gives_the_date_its_distance_and_its_reasoning(client, cast, deadline):
    text = _text(_page(client, cast.reader, deadline))
    assert "17 jours" in text
    assert "Soixante-cinq jours après l’ouverture." in text
    assert "<small>calendrier des parties</small>" in text
    assert "Ouverture de la revoyure." in text
    assert "Le rappel est une aide" in text


@pytest.mark.parametrize("who", ["manager", "contributor", "reader", "counterpart"])
def test_every_member_of_a_party_reads_it(client, cast, deadline, who):
    assert _page(client, getattr(cast, who), deadline).status_code == 200


@pytest.mark.parametrize(
    ("name", "method"),
    [("detail", "get"), ("agenda", "get"), ("answer", "post"), ("undo", "post")],
)
def test_a_stranger_learns_nothing(client, cast, deadline, name, method):
    client.force_login(cast.stranger)
    response = getattr(client, method)(reverse(f"reminders:{name}", args=[deadline.pk]))
    assert response.status_code == 404
    deadline.refresh_from_db()
    assert deadline.done_on is None


def test_nobody_reads_it_without_logging_in(client, deadline):
    response = client.get(reverse("reminders:detail", args=[deadline.pk]))
    assert response.status_code == 302


def _way_out(cast):
    project_now(cast.convention, on=date(2017, 12, 12), now=NOW.replace(year=2017, month=12))
    return Deadline.objects.get(effect_on=date(2019, 1, 1))


def test_a_way_out_shows_its_limit_its_effect_its_drawing_and_its_counter_proof(client, cast):
    text = _text(_page(client, cast.manager, _way_out(cast)))
    assert "vendredi 28 septembre 2018" in text
    assert "dimanche 30 septembre 2018, à minuit" in text
    assert "mardi 1<sup>er</sup> janvier 2019" in text
    assert "trois mois à compter de l’envoi" in text
    assert "Le compte est bon." in text
    assert "C’est trop tard." in text
    assert "Les jours sont dessinés à distances égales." in text
    assert "Oui, de justesse" in text


def test_another_day_may_be_tried_from_the_address(client, cast):
    response = _page(client, cast.manager, _way_out(cast), "?envoi=2018-09-03")
    assert "votre essai" in _text(response)
    assert date(2018, 9, 3) in {trial.sent_on for trial in response.context["trials"]}


@pytest.mark.parametrize("day", ["2018-02-30", "demain", "0001-01-01", "9999-12-31"])
def test_a_day_that_cannot_be_tried_is_said_so(client, cast, day):
    response = _page(client, cast.manager, _way_out(cast), f"?envoi={day}")
    assert response.status_code == 200
    assert response.context["trial_form"].errors


def test_a_rolling_date_is_counted_from_the_day_it_is_read(client, cast):
    today = timezone.localdate()
    type(cast.convention).objects.update(ends_on=today + timedelta(days=900))
    cast.convention.refresh_from_db()
    project_now(cast.convention, on=today - timedelta(days=3), now=timezone.now())
    rolling = Deadline.objects.rolling().get()
    response = _page(client, cast.manager, rolling)
    assert response.context["verdict"].day > rolling.due_on
    assert "Libre à partir du" in _text(response)
    assert "Enregistrer la réponse" not in _text(response)


def test_who_was_and_will_be_told_is_shown_with_the_reason_of_a_failure(client, cast, deadline):
    make_reminder(deadline, cast.manager, status=ReminderStatus.ENVOYE, sent_at=NOW)
    make_reminder(
        deadline, cast.contributor, status=ReminderStatus.ECHEC, failure="Adresse refusée : 550"
    )
    make_reminder(deadline, cast.counterpart, due_at=timezone.now() + timedelta(days=10))
    text = _text(_page(client, cast.reader, deadline))
    for words in ("Claire Vuillemin", "Envoyé", "Adresse refusée : 550", "Inès Roche", "À envoyer"):
        assert words in text


def test_a_party_without_anybody_to_tell_is_said_to_be_so(client, cast, deadline):
    cast.counterpart.is_active = False
    cast.counterpart.save()
    assert "personne n’est à prévenir" in _text(_page(client, cast.reader, deadline))


def test_a_date_that_changed_leads_to_the_one_that_replaces_it(client, cast, deadline):
    Deadline.objects.filter(pk=deadline.pk).update(retired_at=NOW)
    new = make_deadline(cast.convention, key=deadline.key, due_on=deadline.due_on)
    text = _text(_page(client, cast.reader, deadline))
    assert "Cette date a changé." in text
    assert reverse("reminders:detail", args=[new.pk]) in text


def _declare(client, user, deadline, **data):
    client.force_login(user)
    data.setdefault("kind", "faite")
    return client.post(reverse("reminders:answer", args=[deadline.pk]), data)


def test_a_contributor_declares_it_done_and_nobody_is_reminded_any_more(client, cast, deadline):
    reminder = make_reminder(deadline, cast.manager, due_at=timezone.now() + timedelta(days=5))
    response = _declare(client, cast.contributor, deadline, reason="réuni en mairie")
    assert response.status_code == 302
    deadline.refresh_from_db()
    reminder.refresh_from_db()
    assert (deadline.done_by, deadline.done_note) == (cast.contributor, "réuni en mairie")
    assert reminder.status == ReminderStatus.ANNULE
    entry = JournalEntry.objects.get(verb=Verb.DEADLINE_DONE)
    assert entry.dossier_id == cast.convention.pk


def test_reopening_arms_the_reminders_still_ahead(client, cast, deadline):
    today = timezone.localdate()
    project_now(cast.convention, on=today, now=timezone.now())
    deadline.refresh_from_db()
    Deadline.objects.filter(pk=deadline.pk).update(retired_at=None)
    _declare(client, cast.manager, deadline)
    client.post(reverse("reminders:undo", args=[deadline.pk]))
    deadline.refresh_from_db()
    assert deadline.done_on is None
    assert Reminder.objects.unsent().filter(deadline=deadline).count() == 6
    assert JournalEntry.objects.filter(verb=Verb.DEADLINE_REOPENED).exists()


def test_a_reader_is_refused_and_changes_nothing(client, cast, deadline):
    assert _declare(client, cast.reader, deadline).status_code == 403
    deadline.refresh_from_db()
    assert deadline.done_on is None
    assert "Enregistrer la réponse" not in _text(_page(client, cast.reader, deadline))


def test_declaring_it_twice_is_refused_with_a_sentence(client, cast, deadline):
    _declare(client, cast.manager, deadline)
    again = _declare(client, cast.manager, deadline)
    assert "déjà déclarée faite" in _text(again)
    assert JournalEntry.objects.filter(verb=Verb.DEADLINE_DONE).count() == 1


def test_a_note_too_long_comes_back_with_what_was_typed(client, cast, deadline):
    response = _declare(client, cast.manager, deadline, reason="x" * 301)
    assert "x" * 301 in response.content.decode()
    deadline.refresh_from_db()
    assert deadline.done_on is None


def test_what_was_done_elsewhere_is_not_reopened_here(client, cast, deadline):
    Deadline.objects.filter(pk=deadline.pk).update(done_on=date(2018, 1, 1), done_note="ailleurs")
    client.force_login(cast.manager)
    response = client.post(reverse("reminders:undo", args=[deadline.pk]), follow=True)
    assert "c’est là qu’il faut revenir" in _text(response)


def test_acts_are_not_done_by_a_get(client, cast, deadline):
    client.force_login(cast.manager)
    for name in ("answer", "withdraw", "undo", "note"):
        assert client.get(reverse(f"reminders:{name}", args=[deadline.pk])).status_code == 405


def test_an_engagement_leads_to_its_page(client, cast):
    engagement = make_engagement(cast.convention, cast.first_party)
    row = make_deadline(cast.convention, kind=DeadlineKind.ENGAGEMENT, engagement=engagement)
    href = reverse("engagements:detail", args=[engagement.pk])
    assert href in _text(_page(client, cast.reader, row))


def test_the_calendar_entry_is_a_whole_day_and_its_name_is_stable(client, cast, deadline):
    client.force_login(cast.reader)
    response = client.get(reverse("reminders:agenda", args=[deadline.pk]))
    assert response.headers["Content-Type"].startswith("text/calendar")
    assert ".ics" in response.headers["Content-Disposition"]
    lines = response.content.decode().split("\r\n")
    assert f"DTSTART;VALUE=DATE:{deadline.due_on:%Y%m%d}" in lines
    assert f"UID:{cast.convention.pk}-{deadline.key}@revoyure" in lines
    assert "SEQUENCE:0" in lines


@pytest.mark.parametrize("reminders", [1, 12])
def test_the_page_costs_the_same_queries_whatever_its_reminders(
    client, cast, deadline, reminders, django_assert_max_num_queries
):
    for rank in range(reminders):
        make_reminder(deadline, cast.manager, rule=rank + 1)
    client.force_login(cast.manager)
    with django_assert_max_num_queries(30):
        client.get(reverse("reminders:detail", args=[deadline.pk]))


def test_a_manager_goes_from_a_way_out_to_its_letter_and_a_reader_does_not(client, cast):
    project_now(cast.convention)
    rows = Deadline.objects.live().filter(kind=DeadlineKind.RESILIATION, rolling=False)
    deadline = rows.order_by("due_on").last()
    prepare = reverse("conventions:ending_prepare", args=[cast.convention.pk])
    wanted = f"{prepare}?voie=clause-{deadline.clause_id}&amp;libre={deadline.effect_on}"
    assert wanted in _page(client, cast.manager, deadline).content.decode()
    assert prepare not in _page(client, cast.reader, deadline).content.decode()
