"""Jupyter's server for the tests: users by header, the proxy as the entry point says."""

from beamtime_desktop import activity, server_proxy
from jupyter_server.auth import IdentityProvider, User


class ByHeader(IdentityProvider):
    """Signs in whomever `X-Test-User` names; nobody without it."""

    def get_user(self, handler):
        name = handler.request.headers.get("X-Test-User")
        return User(username=name) if name else None


activity.LOOK_EVERY = 0.5  # Tests would wait for it.

c = get_config()  # noqa: F821
c.ServerApp.identity_provider_class = ByHeader
c.ServerApp.disable_check_xsrf = True
c.ServerApp.allow_root = True
c.ServerApp.jpserver_extensions = {
    **{"beamtime_desktop": True, "jupyter_server_proxy": True},
    **{"jupyterlab": False, "jupyter_lsp": False, "beamtime_lab": False},  # Not needed: slow.
}
c.ServerProxy.servers = {"beamtime-desktop": server_proxy.setup()}
