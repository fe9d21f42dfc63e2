"""Addresses under /conventions/: first what people read, then what they write."""

from django.urls import path  # noqa: F401

app_name = "conventions"

read = []

write = []

urlpatterns = read + write
