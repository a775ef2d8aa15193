"""Finds a program's picture, by the Icon Theme Specification, for a browser to show."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from .keyfile import Group, KeyFileError, parse

SIZE = 64
"""Pixels: a tile's picture, on a screen of high resolution."""

TYPES = {".svg": "image/svg+xml", ".png": "image/png"}
"""What is looked for; browsers do not show XPM."""

FALLBACK = ("Adwaita", "gnome", "hicolor")
"""Themes to look in when a site names none, and in any case after its own."""


def forget() -> None:
    """Look at the themes anew."""
    for cached in (_index, _folders, _names):
        cached.cache_clear()


def find(icon: str, env: Mapping[str, str]) -> Path | None:
    """Give the file of `icon`, a path or a name in the themes; None if there is none."""
    if icon.startswith("/"):
        path = Path(icon)
        return path if path.suffix in TYPES and path.is_file() else None
    name = icon.removesuffix(".png").removesuffix(".svg").removesuffix(".xpm")
    if not name or "/" in name:
        return None
    bases = _bases(env)
    wanted = env.get("BEAMTIME_DESKTOP_ICON_THEME")
    for theme in _with_parents([*([wanted] if wanted else []), *FALLBACK], bases):
        found = _in_theme(name, theme, bases)
        if found:
            return found
    return next(_files([base.parent / "pixmaps" for base in bases] + bases, name), None)


def _bases(env: Mapping[str, str]) -> list[Path]:
    home = Path(env.get("HOME", "/"))
    rest = env.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    folders = [Path(each) for each in rest.split(":") if each.startswith("/")]
    return [home / ".icons", *(each / "icons" for each in (home / ".local/share", *folders))]


def _with_parents(themes: list[str], bases: list[Path]) -> Iterator[str]:
    waiting, seen = list(themes), set()
    while waiting:
        theme = waiting.pop(0)
        if theme not in seen:
            seen.add(theme)
            yield theme
            for base in bases:
                index = _index(base / theme)
                if index and "Icon Theme" in index:
                    waiting += index["Icon Theme"].values.get("Inherits", "").split(",")
    # What the themes say of parents comes after those that were asked for.


def _in_theme(name: str, theme: str, bases: list[Path]) -> Path | None:
    best: tuple[int, Path] | None = None
    for base in bases:
        for distance, folder in _folders(base / theme):
            if best and distance >= best[0]:
                break
            names = _names(folder)
            found = next((name + suffix for suffix in TYPES if name + suffix in names), None)
            if found:
                best = (distance, Path(folder, found))
    return best and best[1]


def _distance(group: Group | None) -> int:
    """Say by how many pixels a folder's pictures miss SIZE."""
    if group is None:
        return 10_000
    size = _number(group, "Size", 48)
    scale = _number(group, "Scale", 1)
    if group.values.get("Type", "Threshold") == "Scalable":
        low, high = _number(group, "MinSize", size), _number(group, "MaxSize", size)
        return max(low * scale - SIZE, SIZE - high * scale, 0)
    # Too large is better than too small.
    missing = SIZE - size * scale
    return missing * 4 if missing > 0 else -missing


def _number(group: Group, key: str, default: int) -> int:
    text = group.values.get(key, "")
    return int(text) if text.isdecimal() else default


def _files(folders: list[Path], name: str) -> Iterator[Path]:
    for folder in folders:
        for suffix in TYPES:
            path = folder / f"{name}{suffix}"
            if path.is_file():
                yield path


# Themes change when packages do: seldom, and a new session sees it. To look for each
# picture in each folder took half a second of each opening of a program.


@functools.lru_cache(maxsize=64)
def _folders(theme: Path) -> list[tuple[int, str]]:
    """Give the folders of a theme, and by how many pixels each misses SIZE; the best first."""
    index = _index(theme)
    if not index or "Icon Theme" not in index:
        return []
    names = index["Icon Theme"].values.get("Directories", "").split(",")
    found = [(_distance(index.get(name.strip())), str(theme / name.strip())) for name in names]
    return sorted(found, key=lambda each: each[0])


@functools.lru_cache(maxsize=1024)
def _names(folder: str) -> frozenset[str]:
    try:
        return frozenset(os.listdir(folder))  # noqa: PTH208 -- names, no paths
    except OSError:
        return frozenset()


@functools.lru_cache(maxsize=64)
def _index(folder: Path) -> dict[str, Group] | None:
    try:
        return parse((folder / "index.theme").read_text("utf-8", errors="replace"))
    except (OSError, KeyFileError):
        return None
