"""Logging in and out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(request: HttpRequest, *_args, **_kwargs) -> HttpResponse:
    """Say the same thing for a known and an unknown account, and when to try again."""
    return render(request, "accounts/locked_out.html", status=429)
