"""The words that start a display."""

from __future__ import annotations

from pathlib import Path

from beamtime_desktop import display


def test_only_tigervnc_is_told_how_often_to_send(tmp_path: Path) -> None:
    """An option that an Xvnc does not know ends it."""
    turbo = tmp_path / "Xvnc"
    turbo.write_text("#!/bin/sh\necho TurboVNC Server 3.1\n")
    turbo.chmod(0o700)
    ours = display.command("/usr/bin/Xtigervnc", tmp_path, "one", 800, 600)
    others = display.command(str(turbo), tmp_path, "one", 800, 600)
    assert ours[ours.index("-FrameRate") + 1] == str(display.UPDATES_PER_SECOND)
    assert "-FrameRate" not in others
