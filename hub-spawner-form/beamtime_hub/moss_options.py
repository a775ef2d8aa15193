"""Reads what was written for jupyterhub_moss: its spawn URLs and REST requests."""

import re
from collections.abc import Mapping
from typing import Any

LOG_FILE = "slurm-%j.out"
"""What moss's REST clients send as `output` to keep the log."""

USUAL_MINUTES = 60
"""What a session gets when nobody says how long: as in moss's form."""


def from_moss(
    options: Mapping[str, Any],
    ids: Mapping[str, Mapping[str, str]],
    longest: Mapping[str, int],
) -> dict[str, Any]:
    """Put a request in moss's terms into ours; one in our terms stays as it is.

    Nothing is decided here: what cannot be read is left for the checks to refuse in words.

    Parameters
    ----------
    options
        Of a URL (all of them texts), a REST request or our own form.
    ids
        `MossPolicy.ids`.
    longest
        Minutes of the longest session by partition, where the site sets a limit.
    """
    # moss's clients send all keys, empty where nothing is meant.
    given = {key: value for key, value in options.items() if value not in ("", None)}
    mem = given.pop("mem", None)
    if mem is not None:
        given.setdefault("memory", mem)
    partition = given.get("partition")
    given.setdefault("nprocs", 1)
    minutes = min(USUAL_MINUTES, longest.get(str(partition), USUAL_MINUTES))
    given.setdefault("runtime", f"{minutes // 60}:{minutes % 60:02}:00")
    for key in ("nprocs", "ngpus"):
        if isinstance(given.get(key), str) and re.fullmatch(r" *[0-9]{1,9} *", given[key]):
            given[key] = int(given[key])
    if "output" in given:
        output = _switch(given.pop("output"))
        if output is not False:
            given["output"] = output
    modules = given.get("environment_modules")
    if isinstance(modules, str):
        modules = [modules]
    if isinstance(modules, list) and all(isinstance(module, str) for module in modules):
        # moss has blanks between them, our links commas.
        given["environment_modules"] = [name for module in modules for name in module.split()]
    _choose_environment(given, ids.get(partition, {}) if isinstance(partition, str) else {})
    return given


def _switch(value: object) -> object:
    if value in ("true", LOG_FILE):
        return True
    return False if value in ("false", "/dev/null") else value


def _choose_environment(given: dict[str, Any], ids: Mapping[str, str]) -> None:
    """Choose as moss does: a known id counts alone, else path and modules, else the first."""
    wanted = given.get("environment_id")
    custom = "environment_path" in given or given.get("environment_modules")
    if isinstance(wanted, str) and (wanted in ids or wanted in ids.values()):
        given["environment_id"] = ids.get(wanted, wanted)
        given.pop("environment_path", None)
        given.pop("environment_modules", None)
    elif custom:
        # In moss the id of an unknown environment is what its owner calls it.
        name = given.pop("environment_id", None)
        if name is not None:
            given.setdefault("environment_name", name)
    elif wanted is None and ids:
        given["environment_id"] = next(iter(ids.values()))
