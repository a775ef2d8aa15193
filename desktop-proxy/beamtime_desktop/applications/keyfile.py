"""Reads key files: `.desktop` files and icon themes' `index.theme`.

As the Desktop Entry Specification 1.5 has it: groups, `Key[locale]`, escapes, lists.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_KEY = re.compile(r"([A-Za-z0-9-]+)(?:\[([^\]=]+)\])?\s*=\s*(.*)")
_ESCAPES = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\", ";": ";"}


class KeyFileError(Exception):
    """The file is wrong. The message is for a person.

    Attributes
    ----------
    line:
        Number of the line, from 1; None if it is the file as a whole.
    """

    def __init__(self, line: int | None, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass
class Group:
    """The keys of one group, with the lines on which they stand."""

    values: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def text(self, key: str, locales: tuple[str, ...] = ()) -> str | None:
        """Give a string, the first of `locales` that there is; None without."""
        for locale in locales:
            if f"{key}[{locale}]" in self.values:
                return unescape(self.values[f"{key}[{locale}]"])
        return unescape(self.values[key]) if key in self.values else None

    def items(self, key: str, locales: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Give a list, empty without."""
        names = [f"{key}[{locale}]" for locale in locales]
        raw = next((self.values[name] for name in [*names, key] if name in self.values), "")
        parts = re.findall(r"(?:\\.|[^;\\])+", raw)
        return tuple(filter(None, (unescape(part).strip() for part in parts)))

    def flag(self, key: str) -> bool:
        """Say whether a key is `true`."""
        return self.values.get(key, "").strip().lower() in ("true", "1")

    def line(self, key: str) -> int | None:
        """Give the line of a key."""
        return self.lines.get(key)


def parse(text: str) -> dict[str, Group]:
    """Give the groups by name. Of a group or key that stands there twice, the first.

    Raises
    ------
    KeyFileError
        A line is neither a group, a key, a comment nor empty.
    """
    groups: dict[str, Group] = {}
    group: Group | None = None
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            group = Group()
            group = groups.setdefault(line[1:-1], group)
            continue
        match = _KEY.fullmatch(line)
        if match is None or group is None:
            raise KeyFileError(number, f"This line is neither a [Group] nor Key=value: {line[:60]}")
        key = f"{match[1]}[{match[2]}]" if match[2] else match[1]
        if key not in group.values:
            group.values[key] = match[3]
            group.lines[key] = number
    return groups


def unescape(text: str) -> str:
    r"""Resolve `\s \n \t \r \\` and, for lists, `\;`; leave other backslashes alone."""
    return re.sub(r"\\(.)", lambda match: _ESCAPES.get(match[1], match[0]), text, flags=re.DOTALL)


def locales(env: Mapping[str, str]) -> tuple[str, ...]:
    """Give the names under which a person's language may stand, the best first.

    `LANG_COUNTRY.ENCODING@MODIFIER` gives lang_COUNTRY@MODIFIER, lang_COUNTRY,
    lang@MODIFIER, lang.
    """
    name = env.get("LC_ALL") or env.get("LC_MESSAGES") or env.get("LANG") or ""
    match = re.fullmatch(r"([a-z]+)(?:_([A-Za-z]+))?(?:\.[^@]*)?(?:@(.+))?", name)
    if match is None:
        return ()
    language, country, modifier = match.groups()
    bases = [f"{language}_{country}", language] if country else [language]
    with_modifier = [(f"{base}@{modifier}", base) if modifier else (base,) for base in bases]
    return tuple(name for names in with_modifier for name in names)
