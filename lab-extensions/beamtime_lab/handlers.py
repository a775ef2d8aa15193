"""What all of our handlers share: failures are JSON, in words."""

from __future__ import annotations

from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from .failures import Failure, code_of


class Speaking(JupyterHandler):
    """Answers every failure with the contract's `Failure`."""

    def say(self, failure: Failure) -> None:
        """Write a failure; the status is the caller's to set."""
        self.write(failure.body())

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        reason = kwargs.get("exc_info", (None, None, None))[1]
        if isinstance(reason, Failure):
            failure = reason
        elif isinstance(reason, web.HTTPError) and status_code < 500:
            words = reason.log_message or reason.reason or "The server refuses this."
            failure = Failure(code_of(status_code), words)
        else:
            failure = Failure(
                "internal",
                "The Jupyter server failed. Its log says more; if it happens again, tell support.",
            )
        self.set_status(failure.status if isinstance(reason, Failure) else status_code)
        self.say(failure)
        self.finish()

    def log_exception(self, *args: Any) -> None:
        """Keep refusals in words out of the log's errors."""
        if isinstance(args[1], Failure):
            self.log.info("%s: %s", self.request.path, args[1].message)
        else:
            super().log_exception(*args)
