"""Every spawn passes the schema and the service, whoever asks and however."""

import asyncio
import json
import re
from types import SimpleNamespace
from typing import Any

import pytest
from beamtime_hub import service as service_module
from beamtime_hub.errors import Refused
from beamtime_hub.refusals import Refusals, refusals
from beamtime_hub.spawner import BeamtimeSpawner
from fake_service import FORM, PLAN, FakeService

GOOD = {"partition": "cpu", "nprocs": 4, "runtime": "4:00:00"}


async def boot_data(spawner: BeamtimeSpawner) -> dict[str, Any]:
    page = await spawner.get_options_form()
    match = re.search(r'id="beamtime-form-data">(.*?)</script>', page)
    assert match is not None
    data: dict[str, Any] = json.loads(match.group(1))
    return data


async def refusal(spawner: BeamtimeSpawner, options: dict[str, Any]) -> Refused:
    spawner.plan = None
    with pytest.raises(Refused) as caught:
        await spawner._run_apply_user_options(options)
    assert spawner.plan is None
    return caught.value


async def test_takes_over_an_accepted_plan(service: FakeService, slurm: Any) -> None:
    await slurm._run_apply_user_options(GOOD)
    assert slurm.plan == PLAN
    [query] = service.plans
    assert query["caller"]["name"] == "nobody"
    assert query["caller"]["groups"] == ["all", "bx11"]
    assert query["caller"]["unixGroups"]
    assert (query["server"], query["options"], query["starting"]) == ("", GOOD, True)


async def test_local_sessions_have_no_unix_groups(service: FakeService, local: Any) -> None:
    await local._run_apply_user_options(GOOD)
    assert service.plans[0]["caller"]["unixGroups"] is None


@pytest.mark.parametrize("options", [{}, {**GOOD, "cmd": "id"}, {**GOOD, "homedir": "/root"}])
async def test_does_not_trouble_the_service_with_nonsense(
    service: FakeService, slurm: Any, options: dict[str, Any]
) -> None:
    refused = await refusal(slurm, options)
    assert refused.status_code == 400
    assert refused.jupyterhub_message
    assert service.asked == []


async def test_keeps_the_choices_of_a_refused_plan_until_one_is_accepted(
    service: FakeService, slurm: Any, bundle: None
) -> None:
    errors = [{"field": "nprocs", "message": "At most 2."}]
    service.answers["plan"] = lambda query: (200, {"ok": False, "errors": errors})
    refused = await refusal(slurm, GOOD)
    assert (refused.status_code, refused.jupyterhub_message) == (400, "At most 2.")
    assert (await boot_data(slurm))["refused"] == {"options": GOOD, "errors": errors}
    service.answers["plan"] = lambda query: (200, PLAN)
    await slurm._run_apply_user_options(GOOD)
    assert (await boot_data(slurm))["refused"] is None


async def test_starts_nothing_while_the_service_is_away(slurm: Any, bundle: None) -> None:
    refused = await refusal(slurm, GOOD)
    assert refused.status_code == 503
    assert "Your choices are kept" in refused.jupyterhub_message
    data = await boot_data(slurm)
    assert data["form"] is None
    assert "does not answer" in data["problem"]
    assert data["refused"]["options"] == GOOD


async def test_asks_a_slow_service_twice_and_gives_up(
    service: FakeService, slurm: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_module.ServiceClient.ask, "__defaults__", (0.05,))
    service.delay = asyncio.Event()
    refused = await refusal(slurm, GOOD)
    service.delay.set()
    assert refused.status_code == 503
    assert len(service.plans) == 2


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (200, {"ok": True}),
        (200, "<html>"),
        (500, "oops"),
        (503, {"code": "unavailable", "message": "The cluster is not known yet."}),
        (200, {**PLAN, "batch": {**PLAN["batch"], "cmd": "id"}}),
    ],
)
async def test_an_answer_that_is_no_plan_starts_nothing(
    service: FakeService, slurm: Any, status: int, answer: object
) -> None:
    service.answers["plan"] = lambda query: (status, answer)
    assert (await refusal(slurm, GOOD)).status_code == 503


async def test_start_needs_a_plan(slurm: Any, local: Any) -> None:
    for spawner in (slurm, local):
        with pytest.raises(Refused, match="Nothing was checked"):
            await spawner.start()


async def test_a_new_spawn_forgets_the_plan_of_the_last(service: FakeService, slurm: Any) -> None:
    await slurm._run_apply_user_options(GOOD)
    slurm.clear_state()  # What the hub does first.
    assert slurm.plan is None


async def test_the_boot_data_cannot_leave_its_script_element(
    service: FakeService, slurm: Any, bundle: None
) -> None:
    page = await slurm.get_options_form()
    assert page.count("<!--") == 0
    assert page.count("</script>") == 2
    data = await boot_data(slurm)
    assert data == {
        "base_url": "/hub/",
        "server": "",
        "user": "nobody",
        "form": {**FORM, "sessions": None},
        "problem": None,
        "refused": None,
        "ended": None,
    }


async def test_tells_the_session_of_its_experiments(
    service: FakeService, slurm: Any, local: Any
) -> None:
    service.answers["plan"] = lambda query: (200, {**PLAN, "defaultUrl": "/lab/tree/{x}"})
    for spawner in (slurm, local):
        spawner.data_roots = ["/data", "/staging"]
        await spawner._run_apply_user_options(GOOD)
        env = spawner.get_env()
        assert json.loads(env["BEAMTIME_EXPERIMENTS"]) == PLAN["experiments"]
        assert json.loads(env["BEAMTIME_DATA_ROOTS"]) == ["/data", "/staging"]
        assert env["BEAMTIME_URL"] == "/services/beamtime/"
        assert env["JUPYTERHUB_DEFAULT_URL"] == "/lab/tree/{x}"


@pytest.mark.parametrize(
    ("base_url", "subdomain_host", "url"),
    [
        ("/hub/", "", "/services/beamtime/"),
        ("/jupyter/hub/", "", "/jupyter/services/beamtime/"),
        ("/hub/", "https://hub.org", "https://beamtime.hub.org/services/beamtime/"),
        ("/x/hub/", "http://hub.org:8000", "http://beamtime.hub.org:8000/x/services/beamtime/"),
    ],
)
def test_knows_where_browsers_find_the_service(
    slurm: Any, user: SimpleNamespace, base_url: str, subdomain_host: str, url: str
) -> None:
    slurm.hub.base_url = base_url
    user.settings.update(
        subdomain_host=subdomain_host,
        domain="hub.org",
        subdomain_hook=lambda name, domain, kind: f"{name}.{domain}",
    )
    assert slurm.service_url() == url


def test_an_admins_environment_is_not_overwritten(slurm: Any) -> None:
    slurm.environment = {"BEAMTIME_URL": "https://elsewhere/"}
    assert slurm.get_env()["BEAMTIME_URL"] == "https://elsewhere/"


def test_old_refusals_are_forgotten() -> None:
    now = 0.0
    kept = Refusals(lambda: now)
    kept.keep("alice", GOOD, [])
    now = 899.0
    assert kept.take("alice") is not None
    now = 901.0
    assert kept.take("alice") is None
    assert refusals.take("never refused") is None
