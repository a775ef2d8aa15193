"""Has a program's main window fill the display; all other windows stay as they are.

The main window is the first that is an ordinary one: no dialog, no splash screen. It is
maximized and loses its frame: the tab has one. Windows that come later, and dialogs,
keep their frames, so that they can be moved and closed. When the main window is gone,
the next ordinary one takes its place.
"""

from __future__ import annotations

from x11 import Display  # type: ignore[import-not-found]

WINDOWS = b"_NET_CLIENT_LIST"
NORMAL = b"_NET_WM_WINDOW_TYPE_NORMAL"
_ADD, _BY_PROGRAM = 1, 2
_HINT_DECORATIONS, _NO_DECORATIONS = 1 << 1, 0


def is_main(display: Display, window: int) -> bool:
    """Say whether `window` is an ordinary one."""
    if any(display.numbers(window, b"WM_TRANSIENT_FOR")):
        return False
    kinds = display.numbers(window, b"_NET_WM_WINDOW_TYPE")
    if kinds and kinds[0] != display.atom(NORMAL):
        return False
    return display.atom(b"_NET_WM_STATE_MODAL") not in display.numbers(window, b"_NET_WM_STATE")


def fill(display: Display, window: int) -> None:
    """Have `window` fill the display, without a frame."""
    hints = [_HINT_DECORATIONS, 0, _NO_DECORATIONS, 0, 0]
    display.set_numbers(window, b"_MOTIF_WM_HINTS", b"_MOTIF_WM_HINTS", hints)
    both = [display.atom(b"_NET_WM_STATE_MAXIMIZED_" + way) for way in (b"VERT", b"HORZ")]
    display.say_to_manager(window, b"_NET_WM_STATE", [_ADD, *both, _BY_PROGRAM, 0])


def main() -> None:
    """Arrange windows until the display ends."""
    display = Display()
    display.watch_properties(display.root)
    filled = 0
    seen: set[int] = set()
    while True:
        windows = display.numbers(display.root, WINDOWS)
        if filled not in windows:
            filled = 0
        for window in windows:
            if window not in seen and not filled and is_main(display, window):
                fill(display, window)
                filled = window
        seen = set(windows)
        while display.next_changed() != display.atom(WINDOWS):
            pass
