"""Damaged and hostile HDF5 files, the same ones every time.

Usage: ``damaged.py FOLDER``. Prints the number of files.
"""

from __future__ import annotations

import io
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import h5py
import numpy as np

FLIPS = 20
CUTS = 14
HOLES = 6


def whole() -> bytes:
    """Give a sound file with all kinds of storage, which the others are made from."""
    buffer = io.BytesIO()
    with h5py.File(buffer, "w") as file:
        file.attrs["default"] = "entry"
        entry = file.create_group("entry")
        entry.attrs["NX_class"] = "NXentry"
        entry.attrs["default"] = "data"
        data = entry.create_group("data")
        data.attrs["NX_class"] = "NXdata"
        data.attrs["signal"] = "frames"
        frames = np.arange(8 * 64 * 64, dtype="u4").reshape(8, 64, 64)
        data.create_dataset("frames", data=frames, chunks=(1, 64, 64), compression="gzip")
        entry["title"] = "Sound"
        entry["line"] = np.sin(np.arange(5000))
        entry["names"] = ["a", "bb", "ccc"]
        kinds = entry.create_group("kinds")
        kinds["compound"] = np.zeros(5, [("x", "f8"), ("n", "S4")])
        kinds["soft"] = h5py.SoftLink("/entry/line")
        for number in range(40):
            kinds.create_group(f"group{number}").attrs["number"] = number
    return buffer.getvalue()


def spoilt(sound: bytes) -> Iterator[tuple[str, bytes]]:
    """Give names and contents of files that were sound."""
    chance = random.Random(1)
    for number in range(FLIPS):
        # The first kilobytes are all metadata: there a bit does the most harm.
        within = 96 if number < 4 else 6000 if number < 14 else len(sound)
        bad = bytearray(sound)
        for _ in range(1 + number % 3):
            bad[chance.randrange(within)] ^= 1 << chance.randrange(8)
        yield f"flip{number:02}", bytes(bad)
    for number in range(CUTS):
        yield f"cut{number:02}", sound[: len(sound) * (number + 1) // (CUTS + 1)]
    for number in range(HOLES):
        start = chance.randrange(800, len(sound) - 2048)
        yield f"hole{number}", sound[:start] + bytes(2048) + sound[start + 2048 :]
    yield "empty", b""
    yield "text", b"Not HDF5 at all.\n" * 99
    yield "signature", b"\x89HDF\r\n\x1a\n"
    yield "signature-noise", b"\x89HDF\r\n\x1a\n" + chance.randbytes(4096)
    yield "user-block", bytes(512) + b"\x89HDF\r\n\x1a\n"
    yield "netcdf3", b"CDF\x01" + bytes(200)
    yield "zeros", bytes(100_000)


def soft_circle(file: h5py.File) -> None:
    """A soft link to itself, and two to each other."""
    file["self"] = h5py.SoftLink("/self")
    file["a"] = h5py.SoftLink("/b")
    file["b"] = h5py.SoftLink("/a")


def hard_circle(file: h5py.File) -> None:
    """A group that contains itself."""
    group = file.create_group("group")
    group["again"] = group
    group["root"] = file["/"]


def external_circle(file: h5py.File) -> None:
    """External links to the file itself."""
    file["self"] = h5py.ExternalLink(Path(file.filename).name, "/self")
    file["root"] = h5py.ExternalLink(Path(file.filename).name, "/")


def virtual_circle(file: h5py.File) -> None:
    """A virtual dataset that is made of itself."""
    layout = h5py.VirtualLayout((64, 64), "u4")
    layout[:] = h5py.VirtualSource(".", "/data", (64, 64))
    file.create_virtual_dataset("data", layout)


def missing_parts(file: h5py.File) -> None:
    """A virtual dataset and external storage of files that are not there."""
    layout = h5py.VirtualLayout((64, 64), "u4")
    layout[:] = h5py.VirtualSource("nowhere.h5", "/data", (64, 64))
    file.create_virtual_dataset("virtual", layout)
    file.create_dataset("raw", (64,), "u1", external=[("nowhere.bin", 0, 64)])


def absurd_shape(file: h5py.File) -> None:
    """Shapes of exabytes that nothing was written of."""
    file.create_dataset("line", (2**60,), "u1", chunks=(2**20,))
    file.create_dataset("cube", (2**20, 2**20, 2**20), "f8", chunks=(1, 1024, 1024))


def many_axes(file: h5py.File) -> None:
    """As many axes as HDF5 allows."""
    file.create_dataset("data", (2,) * 12 + (1,) * 20, "u1")


def nothing(file: h5py.File) -> None:
    """Empty in all ways."""
    file["null"] = h5py.Empty("f8")
    file.create_dataset("zero", (0, 5), "f8")
    file.create_group("group")


def bomb(file: h5py.File) -> None:
    """One chunk of 300 MB that takes 300 kB."""
    data = file.create_dataset(
        "data", (300, 2**20), "u1", chunks=(300, 2**20), compression="gzip", compression_opts=9
    )
    data[...] = 0


def bombs(file: h5py.File) -> None:
    """A stack of frames of 64 MB that take nothing."""
    file.create_dataset(
        "data", (1000, 4096, 4096), "u4", chunks=(1, 4096, 4096), compression="gzip"
    )


def deep(file: h5py.File) -> None:
    """Groups in groups, 400 deep."""
    group = file.create_group("g")
    for _ in range(400):
        group = group.create_group("g")


def long_names(file: h5py.File) -> None:
    """Names and attributes without end."""
    file.create_group("n" * 60_000)
    file.attrs["text"] = "x" * 60_000
    file.create_group("\u202eabc\u0000def".replace("\u0000", "?"))


def odd_nexus(file: h5py.File) -> None:
    """A default that leads in a circle, a signal that is not there, axes that do not fit."""
    file.attrs["default"] = "entry"
    entry = file.create_group("entry")
    entry.attrs["NX_class"] = "NXentry"
    entry.attrs["default"] = "/"
    data = entry.create_group("data")
    data.attrs["NX_class"] = "NXdata"
    data.attrs["signal"] = "gone"
    other = entry.create_group("other")
    other.attrs["NX_class"] = "NXdata"
    other.attrs["signal"] = "y"
    other.attrs["axes"] = ["x"]
    other["y"] = np.arange(10)
    other["x"] = np.arange(7)


MADE: tuple[Callable[[h5py.File], None], ...] = (
    soft_circle,
    hard_circle,
    external_circle,
    virtual_circle,
    missing_parts,
    absurd_shape,
    many_axes,
    nothing,
    bomb,
    bombs,
    deep,
    long_names,
    odd_nexus,
)


def make_all(folder: Path) -> int:
    """Write all files into `folder`; give their number."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for name, content in spoilt(whole()):
        (folder / f"{name}.h5").write_bytes(content)
        number += 1
    for make in MADE:
        with h5py.File(folder / f"{make.__name__.replace('_', '-')}.h5", "w") as file:
            make(file)
        number += 1
    return number


if __name__ == "__main__":
    print(make_all(Path(sys.argv[1])))
