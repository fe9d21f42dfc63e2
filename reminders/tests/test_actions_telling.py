"""Administrators are told by mail of what was found: once each, an hour apart (promise R7)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.enums import OrganisationKind, Role
from accounts.tests.factories import make_member, make_organisation, make_user
from conventions.tests.factories import make_territory
from reminders.actions.findings import clear_finding, raise_finding
from reminders.actions.telling import tell_findings
from reminders.actions.watching import findings_visible_to
from reminders.enums import FindingKind
from reminders.models import Deadline, Finding, FindingTold
from reminders.tests.factories import NOW, TODAY, make_deadline, plain
from territories.enums import TerritoryKind

pytestmark = pytest.mark.django_db
KIND = FindingKind.RAPPEL_ECHOUE


@pytest.fixture
def admin(cast):
    return make_member(cast.epci, Role.ADMINISTRATEUR)


def _raise(cast, key="1", now=NOW, **fields):
    fields.setdefault("convention", cast.convention)
    return raise_finding(KIND, key, words="Rappel à Claire : refusé", now=now, **fields)


def _tell(now=NOW):
    mail.outbox.clear()
    tell_findings(now=now, on=TODAY)
    return sorted(message.to[0] for message in mail.outbox)


def test_the_platform_and_the_administrators_of_the_parties_are_told_once(cast, admin):
    platform, gone = make_user(is_superuser=True), make_user(is_superuser=True, is_active=False)
    other = make_member(cast.action_logement, Role.ADMINISTRATEUR)
    _raise(cast)
    assert _tell() == sorted([platform.email, admin.email, other.email])
    assert gone.email not in _tell()
    assert Finding.objects.get().told_at == NOW
    assert _tell(NOW + timedelta(hours=2)) == []


def test_what_concerns_one_organisation_is_told_to_it_alone(cast, admin):
    make_member(cast.action_logement, Role.ADMINISTRATEUR)
    _raise(cast, organisation=cast.epci)
    assert _tell() == [admin.email]


def test_the_administrators_of_a_delegation_of_the_region_are_told(cast):
    region = make_territory(kind=TerritoryKind.REGION, code="27", name="Bourgogne")
    elsewhere = make_territory(kind=TerritoryKind.REGION, code="93", name="Provence")
    type(cast.convention).objects.update(region=region)
    people = []
    for place in (region, elsewhere):
        body = make_organisation(
            kind=OrganisationKind.DELEGATION, acts_for=cast.action_logement, regions=[place]
        )
        people.append(make_member(body, Role.ADMINISTRATEUR))
    _raise(cast)
    assert _tell() == [people[0].email]


def test_many_findings_make_one_message_an_hour(cast, admin):
    for rank in range(5):
        _raise(cast, key=str(rank))
    assert _tell() == [admin.email]
    assert "5 rappels qui n’ont pas pu partir" in plain(mail.outbox[0].subject)
    _raise(cast, key="later", now=NOW + timedelta(minutes=5))
    assert _tell(NOW + timedelta(minutes=59)) == []
    assert _tell(NOW + timedelta(minutes=60)) == [admin.email]
    assert "1 rappel qui n’a pas pu partir" in plain(mail.outbox[0].subject)


def test_what_was_lifted_before_it_was_told_is_not_told(cast, admin):
    _raise(cast)
    clear_finding(KIND, "1", now=NOW)
    assert _tell() == []


def test_the_message_leads_to_the_page_and_names_nothing(cast, admin, settings):
    settings.SITE_URL = "https://revoyure.exemple"
    _raise(cast)
    _tell()
    message = mail.outbox[0]
    html = message.alternatives[0][0]
    for text in (message.body, html):
        assert "https://revoyure.exemple/constats/" in text
        assert cast.convention.reference not in text
        assert "Claire" not in text
    assert message.extra_headers["Message-ID"].startswith(f"<constats-{admin.pk}-")


def test_a_mail_server_that_does_not_answer_loses_nothing(cast, admin, smtp):
    smtp.mute = True
    _raise(cast)
    assert tell_findings(now=NOW, on=TODAY) == 0
    assert not FindingTold.objects.exists()
    smtp.mute = False
    smtp.released.set()
    assert tell_findings(now=NOW + timedelta(minutes=1), on=TODAY) == 1
    assert len(smtp.messages) == 1
    assert smtp.messages[0]["Message-ID"]


def test_an_address_refused_for_good_does_not_hold_up_the_others(cast, smtp):
    refused = make_member(cast.epci, Role.ADMINISTRATEUR)
    other = make_member(cast.epci, Role.ADMINISTRATEUR)
    smtp.answers["RCPT"] = "550 inconnu"
    _raise(cast)
    assert tell_findings(now=NOW, on=TODAY) == 0
    assert set(FindingTold.objects.values_list("user", flat=True)) == {refused.pk, other.pk}
    assert Finding.objects.get().told_at == NOW


# The page ----------------------------------------------------------------------------------------


def _page(client, user):
    client.force_login(user)
    return plain(client.get(reverse("reminders:findings")).content.decode())


def test_the_page_says_what_it_means_and_what_to_do_then_what_was_lifted(client, cast, admin):
    now = timezone.now()
    _raise(cast, now=now)
    text = _page(client, admin)
    assert "Rappel à Claire : refusé" in text
    assert "Ce que cela veut dire." in text
    assert "Ce qu’il faut faire." in text
    clear_finding(KIND, "1", now=now)
    text = _page(client, admin)
    assert "Ce qu’il faut faire." not in text
    assert "Rappel à Claire : refusé" in text


def test_an_administrator_elsewhere_reads_nothing_of_it(client, cast):
    _raise(cast)
    assert "Rappel à Claire" not in _page(client, cast.stranger)


def test_a_date_kept_to_one_person_is_not_told_by_its_failure(client, cast, admin):
    deadline = make_deadline(cast.convention, title="Mon entretien")
    Deadline.every.filter(pk=deadline.pk).update(owner=cast.manager)
    _raise(cast, deadline=deadline)
    for reader in (admin, make_user(is_superuser=True)):
        text = _page(client, reader)
        assert "Une échéance que quelqu’un garde pour soi." in text
        assert "Rappel à Claire" not in text
    assert findings_visible_to(cast.manager, on=TODAY).count() == 0


def test_the_page_is_refused_to_those_who_administer_nothing(client, cast):
    client.force_login(cast.manager)
    assert client.get(reverse("reminders:findings")).status_code == 403


def test_the_home_page_shows_them_to_administrators_alone(client, cast, admin):
    _raise(cast)
    for reader, shown in ((admin, True), (cast.manager, False)):
        client.force_login(reader)
        text = plain(client.get(reverse("reporting:dashboard")).content.decode())
        assert ("1 rappel qui n’a pas pu partir" in text) is shown
