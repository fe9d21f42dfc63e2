"""The private address of a person's calendar: opened, replaced, withdrawn, read.

The address is the only key: whoever has it reads what its owner may read, at each reading. It is
shown once; only its digest is kept, and the journal names the person, never the address.
"""

import secrets
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions.journal import record
from accounts.actions.members import hash_token
from accounts.enums import Verb
from accounts.models import User
from reminders.models import CalendarFeed

# 256 bits: nobody finds one by trying.
TOKEN_BYTES = 32
SEEN_AGAIN = timedelta(hours=1)


@transaction.atomic
def create_feed(user: User, *, now: datetime) -> str:
    """Open an address and return its token; the former one stops working at once."""
    _lock(user)
    _withdraw(user, now=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    feed = CalendarFeed(user=user, token_hash=hash_token(token), created_at=now)
    feed.full_clean()
    feed.save()
    record(user, Verb.FEED_CREATED, feed)
    return token


@transaction.atomic
def revoke_feed(user: User, *, now: datetime) -> None:
    """Close the address: programs that read it find nothing any more.

    Raises ValidationError when none is open.
    """
    _lock(user)
    if not _withdraw(user, now=now):
        msg = "Aucune adresse d’agenda n’est ouverte."
        raise ValidationError(msg, code="replay")


def _lock(user: User) -> None:
    """Two windows of the same person take turns."""
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)


def _withdraw(user: User, *, now: datetime) -> bool:
    feed = standing_feed(user)
    if feed is None:
        return False
    feed.revoked_at = now
    feed.save(update_fields=["revoked_at"])
    record(user, Verb.FEED_REVOKED, feed)
    return True


def standing_feed(user: User) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(user=user, revoked_at__isnull=True).first()


def feed_of(token: str) -> CalendarFeed | None:
    """Return the feed a token opens; a withdrawn one, an unknown one, a disabled account: None.

    The digest is looked up, not compared: how long it takes tells nothing of the token.
    """
    feeds = CalendarFeed.objects.filter(
        token_hash=hash_token(token), revoked_at__isnull=True, user__is_active=True
    )
    return feeds.select_related("user").first()


def note_reading(feed: CalendarFeed, *, now: datetime) -> None:
    """Keep when the address was last read, once an hour at most."""
    if feed.last_read_at is None or now - feed.last_read_at >= SEEN_AGAIN:
        CalendarFeed.objects.filter(pk=feed.pk).update(last_read_at=now)
