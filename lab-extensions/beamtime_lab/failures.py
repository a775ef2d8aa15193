"""Failures in words, as the contract's `Failure` has them."""

from __future__ import annotations

from typing import Literal, get_args

Code = Literal[
    "bad-request",
    "signed-out",
    "forbidden",
    "not-found",
    "contract-too-old",
    "unavailable",
    "internal",
]

STATUS: dict[Code, int] = {
    "bad-request": 400,
    "signed-out": 401,
    "forbidden": 403,
    "not-found": 404,
    "contract-too-old": 409,
    "unavailable": 503,
    "internal": 500,
}


class Failure(Exception):
    """Something cannot be given; the message is shown to the person as it is.

    Parameters
    ----------
    code
        Why, in the contract's terms; it decides the HTTP status.
    message
        One or two sentences: what is wrong, what to do.
    """

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    @property
    def status(self) -> int:
        return STATUS[self.code]

    def body(self) -> dict[str, str]:
        return {"code": self.code, "message": self.message}

    @classmethod
    def read(cls, body: object, *, otherwise: Failure) -> Failure:
        """Take over a failure from another program's answer, or say `otherwise`."""
        if not isinstance(body, dict):
            return otherwise
        message = body.get("message")
        for code in get_args(Code):
            if code == body.get("code") and isinstance(message, str) and message:
                return cls(code, message)
        return otherwise


def code_of(status: int) -> Code:
    """Name an HTTP status in the contract's terms; what it has no word for is `internal`."""
    return next((code for code, known in STATUS.items() if known == status), "internal")
