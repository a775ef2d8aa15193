"""Files for the tests of the viewer: ``samples.py line FILE`` or ``samples.py live FILE``."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import h5py
import numpy as np

POINTS = 20_000_000
SIDE = 64
FRAMES = 600


def line(path: Path) -> None:
    """A line of 80 MB, with one point that stands out."""
    values = np.sin(np.arange(POINTS, dtype="f4") / 1e5)
    values[7_654_321] = 9
    with h5py.File(path, "w") as file:
        file["y"] = values


def live(path: Path, seconds: float = 0.5) -> None:
    """A stack of pictures that grows until this program is ended, and a master file of it."""
    fresh = path.with_suffix(".new")
    with h5py.File(fresh, "w", libver="latest") as file:
        file.attrs["default"] = "data"
        data = file.create_group("data")
        data.attrs.update({"NX_class": "NXdata", "signal": "frames"})
        shape = (None, SIDE, SIDE)
        frames = data.create_dataset(
            "frames", (3, SIDE, SIDE), "u2", maxshape=shape, chunks=(1, SIDE, SIDE)
        )
        frames.attrs["interpretation"] = "image"
        frames[:] = np.arange(3 * SIDE * SIDE).reshape(3, SIDE, SIDE)
        file.swmr_mode = True
        fresh.replace(path)
        master(path)
        for number in range(3, FRAMES):
            time.sleep(seconds)
            frames.resize(number + 1, 0)
            frames[number] = np.random.default_rng(number).integers(0, 99, (SIDE, SIDE))
            frames.flush()


def master(part: Path) -> None:
    """A virtual dataset over all frames of `part`, whose own file is never written again."""
    shape, most = (3, SIDE, SIDE), (None, SIDE, SIDE)
    source = h5py.VirtualSource(part.name, "data/frames", shape, "u2", maxshape=most)
    layout = h5py.VirtualLayout(shape, "u2", maxshape=most)
    every = slice(0, h5py.h5s.UNLIMITED)
    layout[every, :, :] = source[every, :, :]
    whole = part.with_stem(f"{part.stem}_master")
    fresh = whole.with_suffix(".new")
    with h5py.File(fresh, "w", libver="latest") as file:
        file.attrs["default"] = "data"
        data = file.create_group("data")
        data.attrs.update({"NX_class": "NXdata", "signal": "frames"})
        data.create_virtual_dataset("frames", layout)
        data["frames"].attrs["interpretation"] = "image"
    fresh.replace(whole)


if __name__ == "__main__":
    {"line": line, "live": live}[sys.argv[1]](Path(sys.argv[2]))
