"""Work beside the data: real HDF5 files, a real Jupyter server, real processes."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
from beamtime_lab.beside.handlers import ARRAY_HEADER
from beamtime_lab.beside.pool import Pool
from beamtime_lab.beside.problems import Problem
from h5py import h5d, h5p, h5s, h5t

from .conftest import Site
from .jupyter import Answer, Jupyter

RAW = "Experiments/MA-5127-BX11/raw"
FRAMES = np.arange(6 * 40 * 60, dtype="<u4").reshape(6, 40, 60)


@pytest.fixture(scope="module")
def lab(shared: tuple[Site, Jupyter]) -> Iterator[tuple[Path, Jupyter]]:
    """The folder of raw data, and the server."""
    site, server = shared
    raw = site.data / "ma5127/raw"
    with h5py.File(raw / "part.h5", "w") as file:
        file["frames"] = FRAMES
        file["frames"].attrs["units"] = "counts"
    with h5py.File(raw / "master.h5", "w") as file:
        entry = file.create_group("entry")
        entry.attrs["NX_class"] = "NXentry"
        entry.attrs["size"] = np.array([1, 2], "<u8")
        entry.attrs["large"] = np.arange(1000)
        entry.attrs["fixed"] = np.array([b"x", b"yy"])
        entry.attrs["odd"] = np.uint64(2**63)
        entry["external"] = h5py.ExternalLink("part.h5", "/frames")
        entry["soft"] = h5py.SoftLink("/entry/external")
        entry["broken"] = h5py.SoftLink("/nothing")
        entry["gone"] = h5py.ExternalLink("gone.h5", "/data")
        entry["circle"] = h5py.SoftLink("/entry/circle")
        entry["title"] = "A scan"
        entry["noise"] = np.where(np.arange(1000) == 437, 9.0, np.sin(np.arange(1000)))
        layout = h5py.VirtualLayout(FRAMES.shape, "<u4")
        layout[:] = h5py.VirtualSource("part.h5", "frames", FRAMES.shape)
        entry.create_virtual_dataset("virtual", layout)
        many = file.create_group("many")
        for number in range(3000):
            many.create_group(f"g{number:04}")
    yield raw, server


def ask(server: Jupyter, operation: str, path: str, **more: Any) -> Answer:
    body = {"file": f"{RAW}/master.h5", "path": path, **more}
    return server.ask(f"beamtime/hdf5/{operation}", method="POST", body=body)


def entity(server: Jupyter, path: str) -> Any:
    answer = ask(server, "entities", path, paths=[path, "/nothing"]).json()
    assert answer[1] is None
    return answer[0]


def array(answer: Answer) -> np.ndarray:
    assert answer.status == 200, answer.body
    meta = json.loads(answer.headers[ARRAY_HEADER])
    return np.frombuffer(answer.body, meta["dtype"]).reshape(meta["shape"])


def failure(answer: Answer) -> Any:
    assert answer.status == 422, answer.body
    return answer.json()["failure"]


def test_the_top_comes_with_what_its_default_leads_to(lab: tuple[Path, Jupyter]) -> None:
    raw, server = lab
    with h5py.File(raw / "defaults.h5", "w") as file:
        file.attrs["default"] = "entry"
        file.create_group("entry/data").attrs["default"] = "nowhere"
        file["entry"].attrs["default"] = "/entry/data"
        file.create_group("turn").attrs["default"] = "/"
    body = {"file": f"{RAW}/defaults.h5"}

    def opened() -> list[str]:
        answer = server.ask("beamtime/hdf5/opening", method="POST", body=body)
        return [each["path"] for each in answer.json()]

    assert opened() == ["/", "/entry", "/entry/data"]
    with h5py.File(raw / "defaults.h5", "a") as file:
        file.attrs["default"] = "turn"
    assert opened() == ["/", "/turn"] * 5


def test_a_group_is_listed_with_what_its_links_lead_to(lab: tuple[Path, Jupyter]) -> None:
    group = entity(lab[1], "/entry")
    assert group["attributes"][0]["name"] == "NX_class"
    values = {each["name"]: each.get("value") for each in group["attributes"]}
    small = {"NX_class": "NXentry", "size": [1, 2], "fixed": ["x", "yy"]}
    assert values == {**small, "large": None, "odd": None}
    children = {child["name"]: child for child in group["children"]}
    soft = children["soft"]
    assert (soft["kind"], soft["path"], soft["dims"]) == ("dataset", "/entry/soft", [6, 40, 60])
    assert soft["type"] == {"class": "integer", "bits": 32, "signed": False, "littleEndian": True}
    assert children["virtual"]["sources"] == [{"file": "part.h5", "path": "frames"}]
    assert children["title"]["type"]["class"] == "string"
    for name in ("broken", "circle"):
        assert children[name]["kind"] == "unresolved"
    gone = {"class": "External", "file": "gone.h5", "path": "/data"}
    assert children["gone"]["link"] == gone


def test_thousands_of_groups_and_the_paths_of_all(lab: tuple[Path, Jupyter]) -> None:
    children = entity(lab[1], "/many")["children"]
    assert [len(children), children[17]] == [
        3000,
        {
            "name": "g0017",
            "path": "/many/g0017",
            "kind": "group",
            "attributes": [],
            "children": None,
        },
    ]
    found = ask(lab[1], "paths", "/").json()
    assert found["complete"] and "/many/g2999" in found["paths"] and "/entry/soft" in found["paths"]


@pytest.mark.parametrize("name", ["external", "soft", "virtual"])
def test_a_profile_through_a_stack(lab: tuple[Path, Jupyter], name: str) -> None:
    answer = ask(lab[1], "value", f"/entry/{name}", selection=":,7,9")
    np.testing.assert_array_equal(array(answer), FRAMES[:, 7, 9])


def test_a_reduced_picture_has_values_of_the_data(lab: tuple[Path, Jupyter]) -> None:
    answer = ask(lab[1], "picture", "/entry/soft", selection="2,:,:", longest=20)
    np.testing.assert_array_equal(array(answer), FRAMES[2, ::3, ::3])
    meta = json.loads(answer.headers[ARRAY_HEADER])
    assert (meta["step"], meta["full"]) == (3, [40, 60])


def test_an_overview_of_a_line_keeps_its_extremes(lab: tuple[Path, Jupyter]) -> None:
    asked = {"selection": ":", "start": 0, "stop": 1000, "points": 50}
    extremes = array(ask(lab[1], "line", "/entry/noise", **asked))
    assert extremes.shape == (50, 2)
    assert extremes.max() == 9.0
    assert extremes[437 // 20, 1] == 9.0
    whole = array(ask(lab[1], "line", "/entry/noise", **{**asked, "start": 430, "stop": 440}))
    assert whole.shape == (10, 2) and whole[7, 0] == 9.0


@pytest.mark.parametrize(
    ("path", "selection", "words"),
    [
        ("/entry/title", "", "numbers"),
        ("/entry", "", "not a dataset"),
        ("/entry/nothing", "", "nothing"),
        ("/entry/soft", "6,:,:", "outside"),
        ("/entry/soft", "-1,:,:", "outside"),
        ("/entry/soft", "1,1", "axes"),
        ("/entry/circle", ":", "circle"),
    ],
)
def test_what_cannot_be_read_is_said(
    lab: tuple[Path, Jupyter], path: str, selection: str, words: str
) -> None:
    problem = failure(ask(lab[1], "value", path, selection=selection))
    assert problem["kind"] == "unreadable" and words in problem["detail"]


def test_the_server_says_whether_it_can_work(lab: tuple[Path, Jupyter]) -> None:
    assert lab[1].ask("beamtime/hdf5").json() == {"available": True}


def test_wrong_requests_are_refused(lab: tuple[Path, Jupyter]) -> None:
    for operation, body in [
        ("value", {"file": f"{RAW}/master.h5", "path": "/entry/soft"}),
        ("line", {"file": "x", "path": "/", "selection": ":", "start": 0, "stop": 1, "points": 0}),
        ("entities", []),
        ("entities", {"file": "x", "paths": [1]}),
        ("entities", {"file": "x", "paths": ["/"] * 501}),
    ]:
        answer = lab[1].ask(f"beamtime/hdf5/{operation}", method="POST", body=body)
        assert answer.status == 400, answer.body
    assert lab[1].ask("beamtime/hdf5/run", method="POST", body={}).status == 404
    unknown = lab[1].ask("beamtime/hdf5/entities", method="POST", body={}, signed_in=False)
    assert unknown.status == 403


def external_link(file: h5py.File, out: Path) -> None:
    file["data"] = h5py.ExternalLink(str(out / "secret.h5"), "/secret")


def link_to_fifo(file: h5py.File, out: Path) -> None:
    os.mkfifo(Path(file.filename).parent / "fifo.h5")
    file["data"] = h5py.ExternalLink("fifo.h5", "/secret")


def symlink(file: h5py.File, out: Path) -> None:
    (Path(file.filename).parent / "link.h5").symlink_to(out / "secret.h5")
    file["data"] = h5py.ExternalLink("link.h5", "/secret")


def raw_storage(file: h5py.File, out: Path) -> None:
    external = [(str(out / "secret.txt"), 0, 6)]
    file.create_dataset("data", (6,), "u1", external=external)


def raw_storage_upwards(file: h5py.File, out: Path) -> None:
    external = [("../../../outside/secret.txt", 0, 6)]
    file.create_dataset("data", (6,), "u1", external=external)


def _virtual(file: h5py.File, source: str, name: str = "/secret") -> None:
    layout = h5py.VirtualLayout((6,), "u1")
    layout[:] = h5py.VirtualSource(source, name, (6,))
    file.create_virtual_dataset("data", layout)


def virtual(file: h5py.File, out: Path) -> None:
    _virtual(file, str(out / "secret.h5"))


def virtual_over_a_link(file: h5py.File, out: Path) -> None:
    with h5py.File(Path(file.filename).parent / "between.h5", "w") as between:
        between["secret"] = h5py.ExternalLink(str(out / "secret.h5"), "/secret")
    _virtual(file, "between.h5")


def virtual_of_itself(file: h5py.File, out: Path) -> None:
    _virtual(file, ".", "/data")


def virtual_in_a_circle(file: h5py.File, out: Path) -> None:
    with h5py.File(Path(file.filename).parent / "other.h5", "w") as other:
        _virtual(other, Path(file.filename).name, "/data")
    _virtual(file, "other.h5", "/data")


def virtual_pattern(file: h5py.File, out: Path) -> None:
    # `%b`: a file for each block of six, as many as there are.
    endless = h5s.create_simple((6,), (h5s.UNLIMITED,))
    endless.select_hyperslab((0,), (h5s.UNLIMITED,), (6,), (6,))
    created = h5p.create(h5p.DATASET_CREATE)
    created.set_virtual(endless, f"{out}/secret%b.h5".encode(), b"/secret", h5s.create_simple((6,)))
    h5d.create(file.id, b"data", h5t.NATIVE_UINT8, endless, created)


@pytest.mark.parametrize(
    "make",
    [
        external_link,
        link_to_fifo,
        symlink,
        raw_storage,
        raw_storage_upwards,
        virtual,
        virtual_over_a_link,
        virtual_of_itself,
        virtual_in_a_circle,
        virtual_pattern,
    ],
)
def test_hostile_files_show_nothing_and_kill_nothing(
    lab: tuple[Path, Jupyter], make: Callable[[h5py.File, Path], None]
) -> None:
    raw, server = lab
    out = raw.parents[2] / "outside"
    with h5py.File(out / "secret.h5", "w") as secret:
        secret["secret"] = np.frombuffer(b"SECRET", "u1")
    name = f"{make.__name__}.h5"
    with h5py.File(raw / name, "w") as file:
        make(file, out)
    body = {"file": f"{RAW}/{name}", "path": "/data", "selection": ":"}
    answer = server.ask("beamtime/hdf5/value", method="POST", body=body)
    assert failure(answer)["kind"] in ("forbidden", "unreadable"), answer.body
    asked = {**body, "paths": ["/", "/data"]}
    listing = server.ask("beamtime/hdf5/entities", method="POST", body=asked)
    assert listing.status == 200
    assert b"SECRET" not in answer.body + listing.body


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"", "not-hdf5"), (b"no HDF5", "not-hdf5"), (b"\x89HDF\r\n\x1a\n", "unreadable")],
)
def test_damaged_files(lab: tuple[Path, Jupyter], content: bytes, kind: str) -> None:
    (lab[0] / "damaged.h5").write_bytes(content)
    body = {"file": f"{RAW}/damaged.h5", "paths": ["/"]}
    assert failure(lab[1].ask("beamtime/hdf5/entities", method="POST", body=body))["kind"] == kind


def test_a_writer_may_open_the_file_meanwhile(lab: tuple[Path, Jupyter]) -> None:
    raw, server = lab
    path = raw / "written.h5"
    for number in range(3):
        with h5py.File(path, "a") as file:
            file[f"scan{number}"] = np.full(4, number)
            file.flush()
            body = {"file": f"{RAW}/written.h5", "path": f"/scan{number}", "selection": ":"}
            got = array(server.ask("beamtime/hdf5/value", method="POST", body=body))
            np.testing.assert_array_equal(got, [number] * 4)


def test_a_file_that_is_being_written_is_seen_as_it_grows(lab: tuple[Path, Jupyter]) -> None:
    raw, server = lab
    path = raw / "live.h5"
    with h5py.File(path, "w", libver="latest") as file:
        data = file.create_dataset("data", (1, 4), maxshape=(None, 4), chunks=(1, 4), dtype="f4")
        file.swmr_mode = True
        for number in range(1, 4):
            data.resize(number, 0)
            data[number - 1] = number
            data.flush()
            body = {"file": f"{RAW}/live.h5", "path": "/data", "selection": ":,0"}
            got = array(server.ask("beamtime/hdf5/value", method="POST", body=body))
            np.testing.assert_array_equal(got, np.arange(1, number + 1))


def children() -> list[int]:
    """The processes beside the data; a child that has not become one yet has our own name."""
    found = []
    for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
        with contextlib.suppress(OSError):  # It has just ended.
            if b"lab.beside" in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.append(int(pid))
    return found


async def eventually(condition: Callable[[], bool]) -> None:
    end = asyncio.get_running_loop().time() + 20
    while not condition():
        assert asyncio.get_running_loop().time() < end
        await asyncio.sleep(0.01)


@pytest.fixture
def file(tmp_path: Path) -> dict[str, Any]:
    with h5py.File(tmp_path / "a.h5", "w") as made:
        made["a"] = np.arange(5)
    return {"operation": "value", "file": "a.h5", "path": "/a", "selection": ":", "hidden": False}


def pool(folder: Path, **more: float) -> Pool:
    return Pool(folder, (), list, **more)


async def test_a_warm_process_is_used(tmp_path: Path, file: dict[str, Any]) -> None:
    mine = pool(tmp_path)
    await mine.warm()
    await eventually(lambda: len(children()) == 1)
    warm = children()
    await mine.ask(file)
    assert children() == warm
    await mine.close()


async def test_a_process_that_hangs_is_killed(tmp_path: Path, file: dict[str, Any]) -> None:
    mine = pool(tmp_path, deadline=30)
    await mine.ask(file)
    (hung,) = children()
    os.kill(hung, signal.SIGSTOP)
    mine._deadline = 0.2
    with pytest.raises(Problem) as problem:
        await mine.ask(file)
    assert "longer than" in problem.value.body["detail"]
    mine._deadline = 30
    assert (await mine.ask(file)).meta["ok"]["shape"] == [5]
    await mine.close()


async def test_a_process_that_dies_is_replaced(tmp_path: Path, file: dict[str, Any]) -> None:
    mine = pool(tmp_path)
    await mine.ask(file)
    (pid,) = children()
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(Problem) as problem:
        await mine.ask(file)
    assert problem.value.body["kind"] == "crashed"
    assert (await mine.ask(file)).meta["ok"]["shape"] == [5]
    await mine.close()


async def test_work_that_nobody_waits_for_is_stopped(tmp_path: Path, file: dict[str, Any]) -> None:
    mine = pool(tmp_path)
    await mine.ask(file)
    (pid,) = children()
    os.kill(pid, signal.SIGSTOP)
    work = asyncio.ensure_future(mine.ask(file))
    await asyncio.sleep(0)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    await eventually(lambda: pid not in children())
    await mine.close()


async def test_an_idle_process_ends(tmp_path: Path, file: dict[str, Any]) -> None:
    mine = pool(tmp_path, idle=0.05)
    await mine.ask(file)
    await eventually(lambda: not children())
