"""The piece of HTML that the hub puts into its form: an empty root, the data, the bundle."""

import hashlib
import html
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from .places import FORM_SCRIPT, FORM_STYLE


def form_page(base_url: str, data: Mapping[str, object], site_html: str = "") -> str:
    """Write the form's HTML.

    Parameters
    ----------
    base_url
        URL path of the hub's pages, such as `/hub/`.
    data
        The boot data. It may hold anything that people typed: it is made safe here.
    site_html
        HTML of the site's own, below the form.
    """
    style, script = (html.escape(static_url(base_url, file)) for file in (FORM_STYLE, FORM_SCRIPT))
    return (
        f'<link rel="stylesheet" href="{style}">'
        '<div id="beamtime-form"></div>'
        f'<script type="application/json" id="beamtime-form-data">{script_safe(data)}</script>'
        f'<script type="module" src="{script}"></script>'
        f"{site_html}"
    )


def static_url(base_url: str, file: Path) -> str:
    """Give the URL of a bundle. Browsers keep what is behind it until it changes."""
    return f"{base_url}beamtime/static/{file.name}?v={_version(file, file.stat().st_mtime_ns)}"


def script_safe(data: Mapping[str, object]) -> str:
    """Write JSON that cannot end the script element it lies in."""
    text = json.dumps(data)  # ASCII, so U+2028 and U+2029 are escaped already.
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


@lru_cache(maxsize=8)
def _version(file: Path, _changed: int) -> str:
    """Hash of a bundle: with it in the URL, browsers keep the file until it changes."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:16]
