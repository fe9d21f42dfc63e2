"""Addresses of what is owed, of its figures and of its yearly reviews. Full paths: the floor is
mounted at the root, because some addresses start with «conventions/» and some do not."""

from django.urls import path  # noqa: F401

app_name = "engagements"

# Engagements et balance --------------------------------------------------------------------------
engagements = []

# Indicateurs -------------------------------------------------------------------------------------
indicateurs = []

# Revoyures ---------------------------------------------------------------------------------------
revoyures = []

urlpatterns = [*engagements, *indicateurs, *revoyures]
