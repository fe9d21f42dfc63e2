"""Work done outside the web process. Arguments are primary keys; the rows are the truth."""

import gc
import logging

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from reporting.actions.jobs import produce_document, waiting_jobs
from reporting.actions.text_jobs import forget_old_texts, produce_text, waiting_texts

logger = logging.getLogger(__name__)


def wake(job_pk: int) -> None:
    """Tell a worker at once. Without a broker nothing is lost: the beat finds the row."""
    try:
        render_document.delay(job_pk)
    except (OSError, OperationalError):
        logger.warning("the broker does not answer; job %s waits for the beat", job_pk)


@shared_task(soft_time_limit=120, time_limit=150)
def render_document(job_pk: int) -> None:
    produce_document(job_pk, now=timezone.now())
    gc.collect()  # WeasyPrint's trees are cyclic: without it a worker only grows


@shared_task
def render_waiting_documents() -> None:
    """Wake again what a lost message or a killed worker left behind."""
    now = timezone.now()
    for pk in waiting_jobs(now=now).values_list("pk", flat=True)[:50]:
        render_document.delay(pk)
    for pk in waiting_texts(now=now).values_list("pk", flat=True)[:50]:
        render_text.delay(pk)
    forget_old_texts(now=now)


def wake_text(job_pk: int) -> None:
    """As `wake`, for a long text."""
    try:
        render_text.delay(job_pk)
    except (OSError, OperationalError):
        logger.warning("the broker does not answer; text %s waits for the beat", job_pk)


@shared_task(soft_time_limit=120, time_limit=150)
def render_text(job_pk: int) -> None:
    produce_text(job_pk, now=timezone.now())
    gc.collect()
