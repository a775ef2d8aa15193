"""What the proxy and the spawn page are by default, and what an admin may put in their place."""

from typing import Any

import pytest
from beamtime_hub import configure
from beamtime_hub.proxy import TrueIdleProxy
from beamtime_hub.spawn_page import SpawnHandler, install_spawn_handler
from jupyterhub.handlers import default_handlers
from jupyterhub.handlers.pages import SpawnHandler as HubSpawnHandler
from jupyterhub.proxy import ConfigurableHTTPProxy
from traitlets.config import Config


async def test_routes_do_not_say_when_bytes_went_through(monkeypatch: pytest.MonkeyPatch) -> None:
    routes = {
        "/user/alice/": {"data": {"user": "alice", "last_activity": "2026-11-21T12:00:00Z"}},
        "/": {"data": {"hub": True}},
    }

    async def fetched(self: object) -> Any:
        return routes

    monkeypatch.setattr(ConfigurableHTTPProxy, "get_all_routes", fetched)
    assert await TrueIdleProxy().get_all_routes() == {
        "/user/alice/": {"data": {"user": "alice"}},
        "/": {"data": {"hub": True}},
    }


def test_configure_sets_what_the_admin_has_not(given: dict[str, Any]) -> None:
    c = Config()
    configure(c, **given)
    assert c.JupyterHub.proxy_class is TrueIdleProxy
    assert c.JupyterHub.concurrent_spawn_limit == 0
    own = Config()
    own.JupyterHub.proxy_class = "traefik"
    own.JupyterHub.concurrent_spawn_limit = 7
    configure(own, **{**given, "name": "second"})
    assert own.JupyterHub.proxy_class == "traefik"
    assert own.JupyterHub.concurrent_spawn_limit == 7


def test_our_spawn_page_is_in_the_place_of_the_hubs() -> None:
    for start_by_link in (True, False):
        install_spawn_handler(start_by_link=start_by_link)
    pages = [entry[1] for entry in default_handlers if entry[0].startswith("/spawn")]
    assert HubSpawnHandler not in pages
    assert pages.count(SpawnHandler) == 3
