"""The page of a session that is being started."""

import json
import re
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from beamtime_hub import configure, waiting_page
from beamtime_hub.places import TEMPLATES
from beamtime_hub.slurm_words import Job
from beamtime_hub.waiting_page import add_waiting_page
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader
from jupyterhub._data import DATA_FILES_PATH
from traitlets.config import Config

OURS = str(TEMPLATES)
HUBS = str(Path(DATA_FILES_PATH) / "templates")


@pytest.mark.parametrize(
    ("there", "then"),
    [
        ([], [OURS]),
        (["/site"], ["/site", OURS]),
        (["/site", HUBS], ["/site", OURS, HUBS]),
        ([HUBS + "/"], [OURS, HUBS + "/"]),
    ],
)
def test_the_sites_templates_win_over_ours(there: list[str], then: list[str]) -> None:
    c = Config()
    if there:
        c.JupyterHub.template_paths = there
    add_waiting_page(c)
    assert c.JupyterHub.template_paths == then


def test_templates_that_were_added_come_before_ours() -> None:
    c = Config()
    c.JupyterHub.template_paths.append("/site")
    add_waiting_page(c)
    assert c.JupyterHub.template_paths == ["/site", OURS]


@pytest.mark.parametrize(
    ("allow", "limit", "told"),
    [(None, None, None), (False, 3, None), (True, 0, {"limit": None}), (True, 3, {"limit": 3})],
)
def test_the_service_knows_how_many_sessions_there_may_be(
    given: dict[str, Any], allow: bool | None, limit: int | None, told: object
) -> None:
    c = Config()
    if allow is not None:
        c.JupyterHub.allow_named_servers = allow
        c.JupyterHub.named_server_limit_per_user = limit
    configure(c, **given)
    [service] = c.JupyterHub.services.get_value([])
    assert json.loads(service["environment"]["BEAMTIME_CONFIG"])["namedSessions"] == told


def render(spawner: object, folder: Path) -> str:
    """Render the hub's page of a start as the hub does."""
    environment = Environment(
        loader=ChoiceLoader(
            [
                PrefixLoader({"templates": FileSystemLoader([HUBS])}, "/"),
                FileSystemLoader([str(folder), OURS, HUBS]),
            ]
        ),
        autoescape=True,
    )
    page = environment.get_template("spawn_pending.html")
    return page.render(
        spawner=spawner,
        user=SimpleNamespace(name="mia", json_escaped_name="mia", spawner=spawner),
        progress_url="/hub/api/users/mia/server/progress?_xsrf=1&a=b",
        base_url="/hub/",
        static_url=lambda path, **_: path,
        no_spawner_check=True,
    )


def test_the_page_has_our_steps_and_the_hubs_own(
    local: Any, built: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("WAITING_SCRIPT", "WAITING_STYLE"):
        monkeypatch.setattr(waiting_page, name, built / name.lower())
    local.orm_spawner = SimpleNamespace(display_name="</script>&", name="", server=None)
    local.plan = {"summary": "4 cores.", "experiments": [{"slug": "MA-5127-BX11"}]}
    page = render(local, folder)
    assert "Your server is starting up." in page
    assert "EventSource" in page
    [text] = re.findall(r'id="beamtime-waiting-data">(.*?)</script>', page)
    assert json.loads(text) == {
        "base_url": "/hub/",
        "progress_url": "/hub/api/users/mia/server/progress?_xsrf=1&a=b",
        "user": "nobody",
        "server": "",
        "title": "</script>&",
        "on_cluster": False,
        "asked_at": None,
        "summary": "4 cores.",
        "experiments": ["MA-5127-BX11"],
    }
    [script] = re.findall(r'<script type="module" src="([^"]+)"', page)
    assert re.fullmatch(r"/hub/beamtime/static/waiting_script\?v=[0-9a-f]{16}", script)


def test_another_spawner_has_the_hubs_page_alone(folder: Path) -> None:
    page = render(SimpleNamespace(name=""), folder)
    assert "Your server is starting up." in page
    assert "beamtime-waiting" not in page


def test_a_sites_own_page_is_shown(folder: Path) -> None:
    (folder / "spawn_pending.html").write_text("Please wait at the site.")
    assert render(SimpleNamespace(name=""), folder) == "Please wait at the site."


@pytest.mark.parametrize(
    ("job", "step"),
    [
        (
            Job("PENDING", "Priority", datetime(2026, 11, 21, 13, 20, tzinfo=timezone.utc)),
            {"step": "waiting", "why": "other jobs come first", "slurm": "Priority"},
        ),
        (Job("PENDING", "Nobody,knows"), {"why": "", "slurm": "Nobody,knows", "start": None}),
        (
            Job("RUNNING", node="gpu01"),
            {"step": "starting", "node": "gpu01", "slurm": "", "start": None},
        ),
        (Job("CONFIGURING", node="gpu01"), {"step": "starting"}),
    ],
)
def test_tells_the_step_of_a_job_in_parts(job: Job, step: dict[str, object]) -> None:
    told = job.step("7")
    assert told["job"] == "7"
    assert {key: told[key] for key in step} == step
    if job.start:
        assert datetime.fromisoformat(str(told["start"])) == job.start
