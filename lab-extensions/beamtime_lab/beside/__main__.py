"""The process beside the data: reads requests from its input until that ends."""

from __future__ import annotations

import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

MEMORY = 4 * 1024**3
"""Bytes of address space: a damaged file may ask for any amount."""


def main() -> None:
    """Serve the process that started us. Its answers have a way of their own, not print's."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # HDF5 looks for files there too.
    os.chdir("/")
    from ..roots import Roots
    from .wire import read_message, write_message
    from .work import do

    setup = read_message(sys.stdin.buffer)
    if setup is None:
        return
    roots = Roots(Path(setup.meta["root"]), [Path(each) for each in setup.meta["dataRoots"]])
    while (request := read_message(sys.stdin.buffer)) is not None:
        meta: dict[str, Any] = request.meta
        for target in meta["linked"]:
            roots.add_linked(Path(target))
        write_message(answers, do(meta, roots))


if __name__ == "__main__":
    main()
