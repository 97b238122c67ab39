"""How the service starts and stops, and what it says when it cannot."""

import json
import os
import signal
import socket
from pathlib import Path

import pytest
from serving import make_release, running, until

from service.app import ServeError, serve
from service.settings import Settings, SettingsError, from_environment


def test_settings_have_defaults_and_are_read() -> None:
    assert from_environment({}) == Settings()
    given = {"PHANCONG_QUERY_SECONDS": "0.5", "PHANCONG_WORKERS": "7", "PHANCONG_PUBLIC_URL": "https://x.vn/p/"}
    read = from_environment(given)
    assert (read.query_seconds, read.workers, read.public_url) == (0.5, 7, "https://x.vn/p")


@pytest.mark.parametrize("value", ["", "two", "0", "-1", "1.5", "nan", "inf"])
def test_a_wrong_setting_is_named(value: str) -> None:
    with pytest.raises(SettingsError, match=r'PHANCONG_WORKERS=".*": has to be a whole number above 0; .* 2'):
        from_environment({"PHANCONG_WORKERS": value})


def test_no_release(tmp_path: Path) -> None:
    with pytest.raises(ServeError, match=r"release\.json: not found; build a release first"):
        serve("127.0.0.1", 0, tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[]",
        '{"id": "a b", "issued": "2026-03-01T08:00:00Z", "counts": {}}',
        '{"id": "a", "issued": "2026", "counts": {}}',
        '{"id": "a", "issued": "2026-03-01T08:00:00", "counts": {}}',
    ],
)
def test_a_release_that_does_not_describe_itself(tmp_path: Path, content: str) -> None:
    (tmp_path / "release.json").write_text(content)
    with pytest.raises(ServeError, match=r"release\.json: (needs|cannot be read)"):
        serve("127.0.0.1", 0, tmp_path)


def test_a_release_without_store(tmp_path: Path) -> None:
    (tmp_path / "release.json").write_text(json.dumps({"id": "x", "issued": "2026-03-01T08:00:00Z", "counts": {}}))
    with pytest.raises(ServeError, match="no store here"):
        serve("127.0.0.1", 0, tmp_path)


def test_a_port_that_is_taken(releases: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ServeError, match=rf"cannot listen on 127\.0\.0\.1:{port}: .*choose another"):
            serve("127.0.0.1", port, releases)


def test_it_stops_in_order_and_leaves_no_worker(tmp_path: Path) -> None:
    release = make_release(tmp_path, "only")
    with running(release, {"PREPARE": "yes"}) as server:
        assert server.get("/health/ready").status_code == 200
        workers = server.worker_ids()
        assert len(workers) == 4, "two for queries of others, one for our own, one for networks"
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=30) in (0, -signal.SIGTERM)
        until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))


def test_workers_end_with_a_service_that_is_killed(tmp_path: Path) -> None:
    release = make_release(tmp_path, "only")
    with running(release, {}) as server:
        workers = server.worker_ids()
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()
        until(lambda: not any(_runs(worker) for worker in workers))


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_links_name_the_public_address(tmp_path: Path) -> None:
    release = make_release(tmp_path, "only")
    with running(release, {"PUBLIC_URL": "https://example.org/phancong/"}) as server:
        sent = server.get("/id/topic/data", headers={"Accept": "text/html"})
        assert sent.headers["location"] == "https://example.org/phancong/page/topic/data"
        assert 'href="/phancong/questions"' in server.get("/").text
        assert "<https://example.org/phancong/sparql>" in server.get("/sparql?format=nt").text


def test_a_switch_is_yes_or_no() -> None:
    assert from_environment({"PHANCONG_PREPARE": "no"}).prepare is False
    with pytest.raises(SettingsError, match='PHANCONG_PREPARE="0": has to be yes or no'):
        from_environment({"PHANCONG_PREPARE": "0"})
