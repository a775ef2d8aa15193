"""The software around a program: environment modules, and Apptainer images."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from .program import Program

RUNTIMES = ("apptainer", "singularity")

MODULE_FILES = (
    "/etc/profile.d/modules.sh",
    "/etc/profile.d/lmod.sh",
    "/etc/profile.d/z00_lmod.sh",
    "/usr/share/modules/init/bash",
    "/usr/share/lmod/lmod/init/bash",
    "/usr/share/Modules/init/bash",
)
"""Where the module system's shell function comes from."""

# The words after `--` are the program; those before it, modules. Everything is an
# argument, nothing is pasted into the script.
_LOAD = r"""
if ! type module >/dev/null 2>&1; then
  for file in "$BEAMTIME_MODULES_INIT" "$MODULESHOME/init/bash" "$LMOD_PKG/init/bash" FILES; do
    if [ -r "$file" ]; then . "$file" && break; fi
  done
fi
if ! type module >/dev/null 2>&1; then
  echo "The command module is not there, so no module can be loaded." >&2
  exit 69
fi
while [ "$1" != -- ]; do
  module load "$1" || { echo "The module $1 could not be loaded." >&2; exit 69; }
  shift
done
shift
if ! type -P "$1" >/dev/null; then
  echo "$1 was not found after its modules were loaded. Looked for in: $PATH" >&2
  exit 127
fi
exec "$@"
"""


def around(
    program: Program, words: list[str], env: Mapping[str, str], binds: list[str]
) -> list[str]:
    """Put what `program` needs around `words`.

    Parameters
    ----------
    env:
        Variables of its own, which must reach it in the image.
    binds:
        Folders that it must see in the image.
    """
    if program.image:
        words = [*_in_image(program, env, binds), *words]
    if program.modules:
        script = _LOAD.replace("FILES", " ".join(MODULE_FILES))
        words = ["bash", "-c", script, "modules", *program.modules, "--", *words]
    return words


def missing(program: Program) -> list[str]:
    """Give a sentence for each thing that is known to be missing before it starts."""
    lacking = []
    if program.modules and not _has_modules():
        names = ", ".join(program.modules)
        lacking.append(
            f"{program.title} needs environment modules ({names}), and this machine has no "
            f"module system: neither MODULESHOME nor LMOD_PKG is set, and none of "
            f"{', '.join(MODULE_FILES)} is there."
        )
    if program.image:
        if not program.modules and runtime() is None:
            lacking.append(
                f"{program.title} is in an image, and neither apptainer nor singularity is "
                f"installed. Looked for in: {_path()}. Get it: apt install apptainer "
                "(Debian 13), dnf install apptainer (Alma, Rocky with EPEL)."
            )
        if "://" not in program.image and not Path(program.image).exists():
            lacking.append(f"The image of {program.title} is not there: {program.image}.")
    wanted = list(program.requires)
    if program.program and not program.image:
        wanted.insert(0, program.program)
    if not program.modules:
        lacking += [
            _not_found(program, each) for each in dict.fromkeys(wanted) if not shutil.which(each)
        ]
    return lacking


def runtime() -> str | None:
    """Give Apptainer's name here, None if it is not installed."""
    return next((name for name in RUNTIMES if shutil.which(name)), None)


def _in_image(program: Program, env: Mapping[str, str], binds: list[str]) -> list[str]:
    assert program.image is not None
    # The display's socket is in /tmp, which is bound by default; a site may switch that off.
    folders = ["/tmp/.X11-unix", *binds]  # noqa: S108
    options = [word for folder in dict.fromkeys(folders) for word in ("--bind", folder)]
    for name, value in env.items():
        options += ["--env", f"{name}={value}"]
    name = runtime() or RUNTIMES[0]
    return [name, "exec", *options, *program.image_options, program.image]


def _has_modules() -> bool:
    said = any(
        os.environ.get(name) for name in ("MODULESHOME", "LMOD_PKG", "BEAMTIME_MODULES_INIT")
    )
    return said or any(Path(file).exists() for file in MODULE_FILES)


def _not_found(program: Program, name: str) -> str:
    what = f"{name} is not installed"
    if "/" in name:
        what = f"There is no program {name}"
    looked = "" if "/" in name else f" Looked for in: {_path()}."
    get = f" Get it: {program.get.rstrip('.')}." if program.get else ""
    return f"{what}.{looked}{get}"


def _path() -> str:
    return ", ".join(filter(None, os.environ.get("PATH", "").split(":")))
