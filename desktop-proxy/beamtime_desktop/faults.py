"""What is said to a person when something goes wrong: sentences, and when to try again."""

from __future__ import annotations

import errno
import signal

from . import keeper, parts, runtime

BACK_OFF = (1.0, 2.0, 4.0)
"""Seconds before a display that fell is started again: the first time, the second…"""

STEADY = 60.0
"""Seconds after which a display that runs has its falls forgotten."""

FALLS = {"display", "keeper"}
"""Causes after which a desktop that ran is started again: it was nobody's wish."""


def why_ended(title: str, cause: str, status: int | None) -> str:
    """Say why a desktop ended: see `keeper` for `cause` and `status`."""
    how = "" if status is None else f" (exit status {status})"
    # A shell, and dbus-run-session, give 128 more than the signal's number.
    number = -status if status and status < 0 else (status or 0) - 128
    if number in set(signal.Signals):
        how = f" (signal {number}, {signal.Signals(number).name})"
    return {
        "closed": f"{title} was closed.",
        "failed": f"{title} ended with an error{how}.",
        "display": f"The display ended{how}, and {title} with it.",
        "start": (
            f"The display did not start{how}."
            if how
            else f"The display did not start within {keeper.START_TIMEOUT:.0f} s."
        ),
        "told": "The desktop was shut down.",
        "keeper": f"The program that looks after the desktop was killed{how}.",
        "crash-loop": (
            f"The display ended {len(BACK_OFF) + 1} times in a row{how}. It is not started "
            "again by itself. What it wrote last may say why; if not, ask who looks after "
            "this machine."
        ),
    }[cause]


def why_not_started(error: OSError) -> str:
    """Say why a desktop could not be started, and what to do."""
    place = f" ({error.filename})" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk of this machine is full{place}. {MAKE_SPACE}"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"The desktop may not write where it has to{place}: {error.strerror}. "
            "Ask who looks after this machine to let you write there, then try again."
        )
    if error.errno in (errno.EAGAIN, errno.EMFILE, errno.ENFILE, errno.ENOMEM):
        return (
            f"This machine, or your job, allows no more processes or memory: {error.strerror}. "
            "Close something, then try again."
        )
    return f"The desktop cannot be started{place}: {error.strerror or error}."


def why_no_gateway() -> str | None:
    """Say why the gateway cannot be started, and what to do; None if nothing is in its way."""
    full = parts.full_folders()
    if full:
        return f"There is no space left in {' and '.join(full)}. {MAKE_SPACE}"
    try:
        runtime.folder()
    except OSError as error:
        return why_not_started(error)
    return None


MAKE_SPACE = "Remove what you do not need there, then try again."

SILENT = (
    "The display does not answer. It may be stopped, or the machine may be overloaded. "
    "If it does not come back, shut the desktop down and start it again."
)
