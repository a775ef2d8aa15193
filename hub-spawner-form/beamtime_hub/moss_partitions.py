"""Reads `c.MOSlurmSpawner.partitions` of jupyterhub_moss into Beamtime's policy."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .checks import absolute_path, record, text, whole_number, wrong

OPTION = "c.MOSlurmSpawner.partitions"

_GPU_TEMPLATE = re.compile(r"gpu(?::(?P<type>[A-Za-z0-9_.+-]+))?:\{\}")


@dataclass
class MossPolicy:
    """What a site's moss configuration says, in the words of the contract's `SitePolicy`."""

    environments: list[dict[str, Any]] = field(default_factory=list)
    partitions: dict[str, dict[str, Any]] = field(default_factory=dict)
    rules: list[dict[str, Any]] = field(default_factory=list)
    ids: dict[str, dict[str, str]] = field(default_factory=dict)
    """By partition and moss's id of an environment: the id that it has here."""
    notes: list[str] = field(default_factory=list)
    """What is not carried over, each with what to do."""

    def add_to(self, policy: dict[str, Any]) -> None:
        """Put it into the site's policy, beside what the site has given to `configure`.

        Raises
        ------
        ConfigurationError
            Both name an environment by the same id.
        """
        taken = {environment["id"] for environment in self.environments}
        for environment in policy["environments"]:
            if environment["id"] in taken:
                raise wrong("environments", environment, f"{OPTION} has an environment of this id.")
        policy["environments"] = [*self.environments, *policy["environments"]]
        policy["partitions"] = {**self.partitions, **policy["partitions"]}
        # moss offers these partitions, whatever else the cluster has.
        policy["onlyPartitions"] = list(policy["partitions"])
        # The first rule that speaks of a thing decides it: the site's own stand before.
        policy["rules"] = [*policy.get("rules", []), *self.rules]
        # Who used moss could give any option to sbatch; here all but those that the plan sets.
        policy["allow"] = {"extraOptions": True, **policy.get("allow", {})}


def read_partitions(value: object) -> MossPolicy:
    """Read the partitions, as jupyterhub_moss 10 documents them.

    In moss an environment's id belongs to its partition, here to the site: the same software
    under the same id is one environment of several partitions, other software of the same id
    gets an id of its own, `<id>@<partition>`; `ids` knows both.

    Raises
    ------
    ConfigurationError
        Something is not as moss would take it.
    """
    if not isinstance(value, Mapping) or not value:
        raise wrong(OPTION, value, "it must be a dictionary by name of partition.")
    policy = MossPolicy()
    for name, given in value.items():
        at = f"{OPTION}[{name!r}]"
        partition = _partition(at, given)
        policy.partitions[name] = {
            "title": partition.get("description") or name,
            "simple": partition.get("simple", True),
            **_filled(partition, "architecture"),
        }
        policy.rules.extend(_limits(name, partition, policy.notes))
        policy.ids[name] = {
            moss_id: _add_environment(policy, name, moss_id, environment)
            for moss_id, environment in partition["jupyter_environments"].items()
        }
    _tell_apart(policy.environments)
    return policy


def _partition(at: str, given: object) -> dict[str, Any]:
    fields = {
        "description": _any_text,
        "architecture": _any_text,
        "simple": _boolean,
        "gpu": _any_text,
        "max_ngpus": lambda option, item: whole_number(option, item, 0, 1_000_000),
        "max_nprocs": lambda option, item: whole_number(option, item, 1, 1_000_000),
        "max_runtime": lambda option, item: whole_number(option, item, 1, 2**31),
        "jupyter_environments": _environments,
    }
    return record(at, given, fields, {"jupyter_environments"})


def _environments(at: str, given: object) -> dict[str, dict[str, Any]]:
    if not isinstance(given, Mapping) or not given:
        raise wrong(at, given, "it must be a dictionary of at least one environment by its id.")
    fields = {
        "description": text,
        "path": _any_text,
        "modules": _any_text,
        "add_to_path": _boolean,
        "prologue": _any_text,
    }
    environments = {}
    for moss_id, item in given.items():
        environment = record(f"{at}[{moss_id!r}]", item, fields, {"description"})
        if not environment.get("path") and not environment.get("modules"):
            raise wrong(f"{at}[{moss_id!r}]", item, "it needs a path or modules.")
        environments[str(moss_id)] = environment
    return environments


def _limits(name: str, partition: Mapping[str, Any], notes: list[str]) -> list[dict[str, Any]]:
    limits: dict[str, Any] = {}
    if "max_nprocs" in partition:
        limits["maxCores"] = partition["max_nprocs"]
    if "max_ngpus" in partition:
        limits["maxGpus"] = partition["max_ngpus"]
    if "max_runtime" in partition:
        limits["maxMinutes"] = max(1, partition["max_runtime"] // 60)
    template = partition.get("gpu")
    if template == "":
        limits["maxGpus"] = 0
    elif template is not None:
        match = _GPU_TEMPLATE.fullmatch(template)
        if match is None:
            notes.append(
                f"{OPTION}[{name!r}]['gpu'] is {template!r}, which is not gpu:<type>:{{}}: "
                "GPUs of this partition are asked for as Slurm names them. Remove it, or give "
                "what it adds by c.MOSlurmSpawner.req_options."
            )
        elif match["type"]:
            limits["gpuType"] = match["type"]
    return [{"partitions": [name], **limits}] if limits else []


def _add_environment(
    policy: MossPolicy, partition: str, moss_id: str, given: Mapping[str, Any]
) -> str:
    path = given.get("path", "")
    if path:
        path = absolute_path(f"{OPTION}[{partition!r}]…[{moss_id!r}]['path']", path)
    software = {
        "name": given["description"].strip(),
        **({"image" if path.endswith(".sif") else "path": path} if path else {}),
        "addToPath": given.get("add_to_path", True),
        **({"modules": given["modules"].split()} if given.get("modules", "").split() else {}),
        **_filled(given, "prologue"),
    }
    plain = re.sub(r"[^A-Za-z0-9_.+-]+", "-", moss_id).lstrip("-.+") or "environment"
    for environment in policy.environments:
        same = {key: environment.get(key) for key in ("id", *software)}
        if environment["id"].split("@")[0] == plain and same == {"id": same["id"], **software}:
            environment["partitions"].append(partition)
            return str(environment["id"])
    taken = {environment["id"] for environment in policy.environments}
    own_id = plain if plain not in taken else f"{plain}@{partition}"
    policy.environments.append(
        {"id": own_id, "description": "", **software, "partitions": [partition]}
    )
    return own_id


def _tell_apart(environments: list[dict[str, Any]]) -> None:
    """Say where an environment is, if others have its name."""
    names = [environment["name"] for environment in environments]
    for environment in environments:
        if names.count(environment["name"]) > 1:
            environment["description"] = f"On {', '.join(environment['partitions'])}"


def _filled(given: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {key: given[key]} if given.get(key) else {}


def _any_text(option: str, value: object) -> str:
    return text(option, value, r"(?s).*")


def _boolean(option: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise wrong(option, value, "it must be True or False.")
    return value
