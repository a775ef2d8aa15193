"""The words that start a program, with what belongs to a desktop around it."""

from __future__ import annotations

import json
import os
import shlex
import sys
from pathlib import Path

from .. import parts
from ..applications import software
from ..applications.command_line import fill, fill_word, parse_word, plain
from ..applications.opening import Opening
from ..applications.program import Mode, Program

_PYTHON = (sys.executable, "-I", "-S")
_HERE = Path(__file__).parent
_LOOK = ("-fa", "Monospace", "-fs", "11", "-bg", "#1e1e1e", "-fg", "#e4e4e4")
# xterm now and then waits in vain for the window manager's answer to its wish for a
# size: 5 s, if not told otherwise.
_PATIENCE = ("-xrm", "*wmTimeout: 200")

TERMINAL = ("xterm", *_PATIENCE, *_LOOK)
FULL_TERMINAL = ("xterm", "-fullscreen", *_PATIENCE, *_LOOK)

XFCE_PARTS = ("xfce4-session", "xfwm4", "dbus-run-session")
"""Without one of these there is no XFCE."""


def mode_of(program: Program, opening: Opening) -> Mode:
    """Say whether it is alone in its tab or inside the full desktop."""
    return opening.mode or program.mode


def has_xfce() -> bool:
    """Say whether XFCE is installed."""
    return all(parts.find(each) for each in XFCE_PARTS)


def wished_desktop() -> str:
    """Give the full desktop that the site wants: `xfce`, `openbox`, or a command."""
    wish = os.environ.get("BEAMTIME_DESKTOP_SESSION", "auto").strip() or "auto"
    if wish == "auto":
        return "xfce" if has_xfce() else "openbox"
    return wish


def session(program: Program, opening: Opening) -> list[str]:
    """Give the words that start `program`, opened with `opening`."""
    mode = mode_of(program, opening)
    wish = wished_desktop() if mode == "desktop" else "program"
    places = opening.places()
    env = {name: fill_word(parse_word(text), places) for name, text in program.env.items()}
    wished = fill_word(parse_word(program.folder), places) if program.folder else None
    folder = opening.start_folder(program, wished)
    words = _program_words(program, opening, env)
    spec = {
        "manager": _manager(wish),
        "program": words or (list(TERMINAL) if wish == "openbox" else None),
        "lead": "manager" if mode == "desktop" else "program",
        "env": env,
        "folder": str(folder),
        "fill": mode == "window",
    }
    full = [*_PYTHON, str(_HERE / "launch.py"), json.dumps(spec)]
    if parts.find("dbus-run-session"):
        full = ["dbus-run-session", "--", *full]
    return [*_PYTHON, str(_HERE / "xfce.py"), *full] if wish == "xfce" else full


def missing(program: Program, checked: list[parts.Part], mode: Mode) -> list[str]:
    """Give a sentence for each thing that is missing; empty if it can start."""
    if program.problem:
        return [program.problem.sentence()]
    wish = wished_desktop() if mode == "desktop" else "program"
    needed = {"openbox": {"window-manager"}, "xfce": {"dbus"}}.get(wish, set())
    lacking = [
        part.sentence()
        for part in checked
        if part.found is None and (part.needed or part.id in needed)
    ]
    if wish == "xfce" and not has_xfce():
        lacking.append(
            "XFCE is not installed. Get it: apt install xfce4-session xfwm4 xfce4-panel "
            "xfdesktop4 (Debian, Ubuntu), dnf install @xfce (Fedora; Alma, Rocky: from EPEL)."
        )
    elif wish not in ("xfce", "openbox", "program") and not parts.find(shlex.split(wish)[0]):
        lacking.append(f"The site's desktop, {wish}, is not installed.")
    if wish == "openbox" and not program.command:
        program = Program(program.id, program.title, plain(TERMINAL), get=program.get)
    return [*lacking, *software.missing(program)]


def _manager(wish: str) -> list[str] | None:
    if wish == "xfce":
        return ["xfce4-session"]
    if wish not in ("program", "openbox"):
        return shlex.split(wish)
    name = parts.find_window_manager()
    if name is None:
        return None
    if name == "openbox" and wish == "program":
        return ["openbox", "--sm-disable", "--config-file", str(_HERE / "openbox.xml")]
    return parts.WINDOW_MANAGERS[name]


def _program_words(program: Program, opening: Opening, env: dict[str, str]) -> list[str]:
    if not program.command:
        return []
    binds = [os.environ.get("TMPDIR", "/tmp")]  # noqa: S108 -- our sockets are below
    for path in (opening.file and opening.file.parent, opening.experiment):
        if path:
            # Data are links into other file systems, which an image does not see.
            binds += [str(path), str(path.resolve())]
    for path in (opening.file, *_links(opening.experiment)):
        if path:
            binds.append(str(path.resolve().parent if path.is_file() else path.resolve()))
    return software.around(program, fill(program.command, opening.places()), env, binds)


def _links(experiment: Path | None) -> list[Path]:
    if experiment is None:
        return []
    return [each for each in (experiment / "raw", experiment / "processed") if each.is_dir()]
