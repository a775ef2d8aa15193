"""Looks at software that a person has named, as that person: never as the hub."""

import asyncio
import json
import shutil
from collections.abc import Mapping, Sequence
from typing import TypedDict

from .commands import CommandError, run

DEADLINE = 5.0
"""Seconds that one look may take: the person's files may lie on a server that is slow."""

IMAGE_DEADLINE = 15.0
"""The same for a look into an image, which is mounted first."""

MOST = 8192
"""Bytes of an answer that are read: it comes from the person's own programs."""

PROGRAMS = {
    "jupyterhub-singleuser": "starts the session. Install it there: pip install jupyterhub",
    "batchspawner-singleuser": "tells the hub where the session runs. "
    "Install it there: pip install batchspawner",
    "jupyter-lab": "is what the session shows. Install it there: pip install jupyterlab",
}
"""Programs without which no session starts or shows anything, and what they are for."""

EXTRAS = {
    "beamtime_lab": "shows your experiments and HDF5 files in JupyterLab. "
    "Without it JupyterLab opens all the same",
}
"""Python packages that are missed, and what they are for."""

_ASK = (
    "import importlib.util as u, json, shutil, sys; a = sys.argv[1:]; "
    "print(json.dumps([[n for n in a if shutil.which(n)], [n for n in a if u.find_spec(n)]]))"
)


class Check(TypedDict):
    """One thing that was looked for; `found` is `None` if it could not be found out."""

    name: str
    found: bool | None
    needed: bool
    message: str


class EnvironmentCheck(TypedDict):
    """The contract's `EnvironmentCheck`."""

    ok: bool
    checks: list[Check]


async def look(
    path: str | None,
    modules: Sequence[str],
    as_user: Sequence[str],
    container: Sequence[str],
) -> EnvironmentCheck:
    """Say whether a session could start in this software, and what it lacks.

    Parameters
    ----------
    path
        Absolute path of a folder of programs, or of an image (`.sif`); `None` for modules alone.
    modules
        Environment modules. They can only be loaded where the session starts.
    as_user
        The words before a command that make it run as the person.
    container
        What runs an image: `apptainer exec`.
    """
    checks: list[Check] = []
    if path is not None:
        problem = await missing_path(path, as_user)
        if problem is not None:
            checks.append(_check(path, found=False, needed=True, message=problem))
        elif path.endswith(".sif"):
            checks.extend(await _look_into_image(path, as_user, container))
        else:
            checks.extend(await _look_into_folder(path, as_user))
    checks.extend(
        _check(name, found=None, needed=True, message=f"{name} is loaded when the session starts.")
        for name in modules
    )
    return EnvironmentCheck(ok=starts(checks), checks=checks)


def starts(checks: Sequence[Check]) -> bool:
    """Whether a session could start, as far as is known."""
    return not any(check["needed"] and check["found"] is False for check in checks)


async def missing_path(path: str | None, as_user: Sequence[str]) -> str | None:
    """Say that a path is not there for this person; `None` if it is, or nobody knows.

    Parameters
    ----------
    path
        Absolute path of a folder, or of a file that ends in `.sif`.
    as_user
        The words before a command that make it run as the person.
    """
    if path is None:
        return None
    what, right = ("image", "-readable") if path.endswith(".sif") else ("folder", "-executable")
    look = ["find", "-L", path, "-maxdepth", "0", "-printf", "%y", right, "-printf", "+"]
    try:
        said = await _run([*as_user, *look])
    except CommandError as error:
        words = str(error)
        if "find: " in words and ("No such file" in words or "Permission denied" in words):
            return f"There is no {what} {path} that you can read. Check its name and its rights."
        return None
    if said[:1] != ("f" if what == "image" else "d"):
        return f"{path} is no {what}."
    return None if said.endswith("+") else f"You may not use the {what} {path}. Check its rights."


async def _look_into_folder(path: str, as_user: Sequence[str]) -> list[Check]:
    names = [word for name in PROGRAMS for word in ("-o", "-name", name)][1:]
    find = ["find", "-L", path, "-maxdepth", "1", "(", *names, ")", "-executable"]
    programs, (_, packages) = await asyncio.gather(
        _lines([*as_user, *find]), _ask_python([*as_user, f"{path}/python3"])
    )
    found = None if programs is None else {line.rpartition("/")[2] for line in programs}
    return [*_checks(PROGRAMS, found, needed=True), *_checks(EXTRAS, packages, needed=False)]


async def _look_into_image(
    path: str, as_user: Sequence[str], container: Sequence[str]
) -> list[Check]:
    if shutil.which(container[0]) is None:
        message = f"The hub's machine has no {container[0]}: nobody could look into the image."
        return [_check(path, found=None, needed=True, message=message)]
    programs, packages = await _ask_python([*as_user, *container, path, "python3"], IMAGE_DEADLINE)
    return [*_checks(PROGRAMS, programs, needed=True), *_checks(EXTRAS, packages, needed=False)]


async def _run(argv: Sequence[str], deadline: float = DEADLINE) -> str:
    return await run(argv, deadline=deadline, most=MOST)


async def _lines(argv: Sequence[str], deadline: float = DEADLINE) -> list[str] | None:
    try:
        return (await _run(argv, deadline)).splitlines()
    except CommandError:
        return None


async def _ask_python(
    python: Sequence[str], deadline: float = DEADLINE
) -> tuple[set[str] | None, set[str] | None]:
    """Ask a Python which programs and packages it finds; `None` for what it does not tell."""
    lines = await _lines([*python, "-I", "-c", _ASK, *PROGRAMS, *EXTRAS], deadline)
    try:
        programs, packages = json.loads(lines[-1] if lines else "")
        return set(map(str, programs)), set(map(str, packages))
    except (ValueError, TypeError):
        return None, None


def _checks(wanted: Mapping[str, str], found: set[str] | None, *, needed: bool) -> list[Check]:
    return [
        _check(
            name,
            found=None if found is None else name in found,
            needed=needed,
            message=f"{name} {why}.",
        )
        for name, why in wanted.items()
    ]


def _check(name: str, *, found: bool | None, needed: bool, message: str) -> Check:
    return Check(name=name, found=found, needed=needed, message=message)
