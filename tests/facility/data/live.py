#!/usr/bin/env python3
"""A measurement in progress: appends a frame each second to the live file of the sample data.

    live.py ROOT [--frames 600] [--seconds 1] [--once]

ROOT is the folder that make_data.py made. After `--frames` frames the next measurement
begins: a new file takes the name, and who has the old one open keeps it. It ends by
SIGTERM or SIGINT, when the program that started it ends, or with `--once` after one file.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

import h5py
import numpy as np
import patterns
from nexus import FILTERS, Header, field, plot, write_header

PIXELS = 256


class Stop:
    """Whether to end: a signal came, or the program that started this one is gone."""

    def __init__(self) -> None:
        self.asked = False
        self._parent = os.getppid()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, *_: object) -> None:
        self.asked = True

    def pause(self, seconds: float) -> bool:
        """Wait for `seconds`, or less if it is time to end; gives whether it is."""
        end = time.monotonic() + seconds
        while not self.asked:
            self.asked = os.getppid() != self._parent
            left = end - time.monotonic()
            if left <= 0:
                break
            time.sleep(min(left, 0.25))
        return self.asked


def write_live(
    path: Path, header: Header, frames: int, seconds: float, pause: Callable[[float], bool]
) -> None:
    """Write one measurement frame by frame, so that readers can follow (SWMR).

    The file appears under its name when its first frame is in it; its mode follows the
    folder's: who may list the folder may read the file.

    Parameters
    ----------
    frames:
        How many frames to append at most.
    seconds:
        Time from frame to frame.
    pause:
        Waits for so many seconds, and says whether to end the measurement there; the
        file is then closed properly.
    """
    rng = np.random.default_rng()
    axis = patterns.pixel_axis(PIXELS, 0.8)
    # A dot in front: an unfinished one, left by a power cut, is in nobody's way.
    fresh = path.with_name(f".{path.name}.new")
    with h5py.File(fresh, "w", libver="latest") as file:
        fresh.chmod(path.parent.stat().st_mode & 0o444 | 0o200)
        e = write_header(file, header, path.name)
        detector = e["instrument/detector"]
        data = detector.create_dataset(
            "data",
            (0, PIXELS, PIXELS),
            "u2",
            maxshape=(None, PIXELS, PIXELS),
            chunks=(1, PIXELS, PIXELS),
            **FILTERS["bitshuffle-lz4"],
        )
        data.attrs.update({"units": "counts", "long_name": "Counts"})
        elapsed = field(
            detector, "elapsed", np.empty(0), "s", "Elapsed time", maxshape=(None,), chunks=(256,)
        )
        y = field(detector, "y", axis, "mm", "y on the detector")
        x = field(detector, "x", axis, "mm", "x on the detector")
        plot(e, data, {"elapsed": elapsed, "y": y, "x": x}, image=True)
        file.swmr_mode = True
        for i in range(frames):
            done = (i % 300) / 300  # The cell is charged in 300 frames.
            phases = {"graphite": 1 - done, "lithiated": done}
            elapsed.resize(i + 1, 0)
            elapsed[i] = i * seconds
            data.resize(i + 1, 0)
            data[i] = rng.poisson(patterns.rings(axis, phases, 0.002 * done))
            # The axis first: a reader never finds a frame without its time.
            elapsed.flush()
            data.flush()
            if i == 0:
                fresh.replace(path)
            if pause(seconds):
                return


def main() -> int:
    """Run until told to stop; gives the exit status."""
    parser = argparse.ArgumentParser(description="Appends frames to the live file.")
    parser.add_argument("root", type=Path)
    parser.add_argument("--frames", type=int, default=600)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--once", action="store_true")
    options = parser.parse_args()
    try:
        live = json.loads((options.root / "live.json").read_text())
    except OSError as error:
        print(f"live.py: {error}. Make the sample data first: make_data.py", file=sys.stderr)
        return 1
    stop = Stop()
    while not stop.asked:
        now = datetime.now(timezone.utc).isoformat(timespec="seconds")
        header = Header(**{**live["header"], "start": now})
        try:
            write_live(Path(live["file"]), header, options.frames, options.seconds, stop.pause)
        except OSError as error:
            print(f"live.py: {error}", file=sys.stderr)
            return 1
        if options.once:
            break
    return 0


if __name__ == "__main__":
    sys.exit(main())
