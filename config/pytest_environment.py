"""The test bench's environment, loaded before Django reads its settings."""

import os
import tempfile
from pathlib import Path

os.environ["ENVIRONMENT"] = "local"
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="revoyure-tests-"))
# WhiteNoise warns about a folder that does not exist yet, and warnings are errors here.
(Path(os.environ["DATA_DIR"]) / "static").mkdir(parents=True, exist_ok=True)
