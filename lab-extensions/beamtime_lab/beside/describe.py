"""What stands in a file: groups with what they hold, and paths to search in."""

from __future__ import annotations

from typing import Any

import h5py
from h5py import h5a, h5o

from .library import Library, Target
from .problems import Problem
from .types import describe_type

MOST_PATHS = 200_000
"""Most paths that one search gives."""


def entity(library: Library, target: Target, path: str) -> dict[str, Any]:
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
    return {
        "name": attribute.name.decode(),
        "dims": None if is_empty else list(space.shape),
        "type": describe_type(attribute.get_type()),
    }


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _join(path: str, name: str) -> str:
    return f"{path.rstrip('/')}/{name}"
