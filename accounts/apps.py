from django.apps import AppConfig
from django.utils.module_loading import import_module


class AccountsConfig(AppConfig):
    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "comptes et organismes"

    def ready(self):
        import_module("accounts.receivers")
