"""Asks the Beamtime service, over its unix socket."""

import json
import socket
from collections.abc import Mapping
from typing import Any, Literal, TypedDict, cast

from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.netutil import Resolver
from tornado.simple_httpclient import SimpleAsyncHTTPClient

from .errors import FieldError
from .schema import is_plan

DEADLINE = 2.0
"""Seconds that a person who waits for a page or a spawn is kept waiting for one try."""


class Caller(TypedDict):
    """The person who asks, as the hub knows them.

    `groups` are those of the hub, `unixGroups` those of the cluster's operating system;
    `None` where there are none to ask (local processes).
    """

    name: str
    admin: bool
    groups: list[str]
    unixGroups: list[str] | None


class _BatchBase(TypedDict):
    partition: str
    nprocs: str
    memory: str
    runtime: str
    gres: str


class BatchVariables(_BatchBase, total=False):
    """The variables of the batch script.

    Empty text for an amount that is Slurm's to decide; what is absent is as the site has it.
    `options` are further options of sbatch, each without blanks.
    """

    account: str
    qos: str
    reservation: str
    constraint: str
    exclusive: bool
    output: bool
    options: list[str]


class _PlanBase(TypedDict):
    ok: Literal[True]
    batch: BatchVariables
    modules: list[str]
    experiments: list[dict[str, str]]
    summary: str


class AcceptedPlan(_PlanBase, total=False):
    """What a session will be started with.

    `environmentPath` is the folder of `jupyterhub-singleuser`, `image` the image that it runs
    in; without both it is the spawner's own. Either may begin with `~`. `custom` if the person
    has named it. `prologue` has the site's own lines for the environment.
    """

    environmentPath: str
    image: str
    addToPath: bool
    prologue: str
    custom: bool
    rootDir: str
    defaultUrl: str
    script: str | None


class RefusedPlan(TypedDict):
    """Why a session will not be started."""

    ok: Literal[False]
    errors: list[FieldError]


class ServiceError(Exception):
    """The service gave no answer that can be used. The message is for the person.

    Parameters
    ----------
    code
        The contract's failure code; `unavailable` if the service was not reached.
    message
        What is wrong and what to do.
    status
        The HTTP status that says the same.
    """

    def __init__(self, code: str, message: str, status: int = 503) -> None:
        super().__init__(message)
        self.code = code
        self.status = status


class ServiceClient:
    """The internal API of the service, which only the hub's account can reach.

    Parameters
    ----------
    path
        The absolute path of the service's unix socket.
    """

    def __init__(self, path: str) -> None:
        self._path = path

    async def plan(
        self, caller: Caller, server: str, options: object, *, starting: bool
    ) -> AcceptedPlan | RefusedPlan:
        """Ask whether the session may be started, and with what.

        Parameters
        ----------
        caller
            Whose session it is.
        server
            The session's name; empty for the default one.
        options
            What is asked for.
        starting
            Whether the session is started next: the choice is then kept for the next form.

        Raises
        ------
        ServiceError
            No usable answer after two tries of `DEADLINE` each.
        """
        query = {"caller": caller, "server": server, "options": options, "starting": starting}
        try:
            answer = await self.ask("plan", query)
        except ServiceError as error:
            if error.__cause__ is None:
                raise  # It has answered, and would answer the same.
            answer = await self.ask("plan", query)
        if not is_plan(answer):
            raise ServiceError(
                "internal",
                "The Beamtime service and the hub are of different versions. "
                "Tell the hub's administrators: both need a restart.",
            )
        return cast("AcceptedPlan | RefusedPlan", answer)

    async def ask(
        self, what: str, query: Mapping[str, Any], deadline: float = DEADLINE
    ) -> dict[str, Any]:
        """Post to `/internal/v1/<what>` and give the answer's JSON object.

        Parameters
        ----------
        what
            `plan`, `form` or `experiments`.
        query
            The body, as the contract has it.
        deadline
            Seconds for connection and answer together.

        Raises
        ------
        ServiceError
            The service is away, too slow, or refuses.
        """
        request = HTTPRequest(
            f"http://beamtime/internal/v1/{what}",
            method="POST",
            headers={"Content-Type": "application/json"},
            body=json.dumps(query),
            connect_timeout=deadline,
            request_timeout=deadline,
        )
        client = SimpleAsyncHTTPClient(force_instance=True, resolver=_SocketResolver(self._path))
        try:
            response = await client.fetch(request, raise_error=False)
        except (OSError, HTTPClientError) as error:
            raise ServiceError(
                "unavailable",
                "The Beamtime service does not answer. Try again in a minute; "
                "if it stays away, tell the hub's administrators.",
            ) from error
        finally:
            client.close()
        return _read(response.code, response.body)


def _read(status: int, body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if isinstance(answer, dict):
        if status == 200:
            return answer
        code, message = answer.get("code"), answer.get("message")
        if isinstance(code, str) and isinstance(message, str):
            raise ServiceError(code, message, status)
    raise ServiceError(
        "internal",
        "The Beamtime service gave an answer that the hub does not understand. "
        "Tell the hub's administrators.",
    )


class _SocketResolver(Resolver):
    """Takes every host name for the one unix socket."""

    def initialize(self, path: str) -> None:
        self._path = path

    async def resolve(
        self, host: str, port: int, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[tuple[int, Any]]:
        return [(socket.AF_UNIX, self._path)]
