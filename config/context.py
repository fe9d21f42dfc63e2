"""What every page needs to know about the portal itself."""

from django.conf import settings
from django.http import HttpRequest


def portal(_request: HttpRequest) -> dict:
    return {"demonstration": settings.DEMO, "development_inbox": settings.DEVELOPMENT_INBOX}
