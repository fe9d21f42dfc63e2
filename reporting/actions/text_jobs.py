"""Long texts laid out by a worker: asked for once, made once, forgotten after a week."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet

from conventions.actions.documents import keep_bytes
from conventions.models import CorruptFileError, Document
from reporting.actions.convention_document import document_pdf
from reporting.actions.jobs import ABANDONED_AFTER, MOST_ATTEMPTS
from reporting.models import TextJob
from reporting.models.text_document import TextDocument, read_again

logger = logging.getLogger(__name__)
KEPT_FOR = timedelta(days=7)
CHANGED = "Le texte a changé depuis la demande : demandez-le de nouveau."


def waiting_texts(*, now: datetime) -> QuerySet[TextJob]:
    """Texts nobody is working on, given up after five attempts."""
    free = Q(started_at__isnull=True) | Q(started_at__lt=now - ABANDONED_AFTER)
    return TextJob.objects.filter(free, finished_at__isnull=True, attempts__lt=MOST_ATTEMPTS)


def request_text(document: TextDocument, *, by, now: datetime) -> tuple[TextJob, bool]:
    """Write down that a text is to be laid out, unless the very same words already were."""
    return TextJob.objects.get_or_create(
        convention=document.convention,
        what=document.what,
        day=document.day,
        digest=document.digest,
        defaults={"requested_by": by, "requested_at": now},
    )


def made(job: TextJob) -> bytes | None:
    """Return the PDF once it is made; one that is lost is made again."""
    if not job.sha256:
        return None
    try:
        return Document(sha256=job.sha256).read()
    except CorruptFileError:
        job.sha256, job.finished_at, job.started_at, job.attempts = "", None, None, 0
        job.save(update_fields=["sha256", "finished_at", "started_at", "attempts"])
        return None


def produce_text(job_pk: int, *, now: datetime) -> bool:
    """Lay one waiting text out. False when it is finished, or in another worker's hands."""
    taken = waiting_texts(now=now).filter(pk=job_pk)
    if not taken.update(started_at=now, attempts=F("attempts") + 1):
        return False
    job = TextJob.objects.select_related("convention").get(pk=job_pk)
    document = read_again(job.convention, job.what, day=job.day)
    if document is None or document.digest != job.digest:
        return _finished(job, now=now, failure=CHANGED)
    try:
        data = document_pdf(document)
    except ValidationError as error:
        logger.warning("text of job %s is not made: %s", job.pk, error)
        return _finished(job, now=now, failure=" ".join(error.messages))
    job.sha256 = keep_bytes(data)
    return _finished(job, now=now)


def _finished(job: TextJob, *, now: datetime, failure: str = "") -> bool:
    """What a text cannot be, it cannot be the next time: it is not tried again."""
    job.finished_at, job.failure = now, failure[:500]
    job.save(update_fields=["finished_at", "failure", "sha256"])
    return not failure


def forget_old_texts(*, now: datetime) -> int:
    """Remove the texts asked for over a week ago, and their bytes unless a document has the same.

    They are made again, byte for byte, for whoever asks again.
    """
    old = list(TextJob.objects.filter(requested_at__lt=now - KEPT_FOR))
    for job in old:
        job.delete()
        shared = Document.objects.filter(sha256=job.sha256)
        again = TextJob.objects.filter(sha256=job.sha256)
        if job.sha256 and not shared.exists() and not again.exists():
            (settings.FILES_DIR / job.sha256[:2] / job.sha256).unlink(missing_ok=True)
    return len(old)
