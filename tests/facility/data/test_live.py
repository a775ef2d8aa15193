"""The measurement in progress, as a process beside readers of its file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from signal import SIGTERM

import h5py
import hdf5plugin  # noqa: F401  # Registers the filters.
import pytest

LIVE = Path(__file__).with_name("live.py")


@pytest.fixture
def place(root: Path, tmp_path: Path) -> Path:
    """As the sample data, but with nothing in it that is not the live file's."""
    live = json.loads((root / "live.json").read_text())
    (tmp_path / "live").mkdir()
    copy = shutil.copy(live["file"], tmp_path / "live")
    (tmp_path / "live.json").write_text(json.dumps({**live, "file": str(copy)}))
    return tmp_path


@pytest.fixture
def file(place: Path) -> Path:
    (found,) = (place / "live").iterdir()
    return found


@pytest.fixture
def writer(place: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, LIVE, place, "--seconds", "0.05"])
    yield process
    process.kill()
    process.wait()


def until(what: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "It did not happen in time."
        time.sleep(0.05)


def test_the_file_grows_while_it_is_read_and_is_closed_at_the_end(
    file: Path, writer: subprocess.Popen[bytes]
) -> None:
    before = file.stat().st_ino
    until(lambda: file.stat().st_ino != before)
    with h5py.File(file, "r", locking=False, swmr=True) as opened:
        frames, elapsed = opened["entry/data/data"], opened["entry/data/elapsed"]
        seen = frames.shape[0]

        def grown() -> bool:
            frames.refresh()
            return bool(frames.shape[0] > seen)

        until(grown)
        elapsed.refresh()
        assert elapsed.shape[0] >= frames.shape[0]
        assert frames[-1].max() > 10
    writer.send_signal(SIGTERM)
    assert writer.wait(10) == 0
    # Closed properly: also a reader that knows nothing of SWMR can open it.
    with h5py.File(file, "r") as opened:
        assert opened["entry/data/data"].shape[0] > seen


def test_it_stops_at_its_limit(place: Path, file: Path) -> None:
    command: list[str | Path] = [
        sys.executable,
        LIVE,
        place,
        "--once",
        "--frames",
        "4",
        "--seconds",
        "0",
    ]
    assert subprocess.run(command, timeout=60).returncode == 0
    with h5py.File(file, "r") as opened:
        assert opened["entry/data/data"].shape[0] == 4


def test_a_new_measurement_takes_the_name_and_the_access(place: Path, file: Path) -> None:
    """Who has the old file open keeps it; the new one is for the folder's readers only."""
    file.parent.chmod(0o750)
    with h5py.File(file, "r", locking=False, swmr=True) as old:
        command: list[str | Path] = [
            sys.executable,
            LIVE,
            place,
            "--once",
            "--frames",
            "1",
            "--seconds",
            "0",
        ]
        assert subprocess.run(command, timeout=60).returncode == 0
        assert old["entry/data/data"].shape[0] == 3
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_it_ends_with_the_program_that_started_it(place: Path, file: Path) -> None:
    before = file.stat().st_ino
    # The shell waits for a line, so it ends when we close the pipe.
    command = f"{sys.executable} {LIVE} {place} & echo $!; read -r"
    with subprocess.Popen(
        ["bash", "-c", command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as shell:
        assert shell.stdin is not None
        assert shell.stdout is not None
        pid = int(shell.stdout.readline())
        until(lambda: file.stat().st_ino != before)
        shell.stdin.close()

        def gone() -> bool:
            try:
                os.kill(pid, 0)
            except ProcessLookupError:
                return True
            return False

        until(gone)


def test_without_sample_data_it_says_so(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, LIVE, tmp_path], capture_output=True, text=True)
    assert done.returncode == 1
    assert "make_data.py" in done.stderr
    assert "Traceback" not in done.stderr
