"""Checks of values that an administrator writes. Each failure names option, value and remedy."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from traitlets import TraitError

T = TypeVar("T")


class ConfigurationError(TraitError):
    """The hub cannot start like this. The message says which option is wrong, and what is right.

    A `TraitError`, because JupyterHub shows those as one line instead of a traceback.
    """


def wrong(option: str, value: object, allowed: str) -> ConfigurationError:
    """Make the error for an option whose value is not allowed."""
    shown = repr(value)
    shown = shown if len(shown) <= 200 else f"{shown[:199]}…"
    return ConfigurationError(f"beamtime_hub.configure: {option}={shown} is wrong: {allowed}")


def one_of(option: str, value: object, allowed: Sequence[str]) -> str:
    """Take one of a few words."""
    if not isinstance(value, str) or value not in allowed:
        raise wrong(option, value, f"it must be one of {', '.join(map(repr, allowed))}.")
    return value


def text(option: str, value: object, pattern: str = r"(?s).+", what: str = "a text") -> str:
    """Take a text that matches a pattern as a whole."""
    if not isinstance(value, str) or re.fullmatch(pattern, value) is None:
        raise wrong(option, value, f"it must be {what}.")
    return value


def boolean(option: str, value: object) -> bool:
    """Take True or False."""
    if not isinstance(value, bool):
        raise wrong(option, value, "it must be True or False.")
    return value


def whole_number(option: str, value: object, least: int, most: int) -> int:
    """Take a whole number within limits."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise wrong(option, value, f"it must be a whole number from {least} to {most}.")
    return value


def absolute_path(option: str, value: object) -> str:
    """Take an absolute path without `..`; whether it exists is somebody else's question."""
    if isinstance(value, Path):
        value = str(value)
    if (
        not isinstance(value, str)
        or not value.startswith("/")
        or "\0" in value
        or ".." in PurePosixPath(value).parts
    ):
        raise wrong(option, value, "it must be an absolute path, such as '/var/lib/beamtime'.")
    return str(PurePosixPath(value))


def optional(option: str, value: object, check: Callable[[str, object], T]) -> T | None:
    """Take `None`, or what a check takes."""
    return None if value is None else check(option, value)


def each(option: str, value: object, check: Callable[[str, object], T]) -> list[T]:
    """Take a list, tuple or set of what a check takes."""
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        raise wrong(option, value, "it must be a list.")
    return [check(f"{option}[{index}]", item) for index, item in enumerate(value)]


def record(
    option: str, value: object, fields: Mapping[str, Callable[[str, object], Any]], needed: set[str]
) -> dict[str, Any]:
    """Take a dictionary with known keys only; `None` stands for an absent key."""
    allowed = ", ".join(f"{key}{'' if key in needed else ' (optional)'}" for key in fields)
    if not isinstance(value, Mapping):
        raise wrong(option, value, f"it must be a dictionary with the keys {allowed}.")
    for key in value:
        if key not in fields:
            raise wrong(f"{option}[{key!r}]", value[key], f"there is no such key; keys: {allowed}.")
    for key in sorted(needed):
        if value.get(key) is None:
            raise wrong(option, dict(value), f"the key {key!r} is missing; keys: {allowed}.")
    return {
        key: fields[key](f"{option}[{key!r}]", item)
        for key, item in value.items()
        if item is not None
    }
