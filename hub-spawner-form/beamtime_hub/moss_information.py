"""A site's own `slurm_info_resources` of jupyterhub_moss: asked once, when the hub starts."""

import subprocess
from collections.abc import Callable, Iterable, Mapping
from typing import Any

DEFAULT_COMMAND = "sinfo -a --noheader -o '%R %F %c %C %G %m %l'"

DEADLINE = 10.0
"""Seconds that the site's command may take: the hub waits for it."""

_LIMITS: Mapping[str, tuple[str, Callable[[int], int]]] = {
    "max_nprocs": ("maxCores", int),
    "max_mem": ("maxMemoryMiB", int),
    "max_ngpus": ("maxGpus", int),
    "max_runtime": ("maxMinutes", lambda seconds: max(1, int(seconds) // 60)),
}


def information_rules(
    command: str, resources: Callable[[str], Mapping[str, Any]], partitions: Iterable[str]
) -> tuple[list[dict[str, Any]], list[str]]:
    """Take the limits that a site's own function gives, for those that Slurm does not know.

    Limits above the cluster's true ones have no effect: Beamtime knows those from Slurm, and
    knows what is free, so the rest of the answer is not used.

    Parameters
    ----------
    command
        moss's `slurm_info_cmd`. It runs as the hub: nobody has signed in yet.
    resources
        moss's `slurm_info_resources`, called with what the command prints. Gives objects or
        dictionaries with `max_nprocs`, `max_mem` (MiB), `max_ngpus`, `max_runtime` (s).
    partitions
        Those of `c.MOSlurmSpawner.partitions`; of others nothing is taken.

    Returns
    -------
    Rules of the contract's `SitePolicy`, and what went wrong, each with what to do.
    """
    try:
        asked = subprocess.run(
            ["/bin/sh", "-c", command],
            capture_output=True,
            check=True,
            text=True,
            timeout=DEADLINE,
        )
        given = resources(asked.stdout)
        rules = [
            {"partitions": [name], **limits}
            for name in partitions
            if name in given and (limits := _limits(given[name]))
        ]
    except Exception as error:  # The site's own code may fail in any way.
        return [], [
            f"c.MOSlurmSpawner.slurm_info_resources gave no limits ({_words(error)}): those of "
            "Slurm hold. Give what differs as max_nprocs, max_ngpus and max_runtime of "
            "c.MOSlurmSpawner.partitions, and remove slurm_info_resources."
        ]
    return rules, []


def _limits(resources: Any) -> dict[str, int]:
    limits = {}
    for name, (ours, convert) in _LIMITS.items():
        value = (
            resources.get(name)
            if isinstance(resources, Mapping)
            else getattr(resources, name, None)
        )
        if value is not None:
            limits[ours] = convert(value)
    return limits


def _words(error: Exception) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        return f"slurm_info_cmd failed: {error.stderr.strip()[:200]}"
    return f"{type(error).__name__}: {error}"
