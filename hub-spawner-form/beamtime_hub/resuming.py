"""Goes on with the start of a session that a restart of the hub has interrupted.

The hub would poll the job, take it for a session that is up, wait `http_timeout` for it, and
cancel it. So at that poll the session's server is taken away, whereupon the hub leaves it
alone, and right after it the session is back in the state of being started.
"""

import asyncio
from typing import Any

from jupyterhub import orm
from jupyterhub.objects import Server
from sqlalchemy.orm import object_session


def resume(spawner: Any) -> None:
    """Put a session back into the starting state. To be called within the hub's first poll."""
    base_url = spawner.server.base_url
    spawner.server = None
    spawner._spawn_pending = spawner._start_pending = True
    future = asyncio.ensure_future(_go_on(spawner, base_url))
    spawner._spawn_future = future
    future.add_done_callback(lambda done: _finished(spawner, done))


def _finished(spawner: Any, done: "asyncio.Future[None]") -> None:
    if done.cancelled() or done.exception() is None:
        spawner._spawn_future = None
    else:
        spawner.log.error(
            "The start of %s, which a restart of the hub had interrupted, failed: %s",
            spawner._log_name,
            done.exception(),
        )
    spawner._spawn_pending = False


async def _go_on(spawner: Any, base_url: str) -> None:
    user = spawner.user
    orm_server = orm.Server(base_url=base_url)
    database: Any = object_session(spawner.orm_spawner)
    database.add(orm_server)
    database.commit()  # Its defaults are there only then.
    spawner.server = Server(orm_server=orm_server)
    database.commit()
    spawner.log.info("Going on with the start of %s, job %s", spawner._log_name, spawner.job_id)
    try:
        ip, port = await spawner.wait_for_session()
    except Exception as error:
        error.reason = "error"  # type: ignore[attr-defined]  # The hub's pages want it.
        await user.stop(spawner.name)
        raise
    spawner.server.proto = "https" if user.settings.get("internal_ssl") else "http"
    spawner.server.ip, spawner.server.port = ip, port
    spawner.start_polling()
    spawner.orm_spawner.state = spawner.get_state()
    database.commit()
    spawner._waiting_for_response = True
    await user._wait_up(spawner)  # Stops the session if it does not answer.
    proxy = user.settings["proxy"]
    spawner._proxy_pending = True
    try:
        await proxy.add_user(user, spawner.name)
    except Exception:
        await user.stop(spawner.name)
        raise
    finally:
        spawner._proxy_pending = False
    spawner.add_poll_callback(_stopped, spawner, proxy)


async def _stopped(spawner: Any, proxy: Any) -> None:
    await proxy.delete_user(spawner.user, spawner.name)
    await spawner.user.stop(spawner.name)
