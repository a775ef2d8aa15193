"""A link to the spawn page, in a real hub: it fills the form, and starts only where it may."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from beamtime_hub import BeamtimeSlurmSpawner
from beamtime_hub.links import wish_of_link
from hub_client import boot_data, free_port, wait_for
from hub_process import Hub, start_hub

LINK = "partition=cpu&nprocs=2&runtime=1:00:00&experiments=embedded:1,embedded:2"
WISH = {
    "partition": "cpu",
    "nprocs": 2,
    "runtime": "1:00:00",
    "experiments": ["embedded:1", "embedded:2"],
}


@pytest.fixture
def hub_with(folder: Path) -> Iterator[Callable[..., Hub]]:
    started: list[Any] = []

    def start(**options: object) -> Hub:
        port = free_port()
        process = start_hub(folder, port, **options)
        started.append(process)
        hub = Hub(folder, port)
        wait_for(lambda: "JupyterHub is now running" in (folder / "hub.log").read_text())
        return hub

    yield start
    for process in started:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


@pytest.mark.parametrize("mark", ["", "opt-"])
def test_a_link_fills_the_form_and_starts_nothing(hub_with: Callable[..., Hub], mark: str) -> None:
    hub = hub_with()
    browser = hub.browser("alice")
    link = "&".join(f"{mark}{part}" for part in LINK.split("&"))
    page = browser.get(f"{hub.url}/spawn?{link}", timeout=30)
    assert page.status_code == 200
    assert boot_data(page.text)["refused"] == {"options": WISH, "errors": []}
    assert hub.server("alice") == {}
    twice = browser.get(f"{hub.url}/spawn?{link}&{mark}nprocs=3", timeout=30)
    [error] = boot_data(twice.text)["refused"]["errors"]
    assert error["message"] == "The link gives nprocs 2 times. Give it once."
    # Without a link there is no wish.
    plain = browser.get(f"{hub.url}/spawn", timeout=30)
    assert boot_data(plain.text)["refused"] is None


def test_where_links_may_start_they_pass_the_same_checks(hub_with: Callable[..., Hub]) -> None:
    hub = hub_with(start_by_link=True)
    browser = hub.browser("alice")
    closed = LINK.replace("cpu", "closed")
    browser.get(f"{hub.url}/spawn/alice?{closed}", timeout=30)
    # In words on the form, or on the page of the progress where the machine is slow.
    wait_for(lambda: "closed is closed (down)." in (hub.folder / "hub.log").read_text())
    wait_for(lambda: hub.server("alice") == {})
    answer = browser.get(f"{hub.url}/spawn?{LINK}", timeout=30, allow_redirects=False)
    assert answer.status_code == 302
    assert "/spawn-pending/alice" in answer.headers["Location"] or hub.server("alice")


def test_after_a_refused_start_there_is_no_link(make_spawner: Callable[..., Any]) -> None:
    spawner = make_spawner(BeamtimeSlurmSpawner)
    spawner.handler = None
    assert wish_of_link(spawner) is None
    spawner.handler = SimpleNamespace(linked={"nprocs": ["2"]})
    assert wish_of_link(spawner) == {"options": {"nprocs": 2}, "errors": []}
