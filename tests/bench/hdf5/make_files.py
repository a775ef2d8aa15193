"""Makes the files of the HDF5 benchmarks: ``make_files.py FOLDER``.

Frames are rings with counting noise, so that they compress as diffraction pictures do
(to about a tenth). A few are compressed once and written again and again: what a reader
has to fetch and to decompress stays the same, and the files are made within a minute.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import hdf5plugin
import numpy as np
from numpy.typing import NDArray

DISTINCT = 4
"""Different frames of a file; neighbours always differ."""

SIGNAL = "/entry/instrument/detector/data"
random = np.random.default_rng(1)


def pictures(side: int) -> list[NDArray[np.uint32]]:
    """Return frames of `side` x `side` counts."""
    y, x = np.mgrid[0:side, 0:side].astype(np.float32) - side / 2
    radius = np.hypot(y, x)
    rings = np.exp(-(((radius % (side / 8)) - side / 16) ** 2) / 8)
    mean = 20 * np.exp(-radius / (side / 3)) + 60 * rings
    return [random.poisson(mean).astype(np.uint32) for _ in range(DISTINCT)]


def group(parent: h5py.Group, name: str, nx_class: str) -> h5py.Group:
    """Add a NeXus group."""
    child = parent.create_group(name)
    child.attrs["NX_class"] = nx_class
    return child


def scan(file: h5py.File, add_signal: Callable[[h5py.Group], h5py.Dataset]) -> None:
    """Fill `file` as a NeXus scan whose default plot is the signal as pictures."""
    file.attrs.update({"NX_class": "NXroot", "default": "entry"})
    entry = group(file, "entry", "NXentry")
    entry.attrs["default"] = "data"
    entry["title"] = "benchmark"
    instrument = group(entry, "instrument", "NXinstrument")
    instrument["name"] = "BX11"
    signal = add_signal(group(instrument, "detector", "NXdetector"))
    signal.attrs["interpretation"] = "image"
    sample = group(entry, "sample", "NXsample")
    sample["name"] = "LaB6"
    data = group(entry, "data", "NXdata")
    data.attrs.update({"signal": "data", "interpretation": "image"})
    data["data"] = h5py.SoftLink(SIGNAL)


def stack(parent: h5py.Group, name: str, count: int, **filters: Any) -> h5py.Dataset:
    """Add `count` compressed frames of 1024 x 1024, each a chunk."""
    shape = (count, 1024, 1024)
    data = parent.create_dataset(name, shape, "u4", chunks=(1, *shape[1:]), **filters)
    for index, picture in enumerate(pictures(1024)):
        data[index] = picture
    chunks = [data.id.read_direct_chunk((index, 0, 0)) for index in range(DISTINCT)]
    for index in range(DISTINCT, count):
        mask, chunk = chunks[index % DISTINCT]
        data.id.write_direct_chunk((index, 0, 0), chunk, mask)
    return data


def raw(file: h5py.File) -> None:
    """60 frames of 2048 x 2048 in one piece, 16.8 MB each."""

    def signal(detector: h5py.Group) -> h5py.Dataset:
        data = detector.create_dataset("data", (60, 2048, 2048), "u4")
        frames = pictures(2048)
        for index in range(data.shape[0]):
            data[index] = frames[index % DISTINCT]
        return data

    scan(file, signal)


def master(file: h5py.File) -> None:
    """100 frames of four files in a sub-folder, as one virtual dataset."""
    sources = [f"parts/part{number}.h5" for number in range(4)]
    layout = h5py.VirtualLayout((100, 1024, 1024), "u4")
    for number, source in enumerate(sources):
        target = Path(file.filename).parent / source
        target.parent.mkdir(exist_ok=True)
        with h5py.File(target, "w", libver="v110") as part:
            stack(part.create_group("entry"), "data", 25, **hdf5plugin.Bitshuffle(cname="lz4"))
        frames = slice(number * 25, (number + 1) * 25)
        layout[frames] = h5py.VirtualSource(source, "entry/data", (25, 1024, 1024))
    scan(file, lambda detector: detector.create_virtual_dataset("data", layout, fillvalue=0))


def line(file: h5py.File) -> None:
    """A line of 20 million points."""
    file.attrs.update({"NX_class": "NXroot", "default": "entry"})
    entry = group(file, "entry", "NXentry")
    entry.attrs["default"] = "data"
    data = group(entry, "data", "NXdata")
    data.attrs["signal"] = "counts"
    data["counts"] = np.cumsum(random.standard_normal(20_000_000, np.float32))


def groups(file: h5py.File) -> None:
    """5,000 scans of five columns, in the oldest format, as most writers still do."""
    file.attrs["NX_class"] = "NXroot"
    for number in range(5000):
        entry = group(file, f"scan_{number:05d}", "NXentry")
        entry.attrs["title"] = f"ascan {number}"
        for column in range(5):
            entry[f"d{column}"] = np.full(16, number * 5 + column, np.float32)
            entry[f"d{column}"].attrs.update({"units": "mm", "long_name": f"counter {column}"})


def main() -> None:
    """Make all files in the folder that the command line names."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    gzip = {"compression": "gzip", "compression_opts": 1, "shuffle": True}
    bslz4 = hdf5plugin.Bitshuffle(cname="lz4")
    files: dict[str, Callable[[h5py.File], None]] = {
        "gzip": lambda file: scan(file, lambda at: stack(at, "data", 1000, **gzip)),
        "bslz4": lambda file: scan(file, lambda at: stack(at, "data", 1000, **bslz4)),
        "vds": master,
        "raw": raw,
        "line": line,
        "groups": groups,
    }
    for name, fill in files.items():
        libver = "earliest" if name in ("groups", "line") else "v110"
        with h5py.File(folder / f"{name}.h5", "w", libver=libver) as file:
            fill(file)


if __name__ == "__main__":
    main()
