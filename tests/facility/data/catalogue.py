"""What the sample facility's catalogue says, from facility.json and the files that are there."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

Json = dict[str, Any]

SOURCE = "embedded"
"""Name of the catalogue in every reference."""


def instant(value: str | dict[str, int], now: datetime) -> str:
    """Give an ISO 8601 instant; `{"days", "hour"}` counts from the midnight before `now`."""
    if isinstance(value, str):
        return value
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    then = midnight + timedelta(days=value["days"], hours=value["hour"])
    return then.isoformat().replace("+00:00", "Z")


def resolve(facility: Json, now: datetime) -> Json:
    """Give facility.json with its relative times as instants, and `released` by experiment."""
    times = ("start", "end", "releaseAt")

    def fixed(record: Json) -> Json:
        return {k: instant(v, now) if k in times else v for k, v in record.items()}

    experiments = []
    for record in facility["experiments"]:
        experiment = fixed(record)
        experiment["datasets"] = [fixed(dataset) for dataset in record["datasets"]]
        release = experiment.get("releaseAt")
        experiment["released"] = (
            release is not None and datetime.fromisoformat(release.replace("Z", "+00:00")) <= now
        )
        experiments.append(experiment)
    return {**facility, "experiments": experiments}


def folder_of(root: Path, experiment: Json) -> Path:
    """Give the experiment's folder, which holds `raw` and `processed`."""
    name = "-".join(filter(None, [experiment["proposal"], experiment.get("visit", "")]))
    return root / "data" / str(experiment["instrument"]) / name


def files_of(folder: Path, dataset: Json) -> list[Json]:
    """Give the dataset's files with their sizes: a master file comes with its data files."""
    first = folder / str(dataset["make"]["file"])
    found = [first]
    if first.stem.endswith("_master"):
        stem = first.stem.removesuffix("_master")
        found += sorted(first.parent.glob(f"{stem}_data_*{first.suffix}"))
    return [
        {"relPath": str(file.relative_to(folder)), "bytes": file.stat().st_size} for file in found
    ]


def embedded(facility: Json, root: Path) -> Json:
    """Give the embedded catalogue: `facility` with paths, files and sizes filled in."""
    experiments = []
    for experiment in facility["experiments"]:
        record = {k: v for k, v in experiment.items() if k != "released"}
        folder = folder_of(root, experiment)
        if experiment["datasets"]:
            record["dataPath"] = str(folder)
        record["datasets"] = []
        for dataset in experiment["datasets"]:
            files = files_of(folder, dataset)
            kept = {k: v for k, v in dataset.items() if k != "make"}
            size = sum(file["bytes"] for file in files)
            record["datasets"].append({**kept, "bytes": size, "files": files})
        experiments.append(record)
    return {**facility, "experiments": experiments}


def offline(catalogue: Json, login: str, now: datetime) -> Json:
    """Give what the service would answer, for a JupyterLab without a hub.

    Everything is in it, so that a visitor sees all kinds of data: the experiments of
    `login` as a member's, released ones as everybody sees them, others as staff's.

    Returns
    -------
    `experiments`, an ExperimentPage of the contract, and `datasets`, a DatasetPage for
    each experiment's key.
    """
    as_of = now.isoformat(timespec="seconds").replace("+00:00", "Z")
    newest_first = sorted(catalogue["experiments"], key=lambda e: str(e["start"]), reverse=True)
    full_names = {i["name"]: i["fullName"] for i in catalogue["instruments"]}
    items = [_experiment(e, full_names, login, as_of) for e in newest_first]
    datasets = {
        f"{SOURCE}:{experiment['id']}": {
            "items": [_dataset(dataset) for dataset in experiment["datasets"]],
            "asOf": as_of,
        }
        for experiment in newest_first
    }
    page = {"items": items, "total": len(items), "asOf": as_of, "problems": []}
    return {"experiments": page, "datasets": datasets}


def _experiment(record: Json, full_names: dict[str, str], login: str, as_of: str) -> Json:
    plain = ("proposal", "visit", "title", "abstract", "start", "end", "releaseAt", "url")
    member = any(person.get("login") == login for person in record["team"])
    public = record.get("releaseAt", as_of) < as_of
    visibility = "member" if member else "public" if public else "staff"
    name = record["instrument"]
    answer: Json = {
        "ref": {"source": SOURCE, "id": record["id"]},
        **{key: record[key] for key in (*plain, "dataPath") if key in record},
        "instrument": {"name": name, "fullName": full_names[name]},
        "visibility": visibility,
        "people": [] if visibility == "public" else [_person(p) for p in record["team"]],
        "pids": [{"scheme": "doi", "value": record["doi"]}] if "doi" in record else [],
        "datasetCount": len(record["datasets"]),
        "bytes": sum(dataset["bytes"] for dataset in record["datasets"]),
    }
    return answer


def _person(record: Json) -> Json:
    kept = ("name", "login", "email", "affiliation", "role")
    pids = [{"scheme": "orcid", "value": record["orcid"]}] if "orcid" in record else []
    return {**{key: record[key] for key in kept if key in record}, "pids": pids}


def _dataset(record: Json) -> Json:
    files = [
        {"name": Path(file["relPath"]).name, "kind": _kind(file["relPath"]), **file}
        for file in record["files"]
    ]
    kept = {k: v for k, v in record.items() if k not in ("id", "files", "technique")}
    return {
        "ref": {"source": SOURCE, "id": record["id"]},
        "type": "raw",
        "techniques": [{"name": record["technique"]}] if "technique" in record else [],
        "pids": [],
        "hasThumbnail": False,
        **kept,
        "files": files,
    }


def _kind(name: str) -> str:
    return "hdf5" if name.endswith((".h5", ".nxs")) else "other"


def now_utc() -> datetime:
    """Give the present instant."""
    return datetime.now(timezone.utc)
