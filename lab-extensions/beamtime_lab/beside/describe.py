"""What stands in a file: groups with what they hold, and paths to search in."""

from __future__ import annotations

import math
from typing import Any

import h5py
import numpy as np
from h5py import h5a, h5o

from .library import Library, Target
from .problems import Problem
from .types import describe_type

MOST_PATHS = 200_000
"""Most paths that one search gives."""

MOST_VALUES = 64
MOST_TEXT = 1000
"""Most values of an attribute, and characters of each, that come with its description."""

MOST_STEPS = 10
"""Most groups on the way that `default` leads; it may lead in a circle."""


def entities(library: Library, file: h5py.File, paths: list[str]) -> list[Any]:
    """Describe what stands at each of `paths`; None where that fails."""

    def describe(path: str) -> dict[str, Any] | None:
        try:
            return _entity(library, library.find(file, path), path)
        except (Problem, OSError, RuntimeError, KeyError, ValueError, TypeError):
            return None

    return [describe(path) for path in paths]


def opening(library: Library, file: h5py.File) -> list[Any]:
    """Describe the top, and what its `default` leads to: what a viewer asks for first.

    See https://manual.nexusformat.org/datarules.html#find-the-plottable-data
    """
    described = [_entity(library, library.find(file, "/"), "/")]
    path = _default(file, "/")
    while path is not None and len(described) < MOST_STEPS:
        try:
            target = library.find(file, path)
            described.append(_entity(library, target, path))
            path = _default(_object(target), path)
        except (Problem, OSError, RuntimeError, KeyError, ValueError, TypeError):
            break  # Whoever asks for it by its path is told why.
    return described


def _default(there: Any, path: str) -> str | None:
    try:
        name = there.attrs.get("default") if isinstance(there, h5py.Group) else None
    except (OSError, RuntimeError, ValueError, TypeError):
        return None
    text = name.decode() if isinstance(name, bytes) else name
    if not isinstance(text, str) or text == "":
        return None
    return text if text.startswith("/") else _join(path, text)


def _entity(library: Library, target: Target, path: str) -> dict[str, Any]:
    """Describe what stands at `target`, a group with its children (`EntityDescription`).

    Parameters
    ----------
    path
        The path by which it was asked for; links may lead from there to `target`.
    """
    group = _object(target)
    named = {"name": _name(path), "path": path}
    if not isinstance(group, h5py.Group):
        return {**named, **_contents(group)}
    children = [_child(library, target, group, path, name) for name in group]
    return {**named, "kind": "group", "attributes": _attributes(group), "children": children}


def paths(library: Library, target: Target, path: str) -> dict[str, Any]:
    """Give the paths of everything below a group; `complete` says whether all are there.

    Groups that links lead to are not entered: a circle of them would have no end.
    """
    found: list[str] = []

    def visit(name: bytes) -> bool | None:
        found.append(_join(path, name.decode(errors="replace")))
        return True if len(found) >= MOST_PATHS else None

    top = _object(target)
    if isinstance(top, h5py.Group):
        top.id.links.visit(visit)
    return {"paths": found, "complete": len(found) < MOST_PATHS}


def _object(target: Target) -> Any:
    try:
        return target.file[target.at]
    except (KeyError, OSError, RuntimeError) as error:
        raise Problem("unreadable", detail=f"{target.at}: {error}") from error


def _child(
    library: Library, parent: Target, group: h5py.Group, path: str, name: str
) -> dict[str, Any]:
    named = {"name": name, "path": _join(path, name)}
    link = group.get(name, getlink=True)
    try:
        if not isinstance(link, h5py.HardLink):
            found = library.find(parent.file, _join(parent.at, name))
            there = found.file[found.at]
        else:
            # Only its kind is of interest, which an h5py.Group need not be made for.
            there = h5o.open(group.id, name.encode())
            if isinstance(there, h5py.h5g.GroupID):
                return {**named, "kind": "group", "attributes": [], "children": None}
            there = group[name]
    except (Problem, KeyError, OSError, RuntimeError):
        return {**named, "kind": "unresolved", "attributes": [], "link": _link(link)}
    if isinstance(there, h5py.Group):
        return {**named, "kind": "group", "attributes": [], "children": None}
    return {**named, **_contents(there)}


def _link(link: Any) -> dict[str, str] | None:
    if isinstance(link, h5py.ExternalLink):
        return {"class": "External", "file": link.filename, "path": link.path}
    return {"class": "Soft", "path": link.path} if isinstance(link, h5py.SoftLink) else None


def _contents(there: Any) -> dict[str, Any]:
    attributes = _attributes(there)
    if isinstance(there, h5py.Dataset):
        return {"kind": "dataset", "attributes": attributes, **_dataset(there)}
    return {"kind": "datatype", "attributes": attributes, "type": describe_type(there.id)}


def _dataset(dataset: h5py.Dataset) -> dict[str, Any]:
    created = dataset.id.get_create_plist()
    filters = [created.get_filter(index) for index in range(created.get_nfilters())]
    sources = dataset.virtual_sources() if dataset.is_virtual else []
    return {
        "dims": None if dataset.shape is None else list(dataset.shape),
        "type": describe_type(dataset.id.get_type()),
        "chunks": None if dataset.chunks is None else list(dataset.chunks),
        "filters": [{"id": code, "name": name.decode()} for code, _, _, name in filters],
        "sources": [{"file": file, "path": path} for _, file, path, _ in sources],
    }


def _attributes(owner: Any) -> list[dict[str, Any]]:
    return [_attribute(owner, index) for index in range(h5a.get_num_attrs(owner.id))]


def _attribute(owner: Any, index: int) -> dict[str, Any]:
    attribute = h5a.open(owner.id, index=index)
    space = attribute.get_space()
    is_empty = space.get_simple_extent_type() == h5py.h5s.NULL
    described = {
        "name": attribute.name.decode(),
        "dims": None if is_empty else list(space.shape),
        "type": describe_type(attribute.get_type()),
    }
    if not is_empty and space.get_simple_extent_npoints() <= MOST_VALUES:
        value = _plain(owner.attrs, described["name"], described["type"]["class"])
        if value is not None:
            described["value"] = value
    return described


def _plain(attributes: h5py.AttributeManager, name: str, kind: str) -> Any:
    """Give a value that JSON can have: numbers and strings, alone or in lists; else None."""
    if kind not in ("string", "integer", "float"):
        return None
    try:
        value = attributes[name]
        if isinstance(value, (np.ndarray, np.generic)):
            if value.dtype.kind == "S":  # Strings of one length.
                value = np.char.decode(value, "utf-8")
            value = value.tolist()
    except (OSError, RuntimeError, TypeError, ValueError):  # Also what is no UTF-8.
        return None
    return value if _is_plain(value) else None


def _is_plain(value: Any) -> bool:
    match value:
        case list():
            return all(_is_plain(each) for each in value)
        case str():
            return len(value) <= MOST_TEXT
        case int():
            return abs(value) < 2**53  # More is no number of JavaScript's.
        case float():
            return math.isfinite(value)
        case _:
            return False


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _join(path: str, name: str) -> str:
    return f"{path.rstrip('/')}/{name}"
