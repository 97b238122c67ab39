"""Pages travel compressed to those who take it; what is streamed, small or no text stays as it is."""

import pytest
from serving import Server

GZIP = {"Accept-Encoding": "gzip", "Accept": "text/html"}
PLAIN = {"Accept-Encoding": "identity", "Accept": "text/html"}


@pytest.mark.parametrize("path", ["/", "/static/css/parts.css", "/questions?format=json"])
def test_a_text_is_the_same_compressed_and_not(server: Server, path: str) -> None:
    compressed, plain = server.get(path, headers=GZIP), server.get(path, headers=PLAIN)
    assert compressed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert compressed.content == plain.content
    assert "Accept-Encoding" in compressed.headers["vary"]
    assert int(compressed.headers["content-length"]) < len(plain.content)
    assert compressed.headers["etag"].startswith("W/")
    assert compressed.headers["etag"] == plain.headers["etag"]
    kept = {**GZIP, "If-None-Match": compressed.headers["etag"]}
    assert server.get(path, headers=kept).status_code == 304


def test_head_says_what_get_says(server: Server) -> None:
    told, got = server.head("/", headers=GZIP), server.get("/", headers=GZIP)
    for name in ("content-encoding", "etag", "vary", "content-type"):
        assert told.headers[name] == got.headers[name]


@pytest.mark.parametrize("path", ["/static/icon.svg", "/sparql?query=SELECT+*+%7B+%3Fs+%3Fp+%3Fo+%7D&format=csv"])
def test_the_small_and_the_streamed_stay_as_they_are(server: Server, path: str) -> None:
    assert "content-encoding" not in server.get(path, headers={"Accept-Encoding": "gzip"}).headers
