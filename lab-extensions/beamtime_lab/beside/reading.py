"""Values: whole selections, overviews of long lines, reduced pictures."""

from __future__ import annotations

import math
from typing import Any

import h5py
import numpy as np

from . import stacks
from .library import Library, Target
from .problems import Problem
from .wire import Answer

MOST_BYTES = 512 * 1024 * 1024
"""Most bytes of an answer."""

SLAB = 32 * 1024 * 1024
"""Bytes that are read at once of a long line."""

Index = tuple[int | slice, ...]


def value(library: Library, target: Target, selection: str | None) -> Answer:
    """Give the numbers of a selection (an index or `:` for each axis, with commas)."""
    dataset = _numbers(library, target)
    index = _index(selection, dataset.shape)
    if math.prod(_shape(index, dataset.shape)) * dataset.dtype.itemsize > MOST_BYTES:
        raise Problem("too-large", bytes=_bytes(index, dataset), limit=MOST_BYTES)
    quick = stacks.read(dataset, index)
    return _array(dataset[index] if quick is None else quick)


def picture(library: Library, target: Target, selection: str, longest: int) -> Answer:
    """Give every n-th row and column of a picture, so that neither side exceeds `longest`.

    The values are values of the data: a mean would smear masked pixels over their neighbours.
    `meta["step"]` is n.
    """
    dataset = _numbers(library, target)
    index = _index(selection, dataset.shape)
    shape = _shape(index, dataset.shape)
    if len(shape) != 2:
        raise Problem("unreadable", detail=f"{selection} of {target.at} is not a picture.")
    step = max(1, math.ceil(max(shape) / max(1, longest)))
    if _bytes(index, dataset) > MOST_BYTES:
        raise Problem("too-large", bytes=_bytes(index, dataset), limit=MOST_BYTES)
    # HDF5 is slow at strided selections, and most of the bytes are read all the same.
    answer = _array(dataset[index][::step, ::step])
    return Answer({**answer.meta, "step": step, "full": list(shape)}, answer.body)


def line(
    library: Library, target: Target, selection: str | None, start: int, stop: int, points: int
) -> Answer:
    """Give the least and the greatest value of each of `points` equal parts of a line.

    Shape (parts, 2). `start` and `stop` are indices along the line; NaN is left out of a part
    that has other values. `meta["edges"]` has the parts' first indices, and `stop`.
    """
    dataset = _numbers(library, target)
    index = _index(selection, dataset.shape)
    axes = [axis for axis, part in enumerate(index) if isinstance(part, slice)]
    if len(axes) != 1:
        raise Problem("unreadable", detail=f"{selection} of {target.at} is not a line.")
    (axis,) = axes
    start, stop = max(0, start), min(stop, dataset.shape[axis])
    parts = max(1, min(points, stop - start))
    edges = np.linspace(start, stop, parts + 1).astype(np.int64)
    extremes = np.empty((parts, 2), dataset.dtype.newbyteorder("="))
    per_slab = max(1, SLAB // max(1, dataset.dtype.itemsize))
    first = 0
    while first < parts:
        last = int(np.searchsorted(edges, edges[first] + per_slab, "right")) - 1
        last = min(max(last, first + 1), parts)
        where = list(index)
        where[axis] = slice(int(edges[first]), int(edges[last]))
        data = dataset[tuple(where)]
        at = edges[first:last] - edges[first]
        extremes[first:last, 0] = np.fmin.reduceat(data, at)
        extremes[first:last, 1] = np.fmax.reduceat(data, at)
        first = last
    answer = _array(extremes)
    return Answer({**answer.meta, "edges": edges.tolist()}, answer.body)


def _numbers(library: Library, target: Target) -> h5py.Dataset:
    try:
        dataset = target.file[target.at]
    except (KeyError, OSError, RuntimeError) as error:
        raise Problem("unreadable", detail=f"{target.at}: {error}") from error
    if not isinstance(dataset, h5py.Dataset) or dataset.shape is None:
        raise Problem("unreadable", detail=f"{target.at} is not a dataset with values.")
    if dataset.dtype.kind not in "iufb" or dataset.dtype.itemsize > 8:
        raise Problem("unreadable", detail=f"{target.at} has no plain numbers.")
    library.check_storage(dataset)
    return dataset


def _index(selection: str | None, shape: tuple[int, ...]) -> Index:
    if selection is None:
        return (slice(None),) * len(shape)
    parts = selection.split(",")
    if len(parts) != len(shape):
        raise Problem("unreadable", detail=f"{selection} does not fit {len(shape)} axes.")
    index: list[int | slice] = []
    for part, length in zip(parts, shape, strict=True):
        if part == ":":
            index.append(slice(0, length))
        elif part.isascii() and part.isdigit() and int(part) < length:
            index.append(int(part))
        else:
            raise Problem("unreadable", detail=f"{selection} is outside of {list(shape)}.")
    return tuple(index)


def _shape(index: Index, shape: tuple[int, ...]) -> list[int]:
    return [length for part, length in zip(index, shape, strict=True) if isinstance(part, slice)]


def _bytes(index: Index, dataset: h5py.Dataset) -> int:
    return math.prod(_shape(index, dataset.shape)) * int(dataset.dtype.itemsize)


def _array(values: Any) -> Answer:
    array = np.asarray(values)
    if array.dtype == bool:
        array = array.astype(np.uint8)
    if array.dtype == np.float16:
        array = array.astype(np.float32)  # Browsers have no name for it.
    array = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
    meta = {"dtype": array.dtype.str, "shape": list(array.shape)}
    return Answer(meta, array.reshape(-1).view(np.uint8).data)
