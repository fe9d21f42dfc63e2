"""Telling an outside watcher that the sender passes: when the pings stop, it raises the alarm.

The portal cannot say that it is dead; whoever no longer hears from it can (promise R8).
"""

import logging
from http.client import HTTPException
from urllib.request import Request, urlopen

from django.conf import settings

logger = logging.getLogger(__name__)

# The watcher never holds up the messages.
SECONDS = 5


def ping() -> bool:
    """Call the watcher's address when there is one; its silence is logged and harms nothing.

    The address is a secret of its own: it is never written down.
    """
    address = settings.HEARTBEAT_PING_URL
    if not address:
        return False
    try:
        with urlopen(Request(address, headers={"User-Agent": "Revoyure"}), timeout=SECONDS) as page:
            page.read(1024)
    except (OSError, HTTPException, ValueError) as error:
        logger.warning("The outside watcher could not be told (%s).", type(error).__name__)
        return False
    return True
