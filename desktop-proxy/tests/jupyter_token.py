"""Jupyter's server as BinderHub starts it: its own token, no login of a hub's."""

from beamtime_desktop import server_proxy

c = get_config()  # noqa: F821
c.IdentityProvider.token = "the-token"
c.ServerApp.disable_check_xsrf = True
c.ServerApp.allow_root = True
c.ServerApp.jpserver_extensions = {
    **{"beamtime_desktop": True, "jupyter_server_proxy": True},
    **{"jupyterlab": False, "jupyter_lsp": False, "beamtime_lab": False},  # Not needed: slow.
}
c.ServerProxy.servers = {"beamtime-desktop": server_proxy.setup()}
