#!/usr/bin/env python3
"""Makes the sample facility's data and catalogue below a folder.

    make_data.py ROOT [--force] [--offline-file FILE]
        [--owner-user U --owner-group G | --unix-groups --users "alice bob"]

    ROOT/catalogue.json                       the embedded catalogue
    ROOT/data/<instrument>/<proposal>/raw         can only be read
    ROOT/data/<instrument>/<proposal>/processed   for results; has a notebook

What the facility is lies in facility.json. A second run makes what is missing, and
writes the catalogue anew; what others put into `processed` always stays.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import catalogue
import live
import nexus
from access import Access, Refusal, group_access, own_result, remove_sealed, seal, shared_access
from catalogue import Json, folder_of
from nexus import Header
from notebook import first_look

if TYPE_CHECKING:
    from importlib.abc import Traversable

HERE = Path(__file__).resolve().parent
WRITERS: dict[str, Callable[..., Any]] = {
    "rings": nexus.write_rings,
    "powder": nexus.write_powder,
    "sans": nexus.write_sans,
    "scan": nexus.write_scan,
    "tomography": nexus.write_tomography,
}


def header_of(experiment: Json, dataset: Json) -> Header:
    """Give what the dataset's files say of themselves."""
    return Header(
        title=f"{experiment['title']}: {dataset['name']}",
        proposal=experiment["proposal"],
        instrument=experiment["instrument"],
        sample=dataset.get("sample", ""),
        start=dataset["start"],
        neutrons=experiment["instrument"].startswith("SANS"),
    )


def write_dataset(folder: Path, experiment: Json, dataset: Json) -> None:
    """Write the files of one dataset."""
    make = dict(dataset["make"])
    kind, path = make.pop("kind"), folder / make.pop("file")
    path.parent.mkdir(parents=True, exist_ok=True)
    header = header_of(experiment, dataset)
    if kind == "chopper":
        path.write_bytes(measured_file().read_bytes())
    elif kind == "live":
        # So that the catalogued file is there before the first measurement runs.
        live.write_live(path, header, 3, 1, lambda _: False)
    else:
        seed = int.from_bytes(hashlib.sha256(str(dataset["id"]).encode()).digest()[:4], "big")
        WRITERS[kind](path, header, seed=seed, **make)


def measured_file() -> Traversable:
    """Find chopper.nxs in the installed package nexusformat.

    Raises
    ------
    Refusal
        The package is not installed beside this Python, or has no such file.
    """
    try:
        file = resources.files("nexusformat") / "examples" / "chopper.nxs"
    except ModuleNotFoundError:
        file = None
    if file is None or not file.is_file():
        raise Refusal(
            "chopper.nxs is missing: it comes with the Python package nexusformat, which "
            f"{sys.executable} does not have. Install it: {sys.executable} -m pip install "
            "nexusformat"
        )
    return file


def make_raw(folder: Path, experiment: Json, version: str, force: bool) -> bool:
    """Make the raw data if they are missing, incomplete or of another version."""
    raw, stamp = folder / "raw", folder / ".sample-data"
    whole = all((folder / dataset["make"]["file"]).is_file() for dataset in experiment["datasets"])
    if whole and not force and stamp.is_file() and stamp.read_text() == version:
        return False
    folder.chmod(0o755)
    stamp.unlink(missing_ok=True)
    remove_sealed(raw)
    for dataset in experiment["datasets"]:
        write_dataset(folder, experiment, dataset)
    # Last: whoever interrupts this finds it made again the next time.
    stamp.write_text(version)
    return True


def make_experiment(root: Path, experiment: Json, access: Access, version: str, force: bool) -> int:
    """Make one experiment's folder; gives how many datasets were written."""
    folder = folder_of(root, experiment)
    processed, book = folder / "processed", folder / "processed" / "first-look.ipynb"
    for path in (folder.parent, folder, processed):
        path.mkdir(parents=True, exist_ok=True)
    folder.parent.chmod(0o755)
    made = make_raw(folder, experiment, version, force)
    if force or not (book.is_symlink() or book.exists()):
        # Written where users cannot write and then moved: through a link that one of them
        # has put there, root would write anywhere.
        fresh = folder / ".first-look.new"
        fresh.write_text(first_look(experiment), encoding="utf-8")
        own_result(fresh, access)
        fresh.replace(book)
    seal(folder, access)
    return len(experiment["datasets"]) if made else 0


def version_of_data() -> str:
    """Give a text that changes whenever the data would be made differently."""
    digest = hashlib.sha256()
    for name in ("facility.json", "make_data.py", "live.py", "nexus.py", "patterns.py"):
        digest.update((HERE / name).read_bytes())
    return digest.hexdigest()


def write_json(path: Path, content: Json) -> None:
    """Write a JSON file whole: a reader sees the old one or the new one."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    fresh.chmod(0o644)
    fresh.replace(path)


def access_of(experiment: Json, facility: Json, options: argparse.Namespace) -> Access:
    """Give the owners and modes for one experiment."""
    if not options.unix_groups:
        return shared_access(options.owner_user, options.owner_group)
    scientists = {i["name"]: i["scientists"] for i in facility["instruments"]}
    return group_access(experiment, options.users.split(), scientists[experiment["instrument"]])


def make_all(options: argparse.Namespace) -> None:
    """Make what the options ask for, and say what was made."""
    began, root = time.monotonic(), options.root.absolute()
    now = catalogue.now_utc()
    source = json.loads((HERE / "facility.json").read_text(encoding="utf-8"))
    facility = catalogue.resolve(source, now)
    measured_file()  # What can be missing is said before the work, not after.
    root.mkdir(parents=True, exist_ok=True)
    for path in (root, root / "data"):
        path.mkdir(exist_ok=True)
        path.chmod(0o755)
    version, made = version_of_data(), 0
    for experiment in facility["experiments"]:
        if experiment["datasets"]:
            access = access_of(experiment, facility, options)
            made += make_experiment(root, experiment, access, version, options.force)
        for dataset in experiment["datasets"]:
            if dataset["make"]["kind"] == "live":
                file = folder_of(root, experiment) / dataset["make"]["file"]
                header = asdict(header_of(experiment, dataset))
                write_json(root / "live.json", {"file": str(file), "header": header})
    embedded = catalogue.embedded(facility, root)
    write_json(root / "catalogue.json", embedded)
    if options.offline_file:
        options.offline_file.parent.mkdir(parents=True, exist_ok=True)
        write_json(options.offline_file, catalogue.offline(embedded, options.offline_login, now))
    seconds = time.monotonic() - began
    print(f"{made} datasets made in {seconds:.1f} s; catalogue: {root / 'catalogue.json'}")


def main() -> int:
    """Read the command line; gives the exit status."""
    parser = argparse.ArgumentParser(description="Makes the sample facility's data.")
    parser.add_argument("root", type=Path)
    parser.add_argument("--force", action="store_true", help="make everything anew")
    parser.add_argument("--owner-user", help="account that owns `processed`")
    parser.add_argument("--owner-group", help="group of `processed`")
    parser.add_argument("--unix-groups", action="store_true", help="a Unix group by experiment")
    parser.add_argument("--users", default="", help="logins that have an account here")
    parser.add_argument("--offline-file", type=Path, help="answers for a JupyterLab without a hub")
    parser.add_argument("--offline-login", default="alice", help="who these answers are for")
    os.umask(0o022)
    try:
        make_all(parser.parse_args())
    except Refusal as refusal:
        print(f"make_data.py: {refusal}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"make_data.py: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
