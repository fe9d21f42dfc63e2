"""What this floor hears from below: an act about to be signed takes its engagements with it."""

from django.dispatch import receiver

from conventions.signals import (
    acte_applique,
    acte_examine,
    acte_redige,
    procedure_examinee,
    texts_compared,
)
from engagements.actions.operations import bind_planned, obstacles_of
from engagements.models.comparing import sections_between
from engagements.models.planned import provisions_of
from engagements.models.procedure import facts_for


@receiver(acte_applique)
def _bind(sender, act, by, on, **_kwargs) -> None:
    bind_planned(act, by=by, on=on)


@receiver(acte_examine)
def _examine(sender, act, on, **_kwargs) -> list:
    return obstacles_of(act)


@receiver(procedure_examinee)
def _owed(sender, act, on, **_kwargs) -> list:
    return facts_for(act, on=on)


@receiver(acte_redige)
def _write_out(sender, act, **_kwargs) -> list:
    return provisions_of(act)


@receiver(texts_compared)
def _compare(sender, convention, old, new, **_kwargs) -> list:
    return sections_between(convention, old, new)
