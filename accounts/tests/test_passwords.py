import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User

GOOD = [
    "correct cheval pile agrafe",
    "un merle chante sur le toit",
    "xK8#vd02Lq!tPz",
    "sept mots bien longs pour entrer ici",
    "Le pain était encore chaud.",
    "vent d’ouest sur la jetée",
    "9 carottes et 4 navets violets",
    "ŒUVRE-parfaite-27-étapes",
    "h" + "abcdefghijkl" + "mnop",
    "z" * 60 + "abcdefgh",
]
BAD = [
    "", "court", "onze caract", "aaaaaaaaaaaa", "abababababab", "121212121212", "motdepasse12",
    "password1234", "actionlogement1", "ActionLogement!", "Action Logement 1", "revoyure2026!",
    "Revoyure-12345", "convention2026", "Besançon2026!", "metropole-2026", "agglomeration1",
    "azertyuiop12"[:11], "a" * 129, "habitat-2026-x",
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("password", GOOD)
def test_a_long_uncommon_password_is_accepted(password):
    validate_password(password, User(email="agent@exemple.fr", first_name="A", last_name="B"))


@pytest.mark.django_db
@pytest.mark.parametrize("password", BAD)
def test_a_short_common_or_obvious_password_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, User(email="agent@exemple.fr", first_name="A", last_name="B"))
