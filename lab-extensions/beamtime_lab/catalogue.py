"""Where the session asks about an experiment: the service, or a file without a hub."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote, urljoin

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.httputil import HTTPServerRequest

from .failures import Failure, code_of
from .offline import Part, Wish, filters_of, fold
from .settings import Settings

CONTRACT_VERSION = 1
"""As in `packages/contract/src/wire.ts`."""
CONTRACT_HEADER = "X-Beamtime-Contract"

DEADLINE_S = 10


class Catalogue(Protocol):
    """Gives the contract's `Experiment` of a key, as the person who asks may see it."""

    async def experiment(self, key: str, request: HTTPServerRequest) -> object:
        """Ask for one experiment.

        Raises
        ------
        Failure
            If there is none for this person, or nobody can say.
        """
        ...


class ServiceCatalogue:
    """The Beamtime service, asked with the right of the page that asks us.

    The token is the one in the request's own `Authorization` header: this process holds
    none that may ask, and a guest on a shared server gets what the hub gives to guests.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def experiment(self, key: str, request: HTTPServerRequest) -> object:
        token = _token_of(request.headers)
        origin = f"{request.protocol}://{request.host}/"
        path = f"api/v1/experiments/{quote(key, safe='')}"
        url = urljoin(service_url(self._settings, origin), path)
        headers = {
            "Authorization": f"Bearer {token}",
            "Accept": "application/json",
            CONTRACT_HEADER: str(CONTRACT_VERSION),
        }
        question = HTTPRequest(
            url,
            headers=headers,
            connect_timeout=3,
            request_timeout=DEADLINE_S,
            follow_redirects=False,  # The token is for this address only.
        )
        silent = Failure(
            "unavailable",
            "The experiment service cannot be asked from this session. "
            "Files already linked stay usable. Try again in a minute.",
        )
        try:
            response = await AsyncHTTPClient().fetch(question, raise_error=False)
            body = json.loads(response.body)
        except (OSError, ValueError) as error:
            raise silent from error
        if response.code == 200:
            return body
        if response.code == 599 or response.code < 400:
            raise silent
        raise Failure.read(
            body,
            otherwise=Failure(
                code_of(response.code), f"The experiment service refused ({response.code})."
            ),
        )


def service_url(settings: Settings, origin: str) -> str:
    """Say where this server reaches the service.

    `BEAMTIME_URL` is the service as the *browser* reaches it, most often a path on the
    hub's own address. Below which address this server finds it, in this order:

    1. `BEAMTIME_INTERNAL_URL`, where the site says so (compute nodes without a way to the
       public address, for instance);
    2. `BEAMTIME_URL` itself where it is absolute (`subdomain_host`);
    3. `JUPYTERHUB_PUBLIC_HUB_URL`, where the hub knows its public address;
    4. the address by which the browser reached this server: that passed through the
       hub's proxy, which carries the service as well.

    `JUPYTERHUB_API_URL` is no help: it names the hub behind the proxy, and the proxy alone
    knows the service. The fourth is the client's word, but what is sent there is
    the client's own token and nothing else.

    Parameters
    ----------
    origin
        Protocol and host by which the browser reached this server.
    """
    if settings.internal_url:
        return settings.internal_url
    return urljoin(settings.hub_url or origin, settings.service_url or "")


def _token_of(headers: Mapping[str, str]) -> str:
    scheme, _, token = headers.get("Authorization", "").partition(" ")
    if scheme.lower() not in ("token", "bearer") or not token.strip():
        raise Failure(
            "signed-out",
            "This page does not say who you are. Sign in at the hub again, then reload the page.",
        )
    return token.strip()


class FileCatalogue:
    """A JSON file with `{"experiments": ExperimentPage, "datasets": {key: DatasetPage}}`.

    Each dataset has its `files` with it, a list of the contract's `DataFile`.

    Read anew at each question: it is small, and whoever writes it sees the change at once.
    A relative `dataPath` is meant from the file's folder. All but `experiment` blocks.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    async def experiment(self, key: str, request: HTTPServerRequest) -> object:
        return self.get(key)

    def page(self, wish: Wish, part: Part) -> dict[str, Any]:
        """Give part of the experiments that are wanted and have each word of the text."""
        page, items = self._experiments()
        words = fold(part.text).split()
        found = [item for item in wish.of(items) if all(word in _words_of(item) for word in words)]
        return {"problems": [], "asOf": self._as_of(), **page, **part.of(found)}

    def filters(self) -> dict[str, Any]:
        """Give what the list can be narrowed to."""
        return filters_of(self._experiments()[1])

    def get(self, key: str) -> dict[str, Any]:
        """Give one experiment."""
        for item in self._experiments()[1]:
            if _key_of(item) == key:
                return item
        raise Failure("not-found", f"There is no experiment {key} in {self._file.name}.")

    def datasets(self, key: str, part: Part) -> dict[str, Any]:
        """Give part of the datasets of one experiment."""
        page = self._datasets(key)
        return {**page, **part.of(_having(page["items"], part.text))}

    def files(self, key: str, dataset: str, part: Part) -> dict[str, Any]:
        """Give part of the files of one dataset of an experiment."""
        page = self._datasets(key)
        for item in page["items"]:
            if item["ref"]["id"] == dataset:
                return {**page, **part.of(_having(item.get("files", []), part.text))}
        raise Failure("not-found", f"There is no dataset {dataset} in {self._file.name}.")

    def _datasets(self, key: str) -> dict[str, Any]:
        self.get(key)
        known = self._read().get("datasets")
        page = known.get(key) if isinstance(known, dict) else None
        kept = page if isinstance(page, dict) else {}
        return {"items": [], "problems": [], "asOf": self._as_of(), **kept}

    def _experiments(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        page = self._read().get("experiments")
        items = page.get("items") if isinstance(page, dict) else None
        if not isinstance(page, dict) or not isinstance(items, list):
            raise self._unreadable("it has no list experiments.items")
        return page, [self._placed(item) for item in items if isinstance(item, dict)]

    def _placed(self, item: dict[str, Any]) -> dict[str, Any]:
        path = item.get("dataPath")
        return {**item, "dataPath": str(self._file.parent / path)} if path else item

    def _read(self) -> dict[str, Any]:
        try:
            value = json.loads(self._file.read_text("utf-8"))
        except OSError as error:
            raise self._unreadable(error.strerror or "it cannot be opened") from error
        except ValueError as error:
            raise self._unreadable(f"it is not JSON: {error}") from error
        if not isinstance(value, dict):
            raise self._unreadable("it is not a JSON object")
        return value

    def _as_of(self) -> str:
        return datetime.fromtimestamp(self._file.stat().st_mtime, timezone.utc).isoformat()

    def _unreadable(self, why: str) -> Failure:
        return Failure(
            "unavailable", f"The list of experiments {self._file} cannot be read: {why}."
        )


def _key_of(item: Mapping[str, Any]) -> str:
    ref = item.get("ref")
    return f"{ref.get('source')}:{ref.get('id')}" if isinstance(ref, dict) else ""


def _words_of(item: Mapping[str, Any]) -> str:
    """Join what a person searches by: number, title, abstract, instrument, people, PIDs."""
    told = [item.get(name) for name in ("proposal", "visit", "title", "abstract")]
    told.append(item.get("instrument"))
    for name in ("people", "pids"):
        parts = item.get(name)
        told += parts if isinstance(parts, list) else []
    texts = (
        [part.get(name) for name in ("name", "fullName", "value")]
        if isinstance(part, dict)
        else [part]
        for part in told
    )
    return fold(" ".join(str(text) for group in texts for text in group if text))


def _having(items: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    """Give the datasets or files in whose name, sample or technique each word occurs."""
    words = fold(text).split()
    if not words:
        return items

    def told(item: Mapping[str, Any]) -> str:
        techniques = item.get("techniques") or []
        names = [technique.get("name", "") for technique in techniques]
        return fold(" ".join([item["name"], item.get("sample") or "", *names]))

    return [item for item in items if all(word in told(item) for word in words)]
