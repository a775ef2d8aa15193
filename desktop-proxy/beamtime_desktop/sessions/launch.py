"""Starts a program beside a window manager, once that is there.

    python -I -S launch.py SPEC

`SPEC` is JSON: `{"manager": argv | null, "program": argv | null, "lead", "env", "folder",
"fill"}`. The one that `lead` names, `manager` or `program`, gives the exit status when it
ends. `env` and `folder` are the program's variables and where it starts; with `fill`, its
main window fills the display.

A window that opens while the window manager starts is now and then never shown (one
xterm in twelve with openbox). So the program waits until the window manager has put its
mark on the root window, 2 s at most.

Like `keeper`, it imports nothing but a few modules of the standard library.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time

# `-I` leaves this file's folder out, in which the rest is.
sys.path.append(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120

from x11 import Display  # type: ignore[import-not-found]

PATIENCE = 2.0
"""Seconds to wait for a window manager that makes no mark."""

MARK = b"_NET_SUPPORTING_WM_CHECK"
"""Window managers put this on the root window (Extended Window Manager Hints)."""

NOT_FOUND, NOT_STARTED = 127, 126
"""Exit statuses, as a shell's."""


def wait_for_window_manager(display: Display) -> None:
    """Wait until a window manager is there, or PATIENCE is over."""
    deadline = time.monotonic() + PATIENCE
    while not display.numbers(display.root, MARK) and time.monotonic() < deadline:
        time.sleep(0.01)


def become(words: list[str], env: dict[str, str], folder: str | None) -> None:
    """Become the program; if that cannot be, say why and end."""
    with contextlib.suppress(OSError):
        os.chdir(folder or os.path.expanduser("~"))  # noqa: PTH111
    os.environ.update(env)
    try:
        os.execvp(words[0], words)  # noqa: S606
    except FileNotFoundError:
        looked = "" if "/" in words[0] else f" Looked for in: {os.environ.get('PATH', '')}"
        print(f"{words[0]} was not found.{looked}", file=sys.stderr, flush=True)
        os._exit(NOT_FOUND)
    except OSError as error:
        print(f"{words[0]} cannot be started: {error.strerror}.", file=sys.stderr, flush=True)
        os._exit(NOT_STARTED)


def _arrange() -> None:
    """Arrange windows in a process of its own."""
    if os.fork() == 0:
        try:
            import arrange  # type: ignore[import-not-found]

            arrange.main()
        except (OSError, KeyboardInterrupt):
            pass  # The display has ended.
        finally:
            os._exit(0)


def _free_keycodes() -> subprocess.Popen[bytes] | None:
    """Load a keymap that leaves keycodes free for the letters of all layouts.

    Viewers send letters, not places on a keyboard. TigerVNC gives each that its keymap
    lacks (é, ß, ñ, €, λ) a keycode for good; its own map has 25 left, and the 26th letter
    is lost without a word. This one has 131.
    """
    words = ["setxkbmap", "-rules", "base", "-model", "pc101", "-layout", "us"]
    try:
        return subprocess.Popen(words, stderr=subprocess.DEVNULL)
    except OSError:
        return None  # It is not there: fewer letters.


def _start_manager(words: list[str]) -> subprocess.Popen[bytes]:
    manager = subprocess.Popen(words)
    try:
        wait_for_window_manager(Display())
    except OSError as error:
        print(f"The window manager was not waited for: {error}", file=sys.stderr)
    return manager


def main(argv: list[str]) -> None:
    """Start what `argv[1]` describes."""
    spec = json.loads(argv[1])
    program = (spec["program"], spec["env"], spec["folder"])
    keymap = _free_keycodes()
    manager = _start_manager(spec["manager"]) if spec["manager"] else None
    if keymap:
        keymap.wait()
    if manager is None or spec["lead"] == "program":
        if manager and spec["fill"]:
            _arrange()
        become(*program)
    assert manager is not None
    if spec["program"] and os.fork() == 0:
        become(*program)
    status = manager.wait()
    # Ended by a signal: as a shell would say it. The keeper ends the rest.
    os._exit(status if status >= 0 else 128 - status)


if __name__ == "__main__":
    main(sys.argv)
