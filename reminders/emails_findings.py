"""The message that tells an administrator what was found: how many of what, no name, one link."""

from collections.abc import Sequence
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

FINDINGS = "reminders/emails/findings"


def findings_email(user, troubles: Sequence) -> EmailMultiAlternatives:
    """Return the message about these troubles, gathered by kind.

    Its Message-ID comes from the person and the last finding told: a rare double is recognised.
    """
    findings = [finding for trouble in troubles for finding in trouble.findings]
    last = max(finding.pk for finding in findings)
    path = reverse("reminders:findings").lstrip("/")
    context = {"troubles": troubles, "href": urljoin(f"{settings.SITE_URL}/", path)}
    headline = troubles[0].headline if len(troubles) == 1 else f"{len(findings)} constats"
    message = EmailMultiAlternatives(
        subject=f"À regarder : {headline}",
        body=render_to_string(f"{FINDINGS}_body.txt", context).strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[user.email],
        headers={
            "Message-ID": f"<constats-{user.pk}-{last}@revoyure>",
            "Auto-Submitted": "auto-generated",
        },
    )
    html = render_to_string(f"{FINDINGS}_body.html", context)
    message.attach_alternative(html, "text/html")
    return message
