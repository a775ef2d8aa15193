"""The command `beamtime`: its TypeScript, run by the Node of this environment."""

import os
import sys
from typing import NoReturn

from .places import COMMAND_LINE, NODE


def main() -> NoReturn:
    """Become `beamtime` with the arguments that were given."""
    for file in (NODE, COMMAND_LINE):
        if not file.is_file():
            sys.exit(f"beamtime: {file} is missing. Reinstall the package beamtime-hub.")
    os.execv(NODE, [str(NODE), str(COMMAND_LINE), *sys.argv[1:]])  # noqa: S606 - our own program
