"""The fonts of the PDF, and the font configuration every program of the house runs under."""

import os
from pathlib import Path

import debian
from places import CACHE

FILES = ("texgyrepagella-regular.otf", "OpenSans-Regular.ttf")
PACKAGES = ("fonts-texgyre", "fonts-open-sans")
FOLDERS = ("usr/share/fonts", "usr/local/share/fonts", "usr/share/texmf/fonts/opentype")
CONFIGURATION = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <cachedir>{cache}</cachedir>
{folders}
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <alias><family>serif</family><prefer><family>TeX Gyre Pagella</family></prefer></alias>
  <alias><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
</fontconfig>
"""


def configuration() -> Path:
    """Write the configuration: the machine's fonts, ours when it lacks them, our own cache."""
    roots = [Path("/")]
    if not all(map(_exists, FILES)):
        roots.append(debian.unpack("fonts", PACKAGES, "Polices des PDF"))
    folders = "\n".join(f"  <dir>{root / folder}</dir>" for root in roots for folder in FOLDERS)
    text = CONFIGURATION.format(cache=CACHE / "fontconfig", folders=folders)
    path = CACHE / "fonts.conf"
    if not path.exists() or path.read_text() != text:
        path.write_text(text)
    return path


def _exists(name: str) -> bool:
    roots = (Path("/") / folder for folder in FOLDERS)
    return any(name in files for root in roots for _, _, files in os.walk(root))
