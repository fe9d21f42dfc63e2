"""What to do after a failed attempt: try again later, or give up and say so (promise R7)."""

from datetime import datetime, timedelta

# 1, 5, 15, 60 minutes, then every hour: the last attempt falls within 24 hours of the first.
DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, *[60] * 22))
# A row whose treatment broke for a reason of ours waits, so that the others go on.
SET_ASIDE = timedelta(hours=1)


def next_try_at(attempts: int, *, now: datetime) -> datetime | None:
    """Return the instant of the next attempt after `attempts` failures, or None to give up."""
    return now + DELAYS[attempts - 1] if attempts <= len(DELAYS) else None


def is_refusal(code: int) -> bool:
    """Whether the server said that this address or message will never pass (RFC 5321 § 4.2.1)."""
    return 500 <= code < 600
