"""A link to the spawn page fills the form. It starts nothing, unless the site wants that.

JupyterHub starts a session as soon as such a URL is opened: any page, anywhere, could start jobs
in the name of whoever follows a link there.
"""

from typing import Any

from .errors import Refused
from .refusals import Refusal


class LinkedForm:
    """Part of the hub's handler of the spawn page: holds back what a link asks for."""

    start_by_link = False
    """Whether the site lets a link start a session."""

    linked: dict[str, list[str]] | None = None
    """The parameters of the link that has led here, without the marks of JupyterHub."""

    def _get_user_options(self, query_options: dict[str, list[str]]) -> dict[str, list[str]]:
        options: dict[str, list[str]] = super()._get_user_options(query_options)  # type: ignore[misc]
        if self.start_by_link:
            return options
        self.linked = options
        return {}


def wish_of_link(spawner: Any) -> Refusal | None:
    """Give what a link asks for, to be shown in the form; `None` if no link has led here."""
    linked = getattr(spawner.handler, "linked", None)
    if not linked:
        return None
    try:
        return Refusal(options=spawner.options_from_query(linked), errors=[])
    except Refused as refusal:
        return Refusal(options={}, errors=refusal.errors)
