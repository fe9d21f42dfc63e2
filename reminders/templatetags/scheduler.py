"""«Dernier passage du planificateur»: the sign of life at the foot of every page (promise R8)."""

from django import template
from django.utils import timezone

from reminders.actions.heartbeat import SILENCE, recent_beat

register = template.Library()


@register.inclusion_tag("reminders/_heartbeat.html")
def scheduler_heartbeat() -> dict:
    last = recent_beat()
    return {"last": last, "is_late": last is None or timezone.now() - last > SILENCE}
