"""All programs of a session: built in, described in YAML, and from `.desktop` files."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from . import desktop_files, yaml_files
from .program import Problem, Program, Source

MOST = 500
"""Most programs; whoever has more has pointed at the wrong folder."""

_LONGEST_ID = 28
"""A desktop's name has 32, of which some are for a number."""


def read_all(
    built_in: Iterable[Program], env: Mapping[str, str] = os.environ
) -> dict[str, Program]:
    """Give the programs by id. Of the same name wins: user, site, system, built in."""
    found: dict[str, Program] = {}
    names: dict[str, str] = {}

    def add(name: str, program: Program) -> None:
        base = key = identifier(name)
        number = 2
        while names.get(key, name) != name:  # Two files' names come to the same.
            key, number = f"{base[: _LONGEST_ID - 3]}-{number}", number + 1
        if key not in found and len(found) < MOST:
            names[key] = name
            found[key] = replace(program, id=key)

    for folder, source in yaml_folders(env):
        for path in _yaml_files(folder):
            add(path.stem, _trusted(path, source) or yaml_files.read(path, source))
    for program in built_in:
        add(program.id, program)
    for key, program in desktop_files.read_all(env):
        add(key, program)
    return found


def yaml_folders(env: Mapping[str, str]) -> list[tuple[Path, Source]]:
    """Give the folders of YAML files, the one that wins first."""
    folders: list[tuple[Path, Source]] = []
    if env.get("BEAMTIME_DESKTOP_USER_APPLICATIONS") != "0":
        home = env.get("XDG_CONFIG_HOME") or str(Path(env.get("HOME", "/"), ".config"))
        folders.append((Path(home, "beamtime", "applications"), "user"))
    default = f"/etc/beamtime/applications:{sys.prefix}/share/beamtime/applications"
    site = env.get("BEAMTIME_DESKTOP_APPLICATIONS", default)
    return [*folders, *((Path(each), "site") for each in site.split(":") if each)]


def identifier(name: str) -> str:
    """Make a key of a file's name: lower-case letters, digits and dashes."""
    text = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return text[:_LONGEST_ID].rstrip("-") or "program"


def _trusted(path: Path, source: Source) -> Program | None:
    """Refuse a user's file that others can change: it would run as the user."""
    if source != "user":
        return None
    try:
        infos = [path.stat(), path.parent.stat()]
    except OSError:
        return None  # Reading it says why.
    if all(info.st_uid in (0, os.getuid()) and not info.st_mode & stat.S_IWOTH for info in infos):
        return None
    message = (
        "It, or its folder, is not yours or can be changed by everybody, so it is not used. "
        "Mend it: chmod o-w, on the file and its folder."
    )
    return Program("", path.stem, source=source, problem=Problem(str(path), None, message))


def _yaml_files(folder: Path) -> Iterator[Path]:
    try:
        names = sorted(each for each in folder.iterdir() if each.suffix in (".yaml", ".yml"))
    except OSError:
        return
    yield from (path for path in names if not path.name.startswith("."))
