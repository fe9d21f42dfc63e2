"""Password rules (ANSSI and CNIL délib. 2022-100; ASVS 6.2): long, uncommon, nothing about us."""

import unicodedata

from django.core.exceptions import ValidationError

MINIMUM, MAXIMUM = 12, 128
# Words an attacker tries first against this very portal.
CONTEXT_WORDS = (
    "actionlogement",
    "administrateur",
    "azerty",
    "bienvenue",
    "motdepasse",
    "revoyure",
    "convention",
    "logement",
    "metropole",
    "besancon",
    "dijon",
    "marseille",
    "agglomeration",
    "communaute",
    "habitat",
)


def _flat(text: str) -> str:
    """Lower case, without accents, spaces or punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in plain if character.isalnum())


class LengthValidator:
    """Between 12 and 128 characters, whatever they are; no composition rule, no expiry."""

    def validate(self, password, user=None):
        if len(password) < MINIMUM:
            msg = f"Le mot de passe compte au moins {MINIMUM} caractères."
            raise ValidationError(msg, code="password_too_short")
        if len(password) > MAXIMUM:
            msg = f"Le mot de passe compte au plus {MAXIMUM} caractères."
            raise ValidationError(msg, code="password_too_long")
        if len(set(password)) < 5:
            msg = "Le mot de passe répète trop peu de caractères différents."
            raise ValidationError(msg, code="password_too_repetitive")

    def get_help_text(self):
        return f"De {MINIMUM} à {MAXIMUM} caractères. Une phrase de plusieurs mots convient bien."


class ContextWordsValidator:
    """Refuse a password that is mostly the portal's, a territory's or the organisation's name."""

    def validate(self, password, user=None):
        flat = _flat(password)
        for word in (*CONTEXT_WORDS, *self._own_words(user)):
            if word in flat and len(flat) - len(word) < 8:
                msg = (
                    "Le mot de passe tient surtout dans un mot facile à deviner ici "
                    "(le portail, votre organisme, votre territoire). Allongez-le autrement."
                )
                raise ValidationError(msg, code="password_context_word")

    def _own_words(self, user) -> list[str]:
        if user is None or user.pk is None:
            return []
        names = user.memberships.values_list("organisation__name", flat=True)
        return [
            word for name in names for word in (_flat(w) for w in name.split()) if len(word) > 4
        ]

    def get_help_text(self):
        return "Évitez le nom du portail, de votre organisme ou de votre territoire."
