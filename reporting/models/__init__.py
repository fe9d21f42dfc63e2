from reporting.models.sealed import RenderJob, SealedDocument

__all__ = ["RenderJob", "SealedDocument"]
