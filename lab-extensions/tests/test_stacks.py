"""Profiles through real compressed stacks, beside what HDF5 itself reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
from beamtime_lab.beside import stacks

FRAMES = np.random.default_rng(1).integers(0, 2**30, (20, 21, 33), "<u4")
GZIP: dict[str, Any] = {"compression": "gzip", "chunks": (1, 8, 16)}


@pytest.fixture
def file(tmp_path: Path) -> Iterator[h5py.File]:
    with h5py.File(tmp_path / "stack.h5", "w") as file:
        yield file


def all_of(length: int) -> slice:
    return slice(0, length)


@pytest.mark.parametrize("shuffle", [False, True])
@pytest.mark.parametrize("kind", ["<u4", ">i2", "<f8", "|u1"])
def test_a_profile_is_what_hdf5_reads(file: h5py.File, shuffle: bool, kind: str) -> None:
    data = file.create_dataset("data", data=FRAMES.astype(kind), shuffle=shuffle, **GZIP)
    for y, x in [(0, 0), (20, 32), (9, 17)]:
        values = stacks.read(data, (all_of(20), y, x))
        assert values is not None
        assert values.dtype == data.dtype
        np.testing.assert_array_equal(values, data[:, y, x])


def test_rows_of_all_frames_are_cut_at_the_end(file: h5py.File) -> None:
    data = file.create_dataset("data", data=FRAMES, **GZIP)
    values = stacks.read(data, (all_of(20), 20, all_of(33)))
    np.testing.assert_array_equal(values, data[:, 20, :])


def test_frames_that_were_never_written_have_the_fill_value(file: h5py.File) -> None:
    data = file.create_dataset("data", FRAMES.shape, "<u4", fillvalue=7, **GZIP)
    data[5] = FRAMES[5]
    values = stacks.read(data, (all_of(20), 3, 4))
    assert values is not None
    assert values.tolist() == [7] * 5 + [FRAMES[5, 3, 4]] + [7] * 14


def test_a_chunk_that_is_damaged_is_said(file: h5py.File) -> None:
    data = file.create_dataset("data", data=FRAMES, **GZIP)
    data.id.write_direct_chunk((3, 0, 0), b"no gzip")
    with pytest.raises(OSError, match="A chunk cannot be unpacked"):
        stacks.read(data, (all_of(20), 0, 0))
    _, packed = data.id.read_direct_chunk((4, 0, 0))
    data.id.write_direct_chunk((3, 0, 0), packed[:50])
    with pytest.raises(OSError, match="A chunk ends too soon"):
        stacks.read(data, (all_of(20), 7, 15))


@pytest.mark.parametrize(
    ("created", "index"),
    [
        ({}, (all_of(20), 0, 0)),
        ({"chunks": (1, 8, 16)}, (all_of(20), 0, 0)),
        ({"chunks": (1, 8, 16), "compression": "lzf"}, (all_of(20), 0, 0)),
        ({**GZIP, "fletcher32": True}, (all_of(20), 0, 0)),
        (GZIP, (0, all_of(21), all_of(33))),
        ({**GZIP, "chunks": (10, 8, 16)}, (all_of(20), 0, 0)),
    ],
)
def test_all_else_is_left_to_hdf5(
    file: h5py.File, created: dict[str, Any], index: stacks.Index
) -> None:
    data = file.create_dataset("data", data=FRAMES, **created)
    assert stacks.read(data, index) is None


def test_a_chunk_that_was_written_unpacked_is_left_to_hdf5(file: h5py.File) -> None:
    data = file.create_dataset("data", data=FRAMES, **GZIP)
    raw = np.zeros((1, 8, 16), "<u4").tobytes()
    data.id.write_direct_chunk((3, 0, 0), raw, filter_mask=1)
    assert stacks.read(data, (all_of(20), 0, 0)) is None
