from accounts.actions.journal import record

__all__ = ["record"]
