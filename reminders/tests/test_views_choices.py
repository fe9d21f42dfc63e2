"""The pages of choices and absences: what they say, what they keep, what they refuse."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Absence, Membership
from accounts.tests.factories import make_member
from conventions.tests.factories import make_signed_convention
from reminders.actions.projection import project_deadlines
from reminders.enums import DeadlineKind as Kind
from reminders.enums import Rhythm
from reminders.models import LadderChoice, RhythmChoice
from reminders.tests.factories import plain

pytestmark = pytest.mark.django_db

MINE = reverse("reminders:choices")
AWAY = reverse("reminders:absences")


@pytest.fixture
def living(cast):
    """A convention signed last year, its dates projected as they stand today."""
    on = timezone.localdate()
    cast.living = make_signed_convention(
        epci=cast.epci,
        action_logement=cast.action_logement,
        signed_on=on.replace(year=on.year - 1, day=15),
    )
    project_deadlines(cast.living, now=timezone.now(), on=on, by=None)
    return cast


@pytest.fixture
def as_user(client):
    def log_in(user):
        client.force_login(user)
        return client

    return log_in


def _read(client, address, **data):
    answer = client.post(address, data) if data else client.get(address)
    return plain(answer.content.decode()), answer


def _answers(client, address=MINE):
    """What the form of the page sends when nothing is touched."""
    form = client.get(address).context["form"]
    sent = {"rhythm": form["rhythm"].value()}
    for row in form.rows:
        sent[row.boxes.name] = row.boxes.value()
        sent[row.others.name] = ""
    return sent


def _example(client, kind=Kind.TERME):
    sections = client.get(MINE).context["sections"]
    return next(example for row, example in sections if row.kind == kind)


def test_a_manager_reads_what_stays_and_why(living, as_user):
    text, answer = _read(as_user(living.manager), MINE)
    assert "responsable de 2 conventions" in text
    locked = answer.context["form"][Kind.TERME].subwidgets[-1]
    assert "disabled" in str(locked)
    assert "Reste toujours" in text


def test_a_contributor_may_untick_everything(living, as_user):
    client = as_user(living.contributor)
    text, _ = _read(client, MINE)
    assert "disabled" not in text
    client.post(MINE, _answers(client) | {Kind.TERME: []})
    row = LadderChoice.objects.get()
    assert (row.user, row.kind, row.months, row.days) == (living.contributor, Kind.TERME, [], [])


def test_the_page_shows_a_real_date_and_when_one_will_be_told(living, as_user):
    client = as_user(living.contributor)
    example = _example(client)
    assert example.deadline.convention == living.living
    client.post(MINE, _answers(client) | {Kind.TERME: [], "terme_autres": "10 jours"})
    example = _example(client)
    assert example.days == [example.deadline.act_on - timedelta(days=10)]


def test_what_is_typed_is_added_and_offered_afterwards(living, as_user):
    client = as_user(living.manager)
    answers = _answers(client) | {Kind.TERME: ["m12"], "terme_autres": "2 semaines, 10 mois"}
    text, answer = _read(client, MINE, **answers)
    assert answer.status_code == 302
    row = LadderChoice.objects.get()
    assert (row.months, row.days) == ([12, 10], [14, 1])
    assert "10 mois avant" in _read(client, MINE)[0]


def test_a_mistake_is_told_and_nothing_typed_is_lost(living, as_user):
    client = as_user(living.manager)
    answers = _answers(client) | {"terme_autres": "36 mois", "rhythm": Rhythm.QUOTIDIEN}
    text, answer = _read(client, MINE, **answers)
    assert answer.status_code == 200
    assert "entre 1 et 24 mois" in text
    assert 'value="36 mois"' in text
    assert answer.context["form"]["rhythm"].value() == Rhythm.QUOTIDIEN
    assert not RhythmChoice.objects.exists()


def test_one_button_goes_back_to_the_usual(living, as_user):
    client = as_user(living.manager)
    assert "Revenir aux réglages habituels" not in _read(client, MINE)[0]
    client.post(MINE, _answers(client) | {"rhythm": Rhythm.HEBDOMADAIRE})
    assert "Revenir aux réglages habituels" in _read(client, MINE)[0]
    client.post(MINE, {"habituel": "1"})
    assert not RhythmChoice.objects.exists()


def test_who_is_told_of_nothing_reads_so(living, as_user):
    text, _ = _read(as_user(living.stranger), MINE)
    assert "ne vous prévient d’aucune date" in text


def test_the_organisation_chooses_and_is_warned_without_a_fallback_address(living, as_user):
    admin = make_member(living.epci, Role.ADMINISTRATEUR)
    client = as_user(admin)
    address = reverse("reminders:organisation_choices", args=[living.epci.pk])
    assert "Aucune adresse de repli" in _read(client, address)[0]
    answers = _answers(client, address)
    text, _ = _read(client, address, **(answers | {Kind.TERME: []}))
    assert "Un organisme ne peut pas choisir de ne rien recevoir" in text
    client.post(address, answers | {Kind.TERME: ["m12", "j7"]})
    assert LadderChoice.objects.get().organisation == living.epci
    told = _read(as_user(living.contributor), MINE)[1].context["form"]
    assert told[Kind.TERME].value() == ["m12", "j7"]


def test_the_page_costs_the_same_whatever_one_follows(
    living, as_user, django_assert_max_num_queries
):
    client = as_user(living.manager)
    for _ in range(4):
        make_signed_convention(epci=living.epci, action_logement=living.action_logement)
    with django_assert_max_num_queries(24):
        client.get(MINE)


def _away(**days):
    on = timezone.localdate()
    return {name: (on + timedelta(days=shift)).isoformat() for name, shift in days.items()}


def test_an_absence_is_declared_and_what_the_delegate_cannot_read_is_counted(living, as_user):
    client = as_user(living.manager)
    text, answer = _read(
        client, AWAY, delegate=living.contributor.pk, **_away(starts_on=0, ends_on=5)
    )
    assert answer.status_code == 302
    assert Absence.objects.get().delegate == living.contributor
    assert "que cette personne ne peut pas lire" not in _read(client, AWAY)[0]
    other = make_signed_convention(action_logement=living.action_logement)
    Membership.objects.create(
        user=living.manager,
        organisation=other.parties.get(position=1).organisation,
        role=Role.RESPONSABLE,
        starts_on=timezone.localdate(),
    )
    assert "1 convention que cette personne ne peut pas lire" in _read(client, AWAY)[0]


def test_days_that_overlap_are_refused_and_what_was_typed_stays(living, as_user):
    client = as_user(living.manager)
    days = _away(starts_on=0, ends_on=5)
    client.post(AWAY, days | {"delegate": living.contributor.pk})
    text, answer = _read(client, AWAY, delegate=living.reader.pk, **days)
    assert "Une absence est déjà déclarée" in text
    assert f'value="{days["starts_on"]}"' in text
    text, _ = _read(client, AWAY, delegate=living.stranger.pk, **_away(starts_on=9, ends_on=9))
    assert "Une absence est déjà déclarée" not in text
    assert Absence.objects.count() == 1


def test_who_stands_in_reads_it_and_the_absence_can_be_removed(living, as_user):
    as_user(living.manager).post(
        AWAY, _away(starts_on=0, ends_on=5) | {"delegate": living.contributor.pk}
    )
    absence = Absence.objects.get()
    client = as_user(living.contributor)
    assert f"Vous recevez les rappels de {living.manager}" in _read(client, AWAY)[0]
    assert client.post(reverse("reminders:absence_remove", args=[absence.pk])).status_code == 403
    client = as_user(living.stranger)
    assert client.post(reverse("reminders:absence_remove", args=[absence.pk])).status_code == 404
    as_user(living.manager).post(reverse("reminders:absence_remove", args=[absence.pk]))
    assert not Absence.objects.exists()


def test_an_administrator_declares_the_absence_of_a_member(living, as_user):
    client = as_user(make_member(living.epci, Role.ADMINISTRATEUR))
    membership = living.manager.memberships.get()
    address = reverse("reminders:member_absences", args=[membership.pk])
    answer = client.post(
        address, _away(starts_on=1, ends_on=2) | {"delegate": living.contributor.pk}
    )
    assert answer.url == address
    assert Absence.objects.get().user == living.manager
