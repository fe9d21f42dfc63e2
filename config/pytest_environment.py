"""The test bench's environment, loaded before Django reads its settings."""

import os
import tempfile

os.environ["ENVIRONMENT"] = "local"
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="revoyure-tests-"))
