"""What this floor hears from below: an act about to be signed takes its engagements with it."""

from django.dispatch import receiver

from conventions.signals import acte_applique, acte_examine
from engagements.actions.operations import bind_planned, obstacles_of


@receiver(acte_applique)
def _bind(sender, act, by, on, **_kwargs) -> None:
    bind_planned(act, by=by, on=on)


@receiver(acte_examine)
def _examine(sender, act, on, **_kwargs) -> list:
    return obstacles_of(act)
