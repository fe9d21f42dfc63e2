"""The link by which somebody without an account reads what they were told, and puts an end to it.

It is signed: it opens one page and cannot be guessed. It never expires: one must always be able to
stop.
"""

from django.core import signing

SALT = "reminders.external"


def recipient_of(token: str) -> int | None:
    """Return the external recipient a link names, or None for a link the portal did not write."""
    try:
        return int(signing.loads(token, salt=SALT))
    except (signing.BadSignature, TypeError, ValueError):
        return None
