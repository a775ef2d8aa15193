"""Byte ranges, as a browser's worker asks for them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from pathlib import Path
from urllib.parse import quote

import pytest

from .conftest import Site
from .jupyter import Answer, Jupyter

BYTES = bytes(range(256)) * 8


@dataclass(frozen=True)
class Raw:
    """A fresh folder in an experiment's raw data, and one of the two ways to its files."""

    here: Path
    ask: Callable[..., Answer]

    def scan(self, headers: dict[str, str] | None = None, method: str = "GET") -> Answer:
        return self.ask("scan.h5", headers, method=method)


@pytest.fixture(params=["beamtime/files", "files"])
def raw(request: pytest.FixtureRequest, shared: tuple[Site, Jupyter]) -> Raw:
    site, server = shared
    name = re.sub(r"\W", "", request.node.name)
    here = site.data / "ma5127/raw" / name
    here.mkdir()
    (here / "scan.h5").write_bytes(BYTES)

    def ask(file: str, *args: object, **more: object) -> Answer:
        path = f"{request.param}/Experiments/MA-5127-BX11/raw/{name}/{file}"
        return server.ask(path, *args, **more)

    return Raw(here, ask)


def test_gives_a_linked_file_whole_and_says_that_it_takes_ranges(raw):
    answer = raw.scan()
    assert (answer.status, answer.body) == (200, BYTES)
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert re.fullmatch(r'"[0-9a-f]+-800-[0-9a-f]+"', answer.headers["ETag"])
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_head_gives_the_length_and_no_bytes(raw):
    answer = raw.scan({"Range": "bytes=0-1"}, "HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(BYTES))


@pytest.mark.parametrize(
    ("header", "content_range", "first", "last"),
    [
        ("bytes=0-0", "bytes 0-0/2048", 0, 0),
        ("bytes=100-199", "bytes 100-199/2048", 100, 199),
        ("bytes=2000-9999", "bytes 2000-2047/2048", 2000, 2047),
        ("bytes=-5", "bytes 2043-2047/2048", 2043, 2047),
        ("bytes=1-2,9000-", "bytes 1-2/2048", 1, 2),
    ],
)
def test_gives_one_range(raw, header, content_range, first, last):
    answer = raw.scan({"Range": header})
    body = BYTES[first : last + 1]
    assert (answer.status, answer.body) == (206, body)
    assert answer.headers["Content-Range"] == content_range
    assert answer.headers["Content-Length"] == str(len(body))


def test_gives_several_ranges_as_mime_parts_in_the_order_asked_for(raw):
    answer = raw.scan({"Range": "bytes=10-19,0-3,-2"})
    assert answer.status == 206
    assert "Content-Range" not in answer.headers
    head = f"Content-Type: {answer.headers['Content-Type']}\r\n\r\n".encode()
    message = BytesParser().parsebytes(head + answer.body)
    assert message.get_content_type() == "multipart/byteranges"
    assert [(part["Content-Range"], payload(part)) for part in message.get_payload()] == [
        ("bytes 10-19/2048", BYTES[10:20]),
        ("bytes 0-3/2048", BYTES[:4]),
        ("bytes 2046-2047/2048", BYTES[-2:]),
    ]


def payload(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    return data


def test_a_range_beyond_the_end_is_416_with_the_size_and_a_sentence(raw):
    answer = raw.scan({"Range": "bytes=4096-"})
    assert answer.status == 416
    assert answer.headers["Content-Range"] == "bytes */2048"
    assert "2048 bytes" in answer.json()["message"]


def test_if_range_gives_the_part_only_of_the_same_file(raw):
    whole = raw.scan()
    for same in (whole.headers["ETag"], whole.headers["Last-Modified"]):
        assert raw.scan({"Range": "bytes=0-1", "If-Range": same}).status == 206
    with (raw.here / "scan.h5").open("ab") as file:
        file.write(b"more")
    again = raw.scan({"Range": "bytes=0-1", "If-Range": whole.headers["ETag"]})
    assert (again.status, again.body) == (200, BYTES + b"more")


def test_an_unchanged_file_is_not_sent_again(raw):
    answer = raw.scan({"If-None-Match": raw.scan().headers["ETag"]})
    assert (answer.status, answer.body) == (304, b"")


def test_an_empty_file_has_no_bytes_and_no_ranges(raw):
    (raw.here / "scan.h5").write_bytes(b"")
    assert raw.scan().body == b""
    assert raw.scan({"Range": "bytes=0-"}).status == 416


def test_more_than_one_piece_comes_whole(raw):
    large = bytes(range(251)) * 12_000
    (raw.here / "scan.h5").write_bytes(large)
    assert raw.scan({"Range": f"bytes=7-{len(large) - 8}"}).body == large[7:-7]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.txt", "text/plain; charset=UTF-8"),
        ("a.ipynb", "application/x-ipynb+json"),
        ("a.csv.gz", "application/gzip"),
        ("a.nxs", "application/octet-stream"),
    ],
)
def test_names_the_type(raw, name, kind):
    (raw.here / name).write_bytes(b"x")
    assert raw.ask(name).headers["Content-Type"] == kind


def test_a_download_is_an_attachment_of_that_name(raw):
    (raw.here / "é 1.h5").write_bytes(b"x")
    answer = raw.ask(quote("é 1.h5") + "?download=1")
    assert answer.headers["Content-Disposition"] == "attachment; filename*=utf-8''%C3%A9%201.h5"


def test_another_site_gets_no_file_by_the_cookie(shared, raw):
    _, server = shared
    page = server.ask("tree?token=test-token", signed_in=False)
    cookies = "; ".join(cookie.split(";")[0] for cookie in page.headers.get_all("Set-Cookie") or [])
    ask = {"Cookie": cookies}
    assert cookies
    for referer in ({}, {"Referer": "https://elsewhere.example/"}):
        answer = raw.ask("scan.h5", {**ask, **referer}, signed_in=False)
        assert answer.status == 403
        assert answer.json()["code"] == "forbidden"
    own = {"Referer": f"http://127.0.0.1:{server.port}/user/alice/lab"}
    assert raw.ask("scan.h5", {**ask, **own}, signed_in=False).body == BYTES


def test_a_stranger_gets_no_file(raw, request):
    answer = raw.ask("scan.h5", signed_in=False)
    # Programs get a status, a person with a link the login page.
    assert answer.status == (401 if "beamtime" in request.node.name else 302)
    assert BYTES not in answer.body
