"""Pictures of all pages, in both languages, on a phone and at a desk, for people to look at.

    .venv/bin/python tests/test_browser/tour.py [--release DIR] [--out DIR] [--page ADDRESS]…

Starts the service on the release in use, opens every page of addresses.py in Chromium and writes the pictures and an index
of them (index.html) into docs/tour/, which git ignores. Vietnamese pages are taken in light colours, English ones in dark.
"""

from __future__ import annotations

import argparse
import html
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
sys.path += [str(ROOT), str(HERE), str(HERE.parent / "test_service")]

from addresses import PAGES
from playwright.sync_api import Browser, ConsoleMessage, sync_playwright
from serving import running

MOST_PIXELS = 6000
"""How much of a long page a picture shows."""


SETTLING = 200
"""Milliseconds that scripts have for drawing."""


@dataclass(frozen=True, slots=True)
class View:
    """How a page is looked at."""

    name: str
    language: str
    width: int
    scheme: Literal["light", "dark"]


VIEWS = (
    View("vi-desk", "vi", 1280, "light"),
    View("vi-phone", "vi", 390, "light"),
    View("en-desk", "en", 1280, "dark"),
    View("en-phone", "en", 390, "dark"),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a page: its file, the page's address and title, what was said on the console."""

    view: View
    path: str
    file: str
    title: str
    said: tuple[str, ...]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium from the PATH; without it, the program ends and says so."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        sys.exit("tour: no Chromium on the PATH; install it (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


def _is_ours(message: ConsoleMessage) -> bool:
    """Whether a message is a complaint about a page; what a driver says of its own speed (WebGL drawn by a processor) is none."""
    return message.type in ("error", "warning") and "GL Driver Message" not in message.text


def take(browser: Browser, url: str, path: str, view: View, out: Path, number: int) -> Picture:
    """Open a page and take its picture."""
    address = path if view.language == "vi" else f"{path}{'&' if '?' in path else '?'}lang=en"
    file = f"{number:02}-{re.sub('[^a-z0-9]+', '-', path.lower()).strip('-')[:60] or 'home'}-{view.name}.png"
    said: list[str] = []
    size = {"width": view.width, "height": 900}
    with browser.new_context(base_url=url, viewport=size, color_scheme=view.scheme) as context:
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if _is_ours(message) else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address)
        page.evaluate("() => document.fonts.ready")
        page.wait_for_timeout(SETTLING)
        height = min(page.evaluate("() => document.documentElement.scrollHeight"), MOST_PIXELS)
        clip = {"x": 0, "y": 0, "width": view.width, "height": height}
        page.screenshot(path=out / file, full_page=True, clip=clip)
        return Picture(view, address, file, page.title(), tuple(said))


def index(pictures: Sequence[Picture]) -> str:
    """The index: the pictures of each page beside each other, with its title and address."""
    pages: dict[str, list[Picture]] = {}
    for one in pictures:
        pages.setdefault(one.path.replace("?lang=en", "").replace("&lang=en", ""), []).append(one)
    sections = []
    for path, views in pages.items():
        shown = "".join(
            f'<a href="{html.escape(one.file)}"><img loading="lazy" height="480" src="{html.escape(one.file)}" '
            f'alt="{html.escape(one.title)} ({one.view.name})"></a> '
            for one in views
        )
        said = "".join(f"<p>{html.escape(text)}</p>" for one in views for text in one.said)
        titles = " · ".join(dict.fromkeys(html.escape(one.title) for one in views))
        sections.append(f"<h2>{titles}</h2><p><code>{html.escape(path)}</code></p>{said}<p>{shown}</p>")
    body = "\n".join(sections)
    return f'<!doctype html>\n<meta charset="utf-8">\n<title>Phân Công: all pages</title>\n<h1>All pages</h1>\n{body}\n'


def main() -> int:
    """Take the pictures and write the index; 1 where a page said something on the console."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--release", type=Path, default=ROOT / "releases")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "tour")
    parser.add_argument("--page", action="append", help="only these addresses")
    options = parser.parse_args()
    shutil.rmtree(options.out, ignore_errors=True)
    options.out.mkdir(parents=True)
    with running(options.release, {}) as server, chromium() as browser:
        pictures = [
            take(browser, server.url, path, view, options.out, number)
            for number, path in enumerate(options.page or PAGES, 1)
            for view in VIEWS
        ]
    (options.out / "index.html").write_text(index(pictures), encoding="utf-8")
    said = [f"{one.path}: {text}" for one in pictures for text in one.said]
    print(f"{len(pictures)} pictures; open {options.out / 'index.html'}")
    print(*said, sep="\n", end="\n" if said else "")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
