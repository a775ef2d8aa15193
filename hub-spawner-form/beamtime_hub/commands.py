"""Runs a command without a shell, for a limited time and a limited answer."""

import asyncio
import contextlib
import os
from collections.abc import Mapping, Sequence

KEPT_VARIABLES = ("PATH", "LD_LIBRARY_PATH", "SLURM_CONF")
"""What a command gets of the hub's environment, which holds secrets: the user may see it."""


class CommandError(Exception):
    """The command failed, was not there or took too long. The message is what it said."""


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give an environment without the hub's secrets."""
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", **(more or {})}


async def run(
    argv: Sequence[str],
    *,
    deadline: float,
    more: Mapping[str, str] | None = None,
    most: int | None = None,
) -> str:
    """Run a command and give what it printed.

    Parameters
    ----------
    argv
        The command and its arguments, each as it is.
    deadline
        Seconds after which the command is killed.
    more
        Further variables of its environment.
    most
        Bytes of the answer that are kept; all by default. The rest is not read.

    Raises
    ------
    CommandError
        It ended with a status other than 0, could not be run, or took too long.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            *argv,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=environment(more),
            cwd="/",
        )
    except OSError as error:
        raise CommandError(f"{argv[0]} cannot be run: {error.strerror}") from error
    try:
        out, err = await asyncio.wait_for(_answer(process, most), deadline)
    except asyncio.TimeoutError:
        raise CommandError(f"{argv[0]} did not answer within {deadline:g} s") from None
    finally:
        if process.returncode is None:
            await _kill(process)
    if process.returncode and (most is None or len(out) < most):
        raise CommandError(err.decode(errors="replace").strip() or f"{argv[0]} failed")
    return out.decode(errors="replace")


async def _answer(process: asyncio.subprocess.Process, most: int | None) -> tuple[bytes, bytes]:
    if most is None:
        return await process.communicate()
    assert process.stdout is not None
    out = b""
    while len(out) < most and (part := await process.stdout.read(most - len(out))):
        out += part
    if len(out) >= most:
        return out, b""
    _, err = await process.communicate()
    return out, err


async def _kill(process: asyncio.subprocess.Process) -> None:
    # A child that hangs in the kernel does not end by this; nobody waits for it longer.
    with contextlib.suppress(ProcessLookupError, asyncio.TimeoutError):
        process.kill()
        await asyncio.wait_for(process.wait(), 1)
