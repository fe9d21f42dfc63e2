"""The test bench's environment, loaded before Django reads its settings."""

import os
import tempfile
from pathlib import Path

os.environ["ENVIRONMENT"] = "local"
if "DATA_DIR" not in os.environ:
    # Kept in a name: the folder goes when the process does.
    _folder = tempfile.TemporaryDirectory(prefix="revoyure-tests-")
    os.environ["DATA_DIR"] = _folder.name
# WhiteNoise warns about a folder that does not exist yet, and warnings are errors here.
(Path(os.environ["DATA_DIR"]) / "static").mkdir(parents=True, exist_ok=True)
