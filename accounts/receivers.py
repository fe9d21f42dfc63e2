"""Log-ins, failures and log-outs enter the journal."""

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from accounts.actions.journal import record
from accounts.enums import Verb


@receiver(user_logged_in)
def write_login(sender, user, **_kwargs):
    record(user, Verb.LOGGED_IN, user)


@receiver(user_logged_out)
def write_logout(sender, user, **_kwargs):
    if user is not None:
        record(user, Verb.LOGGED_OUT, user)


@receiver(user_login_failed)
def write_failure(sender, credentials, **_kwargs):
    """Keep the address that was tried, never the password."""
    record(None, Verb.LOGIN_FAILED, label=str(credentials.get("username", ""))[:254])
