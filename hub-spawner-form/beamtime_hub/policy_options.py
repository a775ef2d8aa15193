"""The options of `configure` that make the site's policy, in the contract's words."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from .checks import absolute_path, boolean, each, record, text, whole_number, wrong

_MOST = 1_000_000

_FACTORS = {"M": 1, "G": 1024, "T": 1024 * 1024}

_RULE_KEYS = {
    "groups": "groups",
    "instruments": "instruments",
    "partitions": "partitions",
    "use_partitions": "usePartitions",
    "max_cores": "maxCores",
    "max_memory": "maxMemoryMiB",
    "max_gpus": "maxGpus",
    "max_minutes": "maxMinutes",
    "gpu_type": "gpuType",
    "account": "account",
    "reservation": "reservation",
}
"""Our keys of a rule, and the contract's."""

_ALLOW_KEYS = {
    "custom_environments": "customEnvironments",
    "extra_options": "extraOptions",
    "start_by_link": "startByLink",
}
"""Our options of what is allowed, and the contract's keys."""

_CONDITIONS = {"groups", "instruments", "partitions"}


def check_policy(given: Mapping[str, Any], *, environments_needed: bool) -> dict[str, Any]:
    """Check the options that make the contract's `SitePolicy`.

    Parameters
    ----------
    given
        The options of `configure`.
    environments_needed
        Whether there must be an environment.

    Raises
    ------
    ConfigurationError
        With the option's name, its value and what is allowed.
    """
    allowed = {
        ours: boolean(option, given[option])
        for option, ours in _ALLOW_KEYS.items()
        if given[option] is not None
    }
    if given["shared_account"] is not None:
        # There, software of one's own would run with everybody's rights.
        allowed.setdefault("customEnvironments", False)
    policy = {
        "environments": _environments(given["environments"], needed=environments_needed),
        "partitions": _partitions(given["partitions"]),
        "durations": _durations(given["durations"]),
        "rules": each("rules", given["rules"], _rule),
        "allow": allowed,
    }
    return {key: value for key, value in policy.items() if value or key not in ("rules", "allow")}


def _environments(value: object, *, needed: bool) -> list[dict[str, Any]]:
    environments = each("environments", value, _environment)
    if needed and not environments:
        raise wrong(
            "environments",
            value,
            "it must have at least one environment. If you come from jupyterhub_moss, move this "
            "call to the end of the file, below c.MOSlurmSpawner.partitions.",
        )
    ids = [environment["id"] for environment in environments]
    for index, environment_id in enumerate(ids):
        if environment_id in ids[:index]:
            raise wrong(f"environments[{index}]['id']", environment_id, "it is taken already.")
    return environments


def _environment(option: str, value: object) -> dict[str, Any]:
    fields: dict[str, Callable[[str, object], Any]] = {
        "id": _pattern(r"[A-Za-z0-9_][A-Za-z0-9_.+@-]*", "letters, digits and ._+@-"),
        "name": text,
        "description": _any_text,
        "icon": _pattern(r"(/(?!/)|data:image/)\S*", "a path on this hub or a data:image/ URL"),
        "path": absolute_path,
        "image": absolute_path,
        "add_to_path": boolean,
        "modules": _list_of(_pattern(r"[\w.+/-]+", "a module's name")),
        "prologue": text,
        "partitions": _list_of(text),
    }
    environment = {"description": "", **record(option, value, fields, {"id", "name"})}
    if "path" in environment and "image" in environment:
        raise wrong(option, value, "it can have a path or an image, not both.")
    add_to_path = environment.pop("add_to_path", True)
    return environment if add_to_path else {**environment, "addToPath": False}


def _partitions(value: object) -> dict[str, dict[str, Any]]:
    if not isinstance(value, Mapping):
        raise wrong("partitions", value, "it must be a dictionary by name of partition.")
    fields: dict[str, Callable[[str, object], Any]] = {
        "title": text,
        "description": text,
        "architecture": text,
        "simple": boolean,
    }
    return {
        text("a key of partitions", name): record(f"partitions[{name!r}]", label, fields, {"title"})
        for name, label in value.items()
    }


def _durations(value: object) -> list[int]:
    durations = each("durations", value, lambda at, item: whole_number(at, item, 1, 525_600))
    if not durations or durations != sorted(set(durations)):
        raise wrong("durations", value, "it must be minutes in ascending order, at least one.")
    return durations


def _rule(option: str, value: object) -> dict[str, Any]:
    template = _pattern(
        r"([A-Za-z0-9_.+@-]|\{proposal\}|\{instrument\}){1,100}",
        "a name, in which {proposal} and {instrument} may stand",
    )
    fields: dict[str, Callable[[str, object], Any]] = {
        "groups": _list_of(text),
        "instruments": _list_of(text),
        "partitions": _list_of(text),
        "use_partitions": _list_of(text),
        "max_cores": lambda at, item: whole_number(at, item, 1, _MOST),
        "max_memory": _memory,
        "max_gpus": lambda at, item: whole_number(at, item, 0, _MOST),
        "max_minutes": lambda at, item: whole_number(at, item, 1, 525_600),
        "gpu_type": _pattern(r"[A-Za-z0-9_.+-]{1,60}", "a type of GPU, such as 'a100'"),
        "account": template,
        "reservation": template,
    }
    rule = record(option, value, fields, set())
    if not rule.keys() - _CONDITIONS:
        things = ", ".join(key for key in fields if key not in _CONDITIONS)
        raise wrong(option, value, f"it decides nothing; it must have one of {things}.")
    return {_RULE_KEYS[key]: item for key, item in rule.items()}


def _memory(option: str, value: object) -> int:
    match = re.fullmatch(r"([1-9][0-9]{0,8})([MGT])", value) if isinstance(value, str) else None
    if match is None:
        raise wrong(option, value, "it must be a size with its unit: '500M', '64G' or '2T'.")
    return int(match[1]) * _FACTORS[match[2]]


def _list_of(check: Callable[[str, object], Any]) -> Callable[[str, object], list[Any]]:
    return lambda option, value: each(option, value, check)


def _pattern(pattern: str, what: str) -> Callable[[str, object], str]:
    return lambda option, value: text(option, value, pattern, what)


def _any_text(option: str, value: object) -> str:
    return text(option, value, r"(?s).*")
