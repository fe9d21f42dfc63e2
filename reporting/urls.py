"""Addresses of what the portal shows and hands over: home, static pages, exports, verification."""

from django.urls import path  # noqa: F401

app_name = "reporting"

read = []

handed_over = []

urlpatterns = read + handed_over
