"""What the page asks of its own server: the state of the links, and another link."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
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
from .offline import BookmarkFile, read_part, read_wish


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

    def initialize(self, catalogue: FileCatalogue, bookmarks: BookmarkFile) -> None:
        self._catalogue = catalogue
        self._bookmarks = bookmarks

    async def _answer(self, ask: Callable[[], Mapping[str, Any]]) -> None:
        version = self.request.headers.get(CONTRACT_HEADER, str(CONTRACT_VERSION))
        if version != str(CONTRACT_VERSION):
            raise Failure(
                "contract-too-old",
                "This page and its server are of different versions. Reload the page.",
            )
        self.finish(dict(await asyncio.to_thread(ask)))

    def _values(self) -> dict[str, str]:
        """Give the query, of each name the last value."""
        return {name: self.get_query_argument(name) for name in self.request.query_arguments}


class OfflineListHandler(OfflineHandler):
    @web.authenticated
    @authorized
    async def get(self) -> None:
        values = self._values()
        wish = read_wish(values, self.get_query_arguments("instruments"))
        part = read_part(values)
        await self._answer(lambda: self._catalogue.page(wish, part))


class OfflineFiltersHandler(OfflineHandler):
    @web.authenticated
    @authorized
    async def get(self) -> None:
        await self._answer(self._catalogue.filters)


class OfflineExperimentHandler(OfflineHandler):
    @web.authenticated
    @authorized
    async def get(self, key: str) -> None:
        await self._answer(lambda: self._catalogue.get(key))


class OfflineDatasetsHandler(OfflineHandler):
    @web.authenticated
    @authorized
    async def get(self, key: str) -> None:
        part = read_part(self._values())
        await self._answer(lambda: self._catalogue.datasets(key, part))


class OfflineFilesHandler(OfflineHandler):
    @web.authenticated
    @authorized
    async def get(self, key: str, dataset: str) -> None:
        part = read_part(self._values())
        await self._answer(lambda: self._catalogue.files(key, dataset, part))


class OfflineBookmarksHandler(OfflineHandler):
    """GET all; PUT and DELETE a favourite, PUT what was opened."""

    @web.authenticated
    @authorized
    async def get(self) -> None:
        await self._answer(self._bookmarks.read)

    @web.authenticated
    @authorized
    async def put(self, kind: str, key: str) -> None:
        if kind == "recent":
            await self._answer(lambda: self._bookmarks.opened(key))
        else:
            await self._answer(lambda: self._bookmarks.mark(key, True))

    @web.authenticated
    @authorized
    async def delete(self, kind: str, key: str) -> None:
        if kind != "favourites":
            raise Failure("bad-request", "What was opened stays in the list of what was opened.")
        await self._answer(lambda: self._bookmarks.mark(key, False))
