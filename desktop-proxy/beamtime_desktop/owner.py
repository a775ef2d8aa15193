"""Whether the person who asks Jupyter's server is the one whose server it is."""

from __future__ import annotations

import os

from jupyter_server.auth import IdentityProvider, PasswordIdentityProvider
from jupyter_server.base.handlers import JupyterHandler
from tornado import web

_NAMELESS = (IdentityProvider, PasswordIdentityProvider)
"""Jupyter's own ways to sign in, by a token or one password: these know no names, and
make one up for each browser. Who has the token is the owner."""


def require_owner(handler: JupyterHandler) -> str:
    """Give the owner's name.

    A server of a hub is somebody's: others whom it was shared with are signed in too,
    under their own names. That there is a `JUPYTERHUB_USER` says nothing by itself:
    BinderHub sets it for a plain Jupyter server.

    Raises
    ------
    tornado.web.HTTPError
        403: somebody else asks.
    """
    owner = os.environ.get("JUPYTERHUB_USER")
    name: str = handler.current_user.username
    # Exactly these: a hub's provider is a class made from them.
    if not owner or type(handler.identity_provider) in _NAMELESS:
        return owner or name
    if name != owner:
        raise web.HTTPError(403, f"This desktop is {owner}'s. Ask {owner} to let you in.")
    return owner
