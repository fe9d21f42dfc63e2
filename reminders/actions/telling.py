"""Telling administrators by mail what was found: grouped, at most one message an hour each.

Written, then sent, in one short transaction a person: a crash between the two sends again a message
that its Message-ID lets mail programs recognise; two workers never tell the same person twice. The
mail says how many of what, never which convention: the page does, behind the login.
"""

import logging
import smtplib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts.enums import Role
from accounts.models import Membership, User
from reminders.actions.watching import concerned_organisations, grouped
from reminders.emails_findings import findings_email
from reminders.models import Finding, FindingTold
from reminders.rules.retries import is_refusal

logger = logging.getLogger(__name__)

EVERY = timedelta(hours=1)


def tell_findings(*, now: datetime, on: date) -> int:
    """Tell what nobody was told of yet; return how many messages left.

    Those told less than an hour ago wait for their hour; a mail server that does not answer ends
    the pass, and the next one takes it up again.
    """
    untold = list(Finding.objects.standing().filter(told_at__isnull=True))
    if not untold:
        return 0
    audience = _audience(untold, on=on)
    sent = 0
    for user in _reachable(audience, now=now):
        try:
            sent += _tell(user, audience[user.pk], now=now)
        except OSError as error:  # every error of smtplib and of sockets is one
            logger.warning("Findings could not be told to user %s: %s", user.pk, error)
            break
    _close(untold, audience, now=now)
    return sent


def _audience(findings: list[Finding], *, on: date) -> dict[int, list[Finding]]:
    """Return what each person is still to be told: the platform's everything, others their own."""
    bodies = concerned_organisations(findings)
    superusers = set(
        User.objects.filter(is_superuser=True, is_active=True).values_list("pk", flat=True)
    )
    admins: dict[int, set[int]] = defaultdict(set)
    members = Membership.objects.in_force(on=on).filter(
        role=Role.ADMINISTRATEUR,
        user__is_active=True,
        organisation__in=set().union(*bodies.values()),
    )
    for organisation, user in members.values_list("organisation", "user"):
        admins[organisation].add(user)
    told = set(FindingTold.objects.filter(finding__in=findings).values_list("finding", "user"))
    audience: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        people = superusers.union(*(admins[body] for body in bodies[finding.pk]))
        for user in people:
            if (finding.pk, user) not in told:
                audience[user].append(finding)
    return audience


def _reachable(audience: Iterable[int], *, now: datetime) -> list[User]:
    recently = FindingTold.objects.filter(at__gt=now - EVERY).values("user")
    return list(User.objects.filter(~Q(pk__in=recently), pk__in=list(audience)).order_by("pk"))


def _tell(user: User, findings: list[Finding], *, now: datetime) -> int:
    """Write that the person is told and send, together; an address refused for good is let go."""
    try:
        with transaction.atomic():
            FindingTold.objects.bulk_create(
                FindingTold(finding=finding, user=user, at=now) for finding in findings
            )
            findings_email(user, grouped(findings)).send()
    except IntegrityError:
        return 0  # another worker is telling this very person
    except smtplib.SMTPRecipientsRefused as error:
        code, _ = next(iter(error.recipients.values()))
        if not is_refusal(code):
            raise
        logger.warning("Findings could not be told to user %s: %s", user.pk, code)
        FindingTold.objects.bulk_create(
            (FindingTold(finding=finding, user=user, at=now) for finding in findings),
            ignore_conflicts=True,
        )
        return 0
    return 1


def _close(findings: list[Finding], audience: dict[int, list[Finding]], *, now: datetime) -> None:
    """Stamp what everybody concerned has now been told of."""
    told = set(FindingTold.objects.filter(finding__in=findings).values_list("finding", "user"))
    waiting = {
        finding.pk
        for user, rows in audience.items()
        for finding in rows
        if (finding.pk, user) not in told
    }
    done = [finding.pk for finding in findings if finding.pk not in waiting]
    Finding.objects.filter(pk__in=done).update(told_at=now)
