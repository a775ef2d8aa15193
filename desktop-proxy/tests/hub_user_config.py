"""The single-user server of `hub_config`: Lab's own extension too, as people have it."""

from beamtime_desktop import activity, server_proxy

activity.LOOK_EVERY = 0.5  # Tests would wait for it.

c = get_config()  # noqa: F821
c.ServerApp.jpserver_extensions = {
    **{"beamtime_desktop": True, "jupyter_server_proxy": True, "jupyterlab": True},
    **{"jupyter_lsp": False, "beamtime_lab": False},
}
c.ServerProxy.servers = {"beamtime-desktop": server_proxy.setup()}
