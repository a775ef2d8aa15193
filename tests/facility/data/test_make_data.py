"""The sample data as a whole: made once by the real program, then read as users would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import h5py
import hdf5plugin  # noqa: F401  # Registers the filters.
import numpy as np
import pytest

HERE = Path(__file__).parent
Catalogue = dict[str, Any]


def make(root: Path, *options: str) -> str:
    command = [sys.executable, str(HERE / "make_data.py"), str(root), *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def catalogue(root: Path) -> Catalogue:
    answer: Catalogue = json.loads((root / "catalogue.json").read_text())
    return answer


def files(catalogue: Catalogue) -> list[Path]:
    return [
        Path(experiment["dataPath"]) / file["relPath"]
        for experiment in catalogue["experiments"]
        for dataset in experiment["datasets"]
        for file in dataset["files"]
    ]


def raw_file(root: Path, name: str) -> Path:
    (found,) = (root / "data").rglob(name)
    return found


def opened(path: Path) -> h5py.File:
    return h5py.File(path, "r", locking=False, swmr="live" in path.parts)


def default_signal(file: h5py.File) -> tuple[h5py.Group, h5py.Dataset]:
    entry = file[file.attrs["default"]]
    data = entry[entry.attrs["default"]]
    return data, data[data.attrs["signal"]]


def test_has_six_experiments_and_more_on_three_instruments(catalogue: Catalogue) -> None:
    assert len(catalogue["experiments"]) >= 6
    names = {instrument["name"] for instrument in catalogue["instruments"]}
    assert names == {experiment["instrument"] for experiment in catalogue["experiments"]}
    assert len(names) == 3
    (bx11,) = (i for i in catalogue["instruments"] if i["name"] == "BX11")
    assert bx11["scientists"] == ["ines"]


def test_alice_and_bob_share_one_experiment(catalogue: Catalogue) -> None:
    of: dict[str, set[str]] = {"alice": set(), "bob": set()}
    for experiment in catalogue["experiments"]:
        for person in experiment["team"]:
            if person.get("login") in of:
                of[person["login"]].add(experiment["id"])
    assert len(of["alice"] & of["bob"]) == 1
    assert len(of["alice"] - of["bob"]) >= 2
    assert len(of["bob"] - of["alice"]) >= 2


def test_one_experiment_is_released_and_one_not_yet_measured(catalogue: Catalogue) -> None:
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    experiments = catalogue["experiments"]
    assert len([e for e in experiments if e.get("releaseAt", now) < now]) == 1
    (coming,) = (e for e in experiments if e["start"] > now)
    assert coming["datasets"] == []
    assert "dataPath" not in coming


def test_the_catalogue_names_what_is_there(catalogue: Catalogue) -> None:
    for experiment in catalogue["experiments"]:
        for dataset in experiment["datasets"]:
            assert "make" not in dataset
            assert dataset["bytes"] == sum(file["bytes"] for file in dataset["files"])
            for file in dataset["files"]:
                path = Path(experiment["dataPath"]) / file["relPath"]
                assert path.stat().st_size == file["bytes"]


def test_is_small(root: Path) -> None:
    assert sum(p.stat().st_size for p in root.rglob("*") if p.is_file()) < 150e6


def test_every_file_has_a_default_plot_with_axes_and_units(catalogue: Catalogue) -> None:
    plotted = [path for path in files(catalogue) if "_data_" not in path.name]
    assert len(plotted) >= 10
    for path in plotted:
        with opened(path) as file:
            data, signal = default_signal(file)
            assert signal.attrs["units"] == "counts", path
            assert len(data.attrs["axes"]) == signal.ndim, path
            for length, name in zip(signal.shape, data.attrs["axes"], strict=True):
                assert data[name].size in (length, length + 1), path
                assert data[name].attrs["units"], path
            values = signal[(0,) * max(0, signal.ndim - 2)]
            assert np.ptp(values) > 50, path


def test_frames_are_packed_with_gzip_and_with_bitshuffle(root: Path) -> None:
    with opened(raw_file(root, "S03_0001.nxs")) as file:
        assert default_signal(file)[1].compression == "gzip"
    with opened(raw_file(root, "S04_0001.nxs")) as file:
        filters = default_signal(file)[1].id.get_create_plist()
        assert filters.get_filter(0)[0] == 32008  # bitshuffle's registered number


def test_the_rings_show_the_strain(root: Path) -> None:
    """The innermost ring is wider along the strained direction near the crack's tip."""
    with opened(raw_file(root, "S03_0001.nxs")) as file:
        data, signal = default_signal(file)
        tip = int(np.argmin(np.abs(data["position"][:])))
        image = signal[tip - 1 : tip + 3].sum(axis=0).astype(float)
        centre = len(data["x"]) // 2
        up = np.argmax(image[centre + 100 : centre + 200, centre - 3 : centre + 3].sum(axis=1))
        right = np.argmax(image[centre - 3 : centre + 3, centre + 100 : centre + 200].sum(axis=0))
    assert up != right


def test_the_virtual_dataset_shows_its_parts(root: Path) -> None:
    master = raw_file(root, "col2_master.h5")
    with opened(master) as file:
        _, signal = default_signal(file)
        assert signal.is_virtual
        each = signal.shape[0] // 3
        for number, part in enumerate(file["entry/parts"].values()):
            assert part.file.filename != file.filename
            np.testing.assert_array_equal(part[0], signal[number * each])
        assert signal[-1].min() > 0  # A missing part would read as fill values.


def test_the_measured_file_is_the_packages_own(root: Path) -> None:
    import nexusformat

    examples = Path(nexusformat.__file__).parent / "examples"
    copied = raw_file(root, "chopper.nxs").read_bytes()
    assert copied == (examples / "chopper.nxs").read_bytes()


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    blocker = "import sys; sys.modules['nexusformat'] = None; "
    run = f"import runpy; sys.argv = ['x', {str(tmp_path)!r}]; "
    script = f"{blocker}sys.path.insert(0, {str(HERE)!r}); {run}"
    script += f"runpy.run_path({str(HERE / 'make_data.py')!r}, run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 1
    assert "pip install nexusformat" in done.stderr
    assert "Traceback" not in done.stderr


def test_raw_can_only_be_read(root: Path) -> None:
    for raw in (root / "data").glob("*/*/raw"):
        for path in (raw, *raw.rglob("*")):
            if "live" not in path.parts:
                assert not path.stat().st_mode & 0o222, path


def test_the_notebooks_run(root: Path) -> None:
    books = sorted((root / "data").glob("*/*/processed/first-look.ipynb"))
    assert len(books) == 6
    for book in books:
        cells = json.loads(book.read_text())["cells"]
        code = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
        code += "\nassert plt.get_fignums()"
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=book.parent,
            env={**os.environ, "MPLBACKEND": "Agg"},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{book}: {done.stderr}"


def test_a_second_run_makes_nothing_and_keeps_results(root: Path) -> None:
    frame = raw_file(root, "S03_0001.nxs")
    result = frame.parents[2] / "processed" / "result.txt"
    result.write_text("mine")
    made = frame.stat().st_mtime_ns
    assert make(root).startswith("0 datasets made")
    assert frame.stat().st_mtime_ns == made
    assert result.read_text() == "mine"


def test_a_link_in_processed_is_not_followed(root: Path, tmp_path: Path) -> None:
    book = raw_file(root, "S03_0001.nxs").parents[2] / "processed" / "first-look.ipynb"
    book.unlink()
    book.symlink_to(tmp_path / "elsewhere")
    make(root)
    assert not (tmp_path / "elsewhere").exists()
    book.unlink()
    make(root)
    assert json.loads(book.read_text())["nbformat"] == 4


def test_a_lost_file_is_made_again(root: Path) -> None:
    lost = raw_file(root, "scan_0001.nxs")
    lost.parent.chmod(0o755)
    lost.unlink()
    assert make(root).startswith("2 datasets made")
    assert lost.exists()
    assert not lost.parent.stat().st_mode & 0o222


def test_answers_for_a_lab_without_a_hub(root: Path, catalogue: Catalogue) -> None:
    answers = json.loads((root / "offline.json").read_text())
    page = answers["experiments"]
    assert [e["ref"]["source"] for e in page["items"]] == ["embedded"] * len(
        catalogue["experiments"]
    )
    by_id = {experiment["ref"]["id"]: experiment for experiment in page["items"]}
    visibility = {key: experiment["visibility"] for key, experiment in by_id.items()}
    assert visibility["e1"] == "member"
    assert visibility["e4"] == "staff"
    assert visibility["e6"] == "public"
    assert by_id["e6"]["people"] == []
    assert by_id["e1"]["people"][0]["pids"][0]["scheme"] == "orcid"
    datasets = answers["datasets"]["embedded:e4"]["items"]
    assert datasets[0]["files"][0]["name"] == "col2_master.h5"
    assert set(answers["datasets"]) == {f"embedded:{key}" for key in by_id}
