"""What the logs never keep: addresses that are keys in themselves.

A calendar feed, an invitation and a new password are opened by whoever has their address, and every
web server writes down the addresses it serves. Ours hides the key: `/agenda/***.ics`.
"""

import logging
import re

from gunicorn.glogging import Logger

_KEYS = re.compile(
    r"(?P<before>(?<!/compte)/agenda/|/invitation/|/mot-de-passe/nouveau/[^/\s\"]+/)(?P<key>[^/\s\"?]+?)"
    r"(?P<after>\.ics\b|(?=[/\s\"?]|$))"
)


def hide_keys(text: str) -> str:
    """Return the text with each key replaced by three stars."""
    return _KEYS.sub(r"\g<before>***\g<after>", text)


class HideKeys(logging.Filter):
    """Hide the keys of a record, whatever wrote it: Django tells the address of each refusal."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        hidden = hide_keys(said)
        if hidden != said:
            record.msg, record.args = hidden, ()
        return True


class AccessLogger(Logger):
    """The access log of gunicorn, without the keys: `--logger-class config.logs.AccessLogger`."""

    def atoms(self, resp, req, environ, request_time) -> dict:
        found = super().atoms(resp, req, environ, request_time)
        return {k: hide_keys(v) if isinstance(v, str) else v for k, v in found.items()}
