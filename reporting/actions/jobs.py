"""Documents waiting to be made: the rows are the truth, whatever became of the messages."""

import logging
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import F, Q

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


def produce_document(job_pk: int, *, now: datetime) -> bool:
    """Make one waiting document. False when it is finished, or in another worker's hands."""
    taken = waiting_jobs(now=now).filter(pk=job_pk)
    if not taken.update(started_at=now, attempts=F("attempts") + 1):
        return False
    job = RenderJob.objects.select_related("revoyure__convention", "requested_by").get(pk=job_pk)
    try:
        sealed = make_sealed_pdf(job.revoyure.snapshot, now=now)
    except ValidationError as error:
        logger.exception("document of job %s refused", job_pk)
        job.failure = " ".join(error.messages)[:500]
        job.started_at = None
        job.save(update_fields=["failure", "started_at"])
        return False
    store_sealed_document(job.revoyure, sealed, by=job.requested_by, now=now)
    job.finished_at, job.failure = now, ""
    job.save(update_fields=["finished_at", "failure"])
    return True
