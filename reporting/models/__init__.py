from reporting.models.sealed import RenderJob, SealedDocument
from reporting.models.text_job import TextJob

__all__ = ["RenderJob", "SealedDocument", "TextJob"]
