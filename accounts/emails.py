"""Messages about accounts: subject and body, never sending."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import Invitation


def compose(to: str, template: str, context: dict, *, headers: dict | None = None):
    """Build a message with its text and HTML parts from `<template>_{subject,body}.txt|.html`.

    A subject is one line whatever the data holds: CR and LF would open a new header.
    """
    context = {**context, "site_url": settings.SITE_URL}
    subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"{template}_body.txt", context),
        to=[to],
        headers=headers or {},
    )
    message.attach_alternative(render_to_string(f"{template}_body.html", context), "text/html")
    return message


def invitation_email(invitation: Invitation, token: str) -> EmailMultiAlternatives:
    link = settings.SITE_URL + reverse("accounts:accept_invitation", args=[token])
    return compose(
        invitation.email,
        "accounts/emails/invitation",
        {"invitation": invitation, "link": link},
    )
