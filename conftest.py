"""The house's test bench: local settings, a private data folder, fast password hashing."""

import os
import tempfile

os.environ["ENVIRONMENT"] = "local"
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="revoyure-tests-"))
