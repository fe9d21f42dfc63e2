"""A frozen revoyure asks for its document."""

from django.db import transaction
from django.dispatch import receiver

from engagements.signals import revoyure_frozen
from reporting.actions.revoyure_document import request_document
from reporting.tasks import wake


@receiver(revoyure_frozen)
def make_its_document(sender, revoyure, by, now, **_kwargs):
    job = request_document(revoyure, by=by, now=now)
    transaction.on_commit(lambda: wake(job.pk))
