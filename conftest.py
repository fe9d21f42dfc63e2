"""The bench of the whole suite: private files, one mail box, and the same cast everywhere."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache

from accounts.enums import OrganisationKind, Role
from accounts.tests.factories import make_member, make_organisation
from conventions.tests.factories import make_signed_convention
from reminders.actions.heartbeat import FOOTER


@pytest.fixture(autouse=True)
def _private_surroundings(settings, tmp_path):
    """No test writes outside its own folder, waits for slow hashing, or needs collected assets."""
    settings.FILES_DIR = tmp_path / "files"
    settings.MAIL_DIR = tmp_path / "mail"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.CELERY_TASK_ALWAYS_EAGER = False
    # As after any page: the foot of the next ones asks nothing more.
    cache.clear()
    cache.set(FOOTER, None)


@pytest.fixture
def cast(db):
    """A signed convention and those around it: who may, who may less, and who must see nothing."""
    epci = make_organisation(name="Grand Lac")
    action_logement = make_organisation(
        name="Action Logement Groupe", kind=OrganisationKind.ACTION_LOGEMENT
    )
    convention = make_signed_convention(epci=epci, action_logement=action_logement)
    elsewhere = make_organisation(name="Ailleurs Agglomération")
    return SimpleNamespace(
        epci=epci,
        action_logement=action_logement,
        convention=convention,
        first_party=convention.parties.get(position=1),
        second_party=convention.parties.get(position=2),
        manager=make_member(epci, Role.RESPONSABLE, first_name="Claire", last_name="Vuillemin"),
        contributor=make_member(epci, Role.CONTRIBUTEUR, first_name="Marc", last_name="Oudot"),
        reader=make_member(epci, Role.LECTEUR, first_name="Luc", last_name="Petit"),
        counterpart=make_member(
            action_logement, Role.RESPONSABLE, first_name="Inès", last_name="Roche"
        ),
        stranger=make_member(elsewhere, Role.ADMINISTRATEUR, first_name="Zoé", last_name="Loin"),
    )
