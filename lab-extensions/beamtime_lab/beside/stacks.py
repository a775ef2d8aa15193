"""A few values out of each of many compressed chunks: a profile through a stack of frames.

HDF5 unpacks one chunk after the other, and each as a whole. Here several are unpacked at the
same time, each only as far as it is wanted.
"""

from __future__ import annotations

import itertools
import math
import os
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import h5py
import numpy as np
from h5py import h5z

MOST_THREADS = 4
FEWEST_CHUNKS = 8
"""For fewer chunks HDF5 is quick enough."""

PART = 4
"""A chunk of which more than one in so many values is wanted is left to HDF5."""

Index = tuple[int | slice, ...]


def read(dataset: h5py.Dataset, index: Index) -> Any:
    """Give `dataset[index]`, or None if that is not such a case or HDF5 must do it.

    Parameters
    ----------
    index
        An index, or a slice over all of the axis, for each axis.

    Raises
    ------
    OSError
        If a chunk cannot be unpacked.
    """
    chunks = dataset.chunks
    packing = _packing(dataset)
    if chunks is None or packing is None:
        return None
    grid = [
        range(math.ceil(length / chunk)) if isinstance(part, slice) else [part // chunk]
        for part, length, chunk in zip(index, dataset.shape, chunks, strict=True)
    ]
    wanted = [
        chunk if isinstance(part, slice) else 1 for part, chunk in zip(index, chunks, strict=True)
    ]
    if math.prod(map(len, grid)) < FEWEST_CHUNKS or math.prod(wanted) * PART > math.prod(chunks):
        return None
    within = [
        slice(None) if isinstance(part, slice) else part % chunk
        for part, chunk in zip(index, chunks, strict=True)
    ]
    places = _places(chunks, tuple(within), dataset.dtype.itemsize, shuffled=packing)
    whole = np.full(
        [len(steps) * size for steps, size in zip(grid, wanted, strict=True)],
        dataset.fillvalue,
        dataset.dtype,
    )
    with ThreadPoolExecutor(_threads()) as pool:

        def unpack(packed: bytes) -> Any:
            return _unpack(packed, places).view(dataset.dtype).reshape(wanted)

        for some in _batches(itertools.product(*map(enumerate, grid)), 4 * MOST_THREADS):
            at = [[place for place, _ in step] for step in some]
            packed = [_packed(dataset, [n for _, n in step]) for step in some]
            if any(mask for mask, _ in packed):
                return None  # Chunks that were written in another way.
            there = [(place, raw) for place, (_, raw) in zip(at, packed, strict=True) if raw]
            values = pool.map(unpack, [raw for _, raw in there])
            for (place, _), value in zip(there, values, strict=True):
                corner = zip(place, wanted, strict=True)
                whole[tuple(slice(n * size, (n + 1) * size) for n, size in corner)] = value
    # The last chunks reach over the end, and an axis with an index is none any more.
    return whole[
        tuple(
            slice(length) if isinstance(part, slice) else 0
            for part, length in zip(index, dataset.shape, strict=True)
        )
    ]


def _packing(dataset: h5py.Dataset) -> bool | None:
    """Whether bytes are shuffled before they are deflated; None if it is anything else."""
    created = dataset.id.get_create_plist()
    filters = [created.get_filter(n)[0] for n in range(created.get_nfilters())]
    return {
        (h5z.FILTER_DEFLATE,): False,
        (h5z.FILTER_SHUFFLE, h5z.FILTER_DEFLATE): True,
    }.get(tuple(filters))


def _places(
    chunks: tuple[int, ...], within: tuple[int | slice, ...], itemsize: int, *, shuffled: bool
) -> np.ndarray:
    """Where the bytes of the wanted values stand in an unpacked chunk, shape (values, itemsize)."""
    count = math.prod(chunks)
    at = np.arange(count).reshape(chunks)[within].reshape(-1, 1)
    each = np.arange(itemsize)
    return at + each * count if shuffled else at * itemsize + each


def _packed(dataset: h5py.Dataset, place: list[int]) -> tuple[int, bytes]:
    """Give the mask of left-out filters and the bytes of a chunk; no bytes if it never was."""
    corner = tuple(n * size for n, size in zip(place, dataset.chunks, strict=True))
    if dataset.id.get_chunk_info_by_coord(corner).byte_offset is None:
        return 0, b""
    mask, packed = dataset.id.read_direct_chunk(corner)
    return mask, packed


def _unpack(packed: bytes, places: np.ndarray) -> Any:
    needed = int(places.max()) + 1
    try:
        data = zlib.decompressobj().decompress(packed, needed)
    except zlib.error as error:
        raise OSError(f"A chunk cannot be unpacked: {error}.") from error
    if len(data) < needed:
        raise OSError("A chunk ends too soon.")
    return np.frombuffer(data, np.uint8)[places]


def _batches(
    items: Iterator[tuple[tuple[int, int], ...]], size: int
) -> Iterator[list[tuple[tuple[int, int], ...]]]:
    while some := list(itertools.islice(items, size)):
        yield some


def _threads() -> int:
    return min(MOST_THREADS, len(os.sched_getaffinity(0)))
