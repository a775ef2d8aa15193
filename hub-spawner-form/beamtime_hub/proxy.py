"""A proxy that does not say when a session was used, because it cannot know."""

from typing import Any

from jupyterhub.proxy import ConfigurableHTTPProxy


class TrueIdleProxy(ConfigurableHTTPProxy):
    """The hub's usual proxy, without the time of the last bytes in its routes.

    That time moves with every byte of an open browser tab (JupyterLab polls, a desktop draws), and
    the hub takes the latest of all it hears: nobody would ever be idle. What is left is what the
    single-user server reports itself: when a person or a kernel was active.
    """

    async def get_all_routes(self) -> Any:
        """Fetch the proxy's routes, without `last_activity`."""
        routes = await super().get_all_routes()
        for route in routes.values():
            route["data"].pop("last_activity", None)
        return routes
