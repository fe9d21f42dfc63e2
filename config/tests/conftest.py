"""One Chromium for every browser test: two Playwrights in one process refuse each other."""

import os

import pytest
from playwright.sync_api import sync_playwright

# Without these, a headless Chromium calls its maker at each start.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=ARGUMENTS
        )
        yield launched
        launched.close()
