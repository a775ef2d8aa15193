"""One request: opens the file, does what is asked, closes it."""

from __future__ import annotations

import contextlib
import json
from typing import Any

from ..roots import Roots
from . import describe, reading
from .library import Library
from .problems import Problem
from .wire import Answer

with contextlib.suppress(ImportError):
    import hdf5plugin  # noqa: F401 - registers its filters


def do(request: dict[str, Any], roots: Roots) -> Answer:
    """Answer `{"ok": …}` with what was asked for, or `{"failure": …}`."""
    library = Library(roots, hidden=request["hidden"])
    try:
        with library.reading(request["file"]) as file:
            if request["operation"] == "opening":
                return _described(describe.opening(library, file))
            if request["operation"] == "entities":
                return _described(describe.entities(library, file, request["paths"]))
            path = request["path"]
            target = library.find(file, path)
            match request["operation"]:
                case "paths":
                    return _described(describe.paths(library, target, path))
                case "value":
                    return _ok(reading.value(library, target, request["selection"]))
                case "picture":
                    longest = request["longest"]
                    selection = request["selection"]
                    return _ok(reading.picture(library, target, selection, longest))
                case _:
                    ends = request["start"], request["stop"], request["points"]
                    return _ok(reading.line(library, target, request["selection"], *ends))
    except Problem as problem:
        return Answer({"failure": problem.body})
    except MemoryError:
        return Answer({"failure": {"kind": "unreadable", "detail": "It needs too much memory."}})
    except (OSError, RuntimeError, ValueError, KeyError, TypeError) as error:
        return Answer({"failure": {"kind": "unreadable", "detail": str(error)}})


def _described(there: Any) -> Answer:
    """As the JSON that is sent on: the server's event loop has better to do than to read it."""
    return Answer({"ok": None}, json.dumps(there).encode())


def _ok(answer: Answer) -> Answer:
    return Answer({"ok": answer.meta}, answer.body)
