"""Who draws what OpenGL programs show: the GPU by VirtualGL, or the processor."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from . import parts

_CPU = "llvmpipe (on the processor)"
_GPU = "VirtualGL (on the GPU)"


@dataclass(frozen=True)
class Renderer:
    """What draws OpenGL on a new desktop.

    Attributes
    ----------
    kind:
        `gpu` or `cpu`.
    title:
        Its name for a person.
    problem:
        Why a GPU that is there is not used; None if there is none, or it is.
    prefix:
        The words before those of a session.
    """

    kind: str
    title: str
    problem: str | None
    prefix: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        return {"kind": self.kind, "title": self.title, "problem": self.problem}


def choose(devices: Path = Path("/dev")) -> Renderer:
    """Look for a GPU and for VirtualGL.

    Parameters
    ----------
    devices:
        Where the kernel shows GPUs: `dri/renderD128`, `nvidia0` and so on.
    """
    gpus = [*sorted(devices.glob("dri/renderD*")), *sorted(devices.glob("nvidia[0-9]*"))]
    if not gpus:
        return Renderer("cpu", _CPU, None, ())
    if not any(os.access(gpu, os.R_OK | os.W_OK) for gpu in gpus):
        return Renderer("cpu", _CPU, f"There is a GPU, but you may not use {gpus[0]}.", ())
    vglrun = parts.find_virtualgl()
    if vglrun is None:
        return Renderer("cpu", _CPU, "There is a GPU, but VirtualGL is not installed.", ())
    # By EGL: the machine needs no X server of its own. `+wm`: window managers run under it.
    return Renderer("gpu", _GPU, None, (vglrun, "-d", "egl", "+wm"))
