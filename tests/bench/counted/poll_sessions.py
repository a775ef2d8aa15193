"""Polls sessions as a hub does, without being one: the spawners are real, their users are not.

Run by the Python of a hub, until it is killed: `poll_sessions.py SETTINGS`, JSON with `spawner`
(module:class), `config` (traits by section), `jobs` (ids) and `user` (the account that they
belong to). Every session is polled at its own moment, then at every poll interval of the hub's
default, 30 s: twice a minute, as when sessions were started at different times.
"""

import asyncio
import json
import sys
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from traitlets.config import Config

INTERVAL = 30.0


def make_spawner(settings: dict[str, Any], job_id: str) -> Any:
    module, name = settings["spawner"].split(":")
    user = SimpleNamespace(
        name=settings["user"], escaped_name=settings["user"], url="/user/x/", settings={}
    )
    hub = SimpleNamespace(base_url="/hub/", public_host="", api_url="http://127.0.0.1:1/hub/api")
    spawner = getattr(import_module(module), name)(
        user=user, hub=hub, config=Config(settings["config"]), poll_interval=INTERVAL
    )
    spawner.load_state({"job_id": job_id, "job_status": ""})
    return spawner


async def watch(spawner: Any, after: float) -> None:
    await asyncio.sleep(after)
    spawner.start_polling()
    if await spawner.poll() is not None:
        print(f"problem: {spawner.job_id} is said to have ended: {spawner.job_status!r}")


async def main() -> None:
    settings = json.loads(sys.argv[1])
    spawners = [make_spawner(settings, job_id) for job_id in settings["jobs"]]
    print("ready", flush=True)
    watches = (
        watch(spawner, index * INTERVAL / len(spawners)) for index, spawner in enumerate(spawners)
    )
    await asyncio.gather(*watches)
    await asyncio.Event().wait()


asyncio.run(main())
