"""What is said to a person when a session cannot be started."""

from collections.abc import Sequence
from typing import TypedDict

from tornado import web


class FieldError(TypedDict):
    """Something that is wrong with a request, at the field where it can be mended.

    `field` is a key of the session request, or empty for the request as a whole.
    """

    field: str
    message: str


class Refused(web.HTTPError):
    """No session will be started. The hub shows the message in the form and in REST answers.

    Parameters
    ----------
    status
        HTTP status: 400 for what the person can mend, 503 for what they cannot.
    message
        One or more sentences for the person.
    errors
        The same per field; by default the message, for the request as a whole.

    Attributes
    ----------
    jupyterhub_html_message
        The message as the hub's progress page shows it, if not as plain text: safe HTML.
    """

    jupyterhub_html_message: str

    def __init__(
        self, status: int, message: str, errors: Sequence[FieldError] | None = None
    ) -> None:
        super().__init__(status, message)
        self.jupyterhub_message = message
        self.errors = (
            list(errors) if errors is not None else [FieldError(field="", message=message)]
        )


def refused_fields(errors: Sequence[FieldError]) -> Refused:
    """Make one refusal of the errors of several fields."""
    message = " ".join(error["message"] for error in errors)
    return Refused(400, message or "This session cannot be started.", errors)
