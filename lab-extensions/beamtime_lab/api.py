"""What the page asks of its own server: the state of the links, and another link."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from tornado import web

from .catalogue import CONTRACT_HEADER, CONTRACT_VERSION, Catalogue, FileCatalogue
from .experiment import Experiment
from .failures import Failure
from .handlers import Speaking
from .links import Links


@dataclass
class Session:
    """What the handlers share."""

    links: Links
    catalogue: Catalogue | None
    problems: list[str]
    """What went wrong at the start, in words."""


class ApiHandler(Speaking, APIHandler):
    """JSON in and out."""

    auth_resource = "contents"


class StatusHandler(ApiHandler):
    """GET: the experiments linked in this session, and what went wrong with them."""

    def initialize(self, session: Session) -> None:
        self._session = session

    @web.authenticated
    @authorized
    async def get(self) -> None:
        self.finish(
            {
                "experiments": [link.body() for link in self._session.links.session],
                "problems": self._session.problems,
            }
        )


class LinkHandler(ApiHandler):
    """POST `{"key": "source:id"}`: put an experiment's folders into this session."""

    def initialize(self, session: Session) -> None:
        self._session = session

    @web.authenticated
    @authorized
    async def post(self) -> None:
        body = self.get_json_body()
        key = body.get("key") if isinstance(body, dict) else None
        if not isinstance(key, str) or ":" not in key:
            raise Failure("bad-request", 'Send {"key": "source:id"} of an experiment.')
        if self._session.catalogue is None:
            raise Failure("unavailable", "This session knows no experiment service to ask.")
        answer = await self._session.catalogue.experiment(key, self.request)
        try:
            experiment = Experiment.of_catalogue(answer, key)
        except ValueError as error:
            raise Failure("not-found", f"This experiment has no data here: {error}.") from error
        link = await asyncio.to_thread(self._session.links.add, experiment)
        self.finish(link.body())


class OfflineHandler(ApiHandler):
    """The service's own API, answered from a file where there is no hub."""

    def initialize(self, catalogue: FileCatalogue) -> None:
        self._catalogue = catalogue

    async def _answer(self, ask: Callable[[], dict[str, Any]]) -> None:
        version = self.request.headers.get(CONTRACT_HEADER, str(CONTRACT_VERSION))
        if version != str(CONTRACT_VERSION):
            raise Failure(
                "contract-too-old",
                "This page and its server are of different versions. Reload the page.",
            )
        self.finish(await asyncio.to_thread(ask))


class OfflineListHandler(OfflineHandler):
    @web.authenticated
    @authorized
    async def get(self) -> None:
        text = self.get_query_argument("text", "")
        await self._answer(lambda: self._catalogue.page(text))


class OfflineExperimentHandler(OfflineHandler):
    @web.authenticated
    @authorized
    async def get(self, key: str) -> None:
        await self._answer(lambda: self._catalogue.get(key))


class OfflineDatasetsHandler(OfflineHandler):
    @web.authenticated
    @authorized
    async def get(self, key: str) -> None:
        await self._answer(lambda: self._catalogue.datasets(key))


class OfflineFilesHandler(OfflineHandler):
    @web.authenticated
    @authorized
    async def get(self, key: str, dataset: str) -> None:
        await self._answer(lambda: self._catalogue.files(key, dataset))
