"""Programs from `.desktop` files, by the Desktop Entry Specification 1.5."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from . import command_line, exec_key
from .keyfile import Group, KeyFileError, locales, parse
from .program import Problem, Program

LARGEST = 256 * 1024
"""Bytes; no `.desktop` file is that long."""

TILES = ("Science", "X-Beamtime")
"""Categories whose programs get a tile, where the site says nothing."""

TERMINAL = ("xterm", "-fullscreen", "-e")


class _Hidden(Exception):
    """The file is as good as deleted."""


def folders(env: Mapping[str, str]) -> list[Path]:
    """Give the folders of `.desktop` files, the one that wins first."""
    home = Path(env.get("HOME", "/"))
    first = env.get("XDG_DATA_HOME") or str(home / ".local/share")
    rest = env.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    paths = [Path(each) for each in [first, *rest.split(":")] if each.startswith("/")]
    return [path / "applications" for path in dict.fromkeys(paths)]


def read_all(env: Mapping[str, str]) -> list[tuple[str, Program]]:
    """Give all programs with the ids of their files; those that are hidden are left out."""
    found: dict[str, Program | None] = {}
    for folder in folders(env):
        for path in _files(folder):
            key = str(path.relative_to(folder)).replace("/", "-").removesuffix(".desktop")
            if key not in found:
                found[key] = read(path, env)
    return [(key, program) for key, program in found.items() if program is not None]


def read(path: Path, env: Mapping[str, str]) -> Program | None:
    """Read one file; None if it is not for us. One that is wrong gives its problem."""
    line: int | None = None
    try:
        if path.stat().st_size > LARGEST:
            raise KeyFileError(None, "This file is too long for a .desktop file.")
        groups = parse(path.read_text("utf-8"))
        group = groups.get("Desktop Entry")
        if group is None:
            raise KeyFileError(None, "The group [Desktop Entry] is missing.")
        line = group.line("Exec")
        return _program(path, group, env)
    except _Hidden:
        return None
    except FileNotFoundError:
        return None  # A link to nothing, or taken away meanwhile.
    except UnicodeDecodeError:
        problem = Problem(str(path), None, "This file is not UTF-8 text.")
    except OSError as error:
        problem = Problem(str(path), None, f"It cannot be read: {error.strerror}.")
    except KeyFileError as error:
        problem = Problem(str(path), error.line, str(error))
    except exec_key.ExecError as error:
        problem = Problem(str(path), line, str(error))
    return Program("", path.stem, source="system", tile=False, problem=problem)


def _program(path: Path, group: Group, env: Mapping[str, str]) -> Program:
    here = tuple(filter(None, env.get("XDG_CURRENT_DESKTOP", "").split(":")))
    only, never = group.items("OnlyShowIn"), group.items("NotShowIn")
    if (
        group.text("Type") != "Application"
        or group.flag("Hidden")
        or (only and not set(only) & set(here))
        or set(never) & set(here)
    ):
        raise _Hidden
    languages = locales(env)
    title = group.text("Name", languages)
    if not title:
        raise KeyFileError(None, "The key Name is missing.")
    line = group.text("Exec")
    if line is None:
        why = (
            " Programs that only D-Bus can start are not supported."
            if (group.flag("DBusActivatable"))
            else ""
        )
        raise KeyFileError(None, f"The key Exec is missing.{why}")
    icon = group.text("Icon", languages)
    command = exec_key.parse(line, exec_key.Entry(title, icon or "", str(path)))
    tried = group.text("TryExec")
    requires = (tried,) if tried else ()
    if group.flag("Terminal"):
        requires = (*requires, _first(command))
        command = (*command_line.plain(TERMINAL), *command)
    categories = group.items("Categories")
    opens = command_line.takes_file(command)
    return Program(
        "",
        title,
        command,
        comment=group.text("Comment", languages),
        icon=icon,
        folder=group.text("Path") or None,
        requires=requires,
        mimetypes=group.items("MimeType") if opens else (),
        categories=categories,
        keywords=group.items("Keywords", languages),
        tile=not group.flag("NoDisplay") and _has_tile(path.stem, categories, env),
        listed=not group.flag("NoDisplay"),
        source="system",
    )


def _has_tile(name: str, categories: tuple[str, ...], env: Mapping[str, str]) -> bool:
    said = env.get("BEAMTIME_DESKTOP_TILES")
    wanted = TILES if said is None else [each.strip() for each in said.split(",")]
    return name in wanted or bool(set(categories) & set(wanted))


def _first(command: command_line.Command) -> str:
    return command_line.fill_word(command[0].words[0], {})


def _files(folder: Path) -> Iterator[Path]:
    for base, _, names in os.walk(folder, followlinks=False):
        for name in sorted(names):
            if name.endswith(".desktop"):
                yield Path(base, name)
