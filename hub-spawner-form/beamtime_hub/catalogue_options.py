"""The catalogues of `configure`: what an entry may be, and what it becomes for the service.

The service knows the settings of each kind and checks an entry as a whole when it starts: what
is wrong there is shown to the admins, and the other catalogues work. Checked here is what would
be a danger or a riddle later: names, addresses, and secrets that do not belong into a
configuration.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from .checks import absolute_path, each, one_of, text, wrong

KINDS = ("embedded", "icat", "icat+", "scicat", "panosc")
"""What the service has adapters for."""

_SECRET = re.compile(r"(^|_)(password|passwd|secret|token|api_key|credentials?)$")


def check_catalogues(value: object, short_form: str | None) -> list[dict[str, Any]]:
    """Check the catalogues, and give them as the service reads them.

    Parameters
    ----------
    value
        What `configure` was given: a list of dictionaries.
    short_form
        The option `catalogue`, which is a catalogue named `embedded`.

    Raises
    ------
    ConfigurationError
        With the place, the value and what is allowed.
    """
    entries = each("catalogues", value, _entry)
    names = ["embedded"] if short_form is not None else []
    for index, entry in enumerate(entries):
        if entry["name"] in names:
            raise wrong(
                f"catalogues[{index}]['name']",
                entry["name"],
                "there is another one of this name; it is part of every link to an experiment.",
            )
        names.append(entry["name"])
    return entries


def wants_tokens(entries: list[dict[str, Any]]) -> bool:
    """Say whether a catalogue is asked with people's own access tokens."""
    return any("issuer" in entry.get("auth", {}) for entry in entries)


def check_instrument_groups(value: object) -> dict[str, list[str]]:
    """Check `{instrument: [group of the hub, ...]}`; `None` for none."""
    option = "instrument_groups"
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise wrong(option, value, "it must be a dictionary, such as {'BX11': ['bx11-staff']}.")
    return {
        text(f"a key of {option}", name): each(f"{option}[{name!r}]", groups, text)
        for name, groups in value.items()
    }


def _entry(option: str, value: object) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise wrong(
            option,
            value,
            "it must be a dictionary, such as {'name': 'icat', 'kind': 'icat', "
            "'label': 'The ICAT', 'url': 'https://icat.example.org/icat'}.",
        )
    for key in ("name", "kind", "label"):
        if value.get(key) is None:
            raise wrong(option, sorted(map(str, value)), f"the key {key!r} is missing.")
    text(
        f"{option}['name']",
        value["name"],
        r"[a-z0-9][a-z0-9-]{0,31}",
        "at most 32 small letters, digits and hyphens",
    )
    text(f"{option}['label']", value["label"], what="what people call the catalogue")
    kind = one_of(f"{option}['kind']", value["kind"], KINDS)
    if kind != "embedded":
        _address(f"{option}['url']", value.get("url"))
    auth = value.get("auth")
    if auth is not None:
        if not isinstance(auth, Mapping) or not isinstance(auth.get("kind"), str):
            allowed = "it must be a dictionary, such as {'kind': 'none'}."
            raise wrong(f"{option}['auth']", "…", allowed)
        if auth.get("issuer") is not None:
            _address(f"{option}['auth']['issuer']", auth["issuer"])
    settings: dict[str, Any] = _settings(option, value)
    return settings


def _settings(option: str, value: object) -> Any:
    """Give a setting as JSON, its keys in the service's spelling."""
    if isinstance(value, Mapping):
        settings = {}
        for key, item in value.items():
            at = f"{option}[{key!r}]"
            if not isinstance(key, str):
                raise wrong(at, "…", "keys must be texts.")
            if _SECRET.search(key) and isinstance(item, str):
                raise wrong(
                    at,
                    "…",
                    "a secret does not belong into the configuration, which others can read. "
                    f"Write it into a file that the service's account alone can read, "
                    f"and name that by {key + '_file'!r}.",
                )
            if item is not None:
                checked = absolute_path(at, item) if key.endswith("_file") else _settings(at, item)
                settings[_camel(key)] = checked
        return settings
    if isinstance(value, str | bool | int | float):
        return value
    return each(option, value, _settings)


def _address(option: str, value: object) -> str:
    allowed = "it must be an address, such as 'https://icat.example.org/icat'."
    if not isinstance(value, str):
        raise wrong(option, value, allowed)
    try:
        parts = urlsplit(value)
        hostname, user = parts.hostname, parts.username
    except ValueError:
        raise wrong(option, value, allowed) from None
    if user is not None:
        raise wrong(option, "…", "name and password do not belong into an address; see 'auth'.")
    if parts.scheme not in ("http", "https") or not hostname:
        raise wrong(option, value, allowed)
    return value


def _camel(key: str) -> str:
    first, *rest = key.split("_")
    return first + "".join(word.capitalize() for word in rest)
