"""Documents waiting to be made: the rows are the truth, whatever became of the messages."""

import logging
from datetime import datetime, timedelta

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import transaction
from django.db.models import F, Q

from accounts.actions import record
from accounts.enums import Verb
from reporting.actions.revoyure_document import make_sealed_pdf, store_sealed_document
from reporting.models import RenderJob

logger = logging.getLogger(__name__)
# A worker that started that long ago and said nothing since is gone: its work is taken over.
ABANDONED_AFTER = timedelta(minutes=5)
MOST_ATTEMPTS = 5


def waiting_jobs(*, now: datetime):
    """Jobs nobody is working on, given up after five attempts."""
    free = Q(started_at__isnull=True) | Q(started_at__lt=now - ABANDONED_AFTER)
    return RenderJob.objects.filter(free, finished_at__isnull=True, attempts__lt=MOST_ATTEMPTS)


def _failed(job: RenderJob, reason: str) -> bool:
    """Keep the reason for support; the beat tries again, five times in all."""
    logger.exception("document of job %s is not made", job.pk)
    job.failure, job.started_at = reason[:500], None
    job.save(update_fields=["failure", "started_at"])
    return False


@transaction.atomic
def try_again(job: RenderJob, *, by) -> None:
    """Support gives an abandoned document its five attempts back."""
    job.attempts, job.failure, job.started_at = 0, "", None
    job.save(update_fields=["attempts", "failure", "started_at"])
    record(by, Verb.SUPPORT_CHANGED, job, dossier=job.revoyure.convention_id)


def produce_document(job_pk: int, *, now: datetime) -> bool:
    """Make one waiting document. False when it is finished, or in another worker's hands."""
    taken = waiting_jobs(now=now).filter(pk=job_pk)
    if not taken.update(started_at=now, attempts=F("attempts") + 1):
        return False
    job = RenderJob.objects.select_related("revoyure__convention", "requested_by").get(pk=job_pk)
    try:
        sealed = make_sealed_pdf(job.revoyure.snapshot, now=now)
    except ValidationError as error:
        return _failed(job, " ".join(error.messages))
    except ImproperlyConfigured:
        return _failed(job, "Le certificat du cachet n’est pas utilisable.")
    store_sealed_document(job.revoyure, sealed, by=job.requested_by, now=now)
    job.finished_at, job.failure = now, ""
    job.save(update_fields=["finished_at", "failure"])
    return True
