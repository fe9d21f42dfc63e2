"""Invitations, roles and departures."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.access import scope_of
from accounts.actions import members
from accounts.enums import Role
from accounts.models import Invitation, Membership, User
from accounts.rules.roles import Capability
from accounts.tests.factories import PASSWORD, make_member, make_organisation

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture
def house():
    return make_organisation()


@pytest.fixture
def administrator(house):
    return make_member(house, Role.ADMINISTRATEUR)


def _invite(house, by, **fields):
    fields = {"email": "nouvelle@exemple.fr", "role": Role.CONTRIBUTEUR, **fields}
    return members.invite_member(house, by=by, now=NOW, on=TODAY, **fields)


def _token(mailbox) -> str:
    return re.search(r"/invitation/([\w-]+)/", mailbox[-1].body)[1]


def test_an_administrator_invites_and_the_link_opens_an_account(
    house, administrator, mailoutbox, django_capture_on_commit_callbacks, client
):
    with django_capture_on_commit_callbacks(execute=True):
        _invite(house, administrator)
    page = f"/invitation/{_token(mailoutbox)}/"
    # The real clock: the invitation of this test was made at NOW and lasts seven days.
    Invitation.objects.update(expires_at=datetime.now(UTC) + timedelta(days=1))
    assert client.get(page).status_code == 200
    assert not User.objects.filter(email="nouvelle@exemple.fr").exists()
    answer = client.post(page, {"first_name": "Ana", "last_name": "Roy", "password": PASSWORD})
    assert answer.status_code == 302
    user = User.objects.get(email="nouvelle@exemple.fr")
    assert user.memberships.get().role == Role.CONTRIBUTEUR
    assert client.get(page).status_code == 404


def test_only_an_administrator_invites(house):
    for role in (Role.LECTEUR, Role.CONTRIBUTEUR, Role.RESPONSABLE, Role.SIGNATAIRE):
        with pytest.raises(PermissionDenied):
            _invite(house, make_member(house, role))


def test_an_administrator_of_another_organisation_does_not_invite(house):
    with pytest.raises(PermissionDenied):
        _invite(house, make_member(make_organisation(), Role.ADMINISTRATEUR))


def test_an_address_is_invited_once(house, administrator):
    _invite(house, administrator)
    with pytest.raises(ValidationError):
        _invite(house, administrator, email="Nouvelle@exemple.fr")


def test_an_expired_invitation_can_be_sent_again(house, administrator):
    first = _invite(house, administrator)
    Invitation.objects.filter(pk=first.pk).update(expires_at=NOW - timedelta(days=1))
    assert _invite(house, administrator).pk != first.pk


@pytest.mark.parametrize("field", ["revoked_at", "accepted_at"])
def test_a_used_or_revoked_invitation_opens_nothing(house, administrator, field):
    invitation = _invite(house, administrator)
    Invitation.objects.filter(pk=invitation.pk).update(**{field: NOW})
    with pytest.raises(ValidationError):
        members.accept_invitation(invitation, now=NOW, on=TODAY, password=PASSWORD)


def test_an_invitation_expires_after_seven_days(house, administrator):
    invitation = _invite(house, administrator)
    with pytest.raises(ValidationError):
        members.accept_invitation(
            invitation, now=NOW + timedelta(days=7), on=TODAY, password=PASSWORD
        )


def test_a_known_person_keeps_name_and_password(house, administrator):
    known = make_member(make_organisation(), email="nouvelle@exemple.fr", first_name="Ana")
    invitation = _invite(house, administrator)
    members.accept_invitation(invitation, now=NOW, on=TODAY, first_name="Pirate", password="autre")
    known.refresh_from_db()
    assert known.first_name == "Ana"
    assert known.check_password(PASSWORD)


def test_who_left_has_no_right_from_the_next_day_on(house, administrator):
    person = make_member(house, Role.RESPONSABLE)
    membership = person.memberships.get()
    members.end_membership(membership, by=administrator, on=TODAY, ends_on=TODAY)
    assert scope_of(person, on=TODAY).organisations_with(Capability.READ) == [house.pk]
    assert scope_of(person, on=TODAY + timedelta(days=1)).organisations_with(Capability.READ) == []


def test_rights_start_on_their_first_day(house):
    person = make_member(house, starts_on=TODAY)
    assert scope_of(person, on=TODAY - timedelta(days=1)).capabilities == {}


def test_a_disabled_person_has_no_right(house):
    person = make_member(house, is_active=False)
    assert scope_of(person, on=TODAY).capabilities == {}


def test_the_last_administrator_cannot_leave_or_step_down(house, administrator):
    membership = administrator.memberships.get()
    with pytest.raises(ValidationError):
        members.end_membership(membership, by=administrator, on=TODAY, ends_on=TODAY)
    with pytest.raises(ValidationError):
        members.change_role(membership, by=administrator, on=TODAY, role=Role.LECTEUR)


def test_a_changed_role_keeps_the_past(house, administrator):
    person = make_member(house, Role.LECTEUR)
    members.change_role(person.memberships.get(), by=administrator, on=TODAY, role=Role.RESPONSABLE)
    roles = Membership.objects.filter(user=person).order_by("starts_on")
    assert [m.role for m in roles] == [Role.LECTEUR, Role.RESPONSABLE]
    assert roles[0].ends_on == TODAY - timedelta(days=1)


def test_members_pages_are_hidden_from_strangers(client, house, administrator):
    stranger = make_member(make_organisation(), Role.ADMINISTRATEUR)
    client.force_login(stranger)
    membership = administrator.memberships.get()
    for page in (
        f"/organismes/{house.pk}/",
        f"/organismes/{house.pk}/modifier/",
        f"/organismes/{house.pk}/inviter/",
        f"/membres/{membership.pk}/",
    ):
        assert client.get(page).status_code == 404, page


def test_a_reader_sees_members_but_manages_nothing(client, house, administrator):
    client.force_login(make_member(house, Role.LECTEUR))
    assert client.get(f"/organismes/{house.pk}/").status_code == 200
    assert client.get(f"/organismes/{house.pk}/inviter/").status_code == 403


def test_a_wrong_siren_keeps_what_was_typed_and_changes_nothing(client, house, administrator):
    client.force_login(administrator)
    typed = {"name": "Nouveau nom", "siren": "824581624"}
    page = client.post(f"/organismes/{house.pk}/modifier/", typed)
    assert page.status_code == 200
    assert "Ce SIREN n’existe pas" in page.content.decode()
    assert 'value="824581624"' in page.content.decode()
    house.refresh_from_db()
    assert house.siren == ""
