"""How one line of the journal is chained to the one before."""

import hashlib
import json

GENESIS = "0" * 64


def entry_hash(previous_hash: str, content: dict) -> str:
    """Return the SHA-256 that binds `content` (JSON values only) to everything written before."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous_hash}\n{canonical}".encode()).hexdigest()
