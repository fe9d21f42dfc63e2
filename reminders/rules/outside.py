"""The link by which somebody without an account reads what they were told, and puts an end to it.

It names one message and is signed: it opens that message and nothing else, and cannot be guessed.
It never expires: one must always be able to stop.
"""

from django.core import signing

SALT = "reminders.external"


def external_token(reminder_pk: int) -> str:
    """Return what the link of a message holds."""
    return signing.Signer(salt=SALT).sign(reminder_pk)


def told_by(token: str) -> int | None:
    """Return the message that a link names, or None for a link the portal did not write."""
    try:
        return int(signing.Signer(salt=SALT).unsign(token))
    except signing.BadSignature:
        return None
