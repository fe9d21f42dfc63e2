"""Django admin under the portal's own name: the support desk."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "config.admin.PortalAdminSite"


class PortalAdminSite(AdminSite):
    site_header = "Revoyure, assistance"
    site_title = "Revoyure"
    index_title = "Organismes, personnes et données de référence"
