"""How long the drawing of a network takes in Chromium, and how smoothly it moves.

    make bench-network-view      or: .venv/bin/python bench/network_view.py [--release DIR] [--rounds N]

First the page of the five plans as everybody gets it, from the beginning of the navigation until its network is drawn,
in a browser that has nothing kept: as the page begins, and with every edge. Exits with 1 where the median is over 2 s.

Then a network of 5,000 nodes and 20,000 edges, generated with a fixed seed, in the same page with the same code: the
service is asked as always, and its answer replaced. The peer of the same run is cytoscape.js, drawing the same nodes
and edges at the same places in sizes of the same kind, on a canvas of the same size, with straight lines (its fastest)
and without names, which ours has. Both get the same drags, turns of the wheel and walks of the pointer; a frame is the
time between two calls of requestAnimationFrame, and so is the longest one in the two seconds after a movement, when
ours is drawn anew; how long that takes, from the end of the movement, is printed too. Needs the built scripts (make
assets) and Chromium, and says what its WebGL draws with: where there is no graphics card that is the processor.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "test_service"))

from playwright.sync_api import Browser, Page, Route, ViewportSize, sync_playwright
from serving import running

NODES, EDGES, COMMUNITIES = 5_000, 20_000, 40
SEED = 57
DRAWN_MS = 2_000
PATH = "/networks/lead-coordinator"
PEER = ROOT / "service" / "web" / "node_modules" / "cytoscape"
ROUNDS = 2  # of moving the generated network: the peer takes half a second for a frame
SIZE: ViewportSize = {"width": 1280, "height": 900}
STAGE = "#stage"
DRAGS, WHEELS = 40, 20
RESTING_MS = 2_000
ANEW = "#stage .sigma-edges:not([style*=translate])"

RECORD = """() => {
    window.frames_ = [];
    let last = performance.now();
    const next = (now) => {
        window.frames_.push(now - last);
        last = now;
        window.recording = requestAnimationFrame(next);
    };
    window.recording = requestAnimationFrame(next);
}"""
RECORDED = "() => { cancelAnimationFrame(window.recording); return window.frames_.slice(1); }"
MARK = "(name) => performance.getEntriesByName(name)[0]?.startTime"
RENDERER = """() => {
    const gl = document.createElement("canvas").getContext("webgl2");
    const names = gl && gl.getExtension("WEBGL_debug_renderer_info");
    return names ? gl.getParameter(names.UNMASKED_RENDERER_WEBGL) : "no WebGL";
}"""
DRAW_PEER = """([data, width, height]) => new Promise((resolve) => {
    document.body.innerHTML = "";
    const stage = document.createElement("div");
    stage.id = "stage";
    Object.assign(stage.style, { width: width + "px", height: height + "px" });
    document.body.append(stage);
    const begun = performance.now();
    const most = Math.max(...data.nodes.map((node) => node.out_strength + node.in_strength));
    const heaviest = Math.max(...data.edges.map((edge) => edge.weight));
    const drawing = cytoscape({
        container: stage,
        elements: [
            ...data.nodes.map((node) => ({
                data: { id: node.iri, size: 2.8 + 11.2 * Math.sqrt((node.out_strength + node.in_strength) / most),
                        colour: `hsl(${(node.community * 47) % 360} 60% 40%)` },
                position: { x: node.x, y: node.y },
            })),
            ...data.edges.map((edge) => ({
                data: { source: edge.source, target: edge.target, width: 0.8 + 5.2 * (edge.weight / heaviest) },
            })),
        ],
        style: [
            { selector: "node", style: {
                width: "data(size)", height: "data(size)", "background-color": "data(colour)" } },
            { selector: "edge", style: { width: "data(width)", "curve-style": "haystack", "line-color": "#bbb" } },
        ],
        layout: { name: "preset", fit: true },
        textureOnViewport: false,
    });
    drawing.one("render", () => resolve(performance.now() - begun));
})"""


@dataclass(frozen=True)
class Moved:
    """The frames of one way to move, in milliseconds."""

    frames: list[float]

    @property
    def p50(self) -> float:
        """The median."""
        return statistics.median(self.frames)

    @property
    def p95(self) -> float:
        """The time that one frame in twenty takes longer than."""
        return sorted(self.frames)[int(0.95 * (len(self.frames) - 1))]

    @property
    def per_second(self) -> float:
        """Frames in a second, on average."""
        return 1000 * len(self.frames) / sum(self.frames)


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--release", type=Path, default=Path("releases"), metavar="DIR")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="visits to the page of the five plans (5)")
    options = parser.parse_args()
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with running(options.release, {"PREPARE": "yes"}) as server, sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--enable-unsafe-swiftshader"]
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        page = browser.new_page()
        print(f"Chromium {browser.version}, WebGL by {page.evaluate(RENDERER)}")
        page.close()
        late = _five_plans(browser, server.url, options.rounds)
        _generated(browser, server.url)
        browser.close()
    return 1 if late else 0


def _five_plans(browser: Browser, url: str, rounds: int) -> bool:
    """Print how long the page of the five plans takes; whether that is too long."""
    print(f"\n{'the five plans: until drawn, and a frame':44} {'nodes':>6} {'edges':>6} {'p50 ms':>8} {'most ms':>8}")
    late = False
    for name, query in (("as the page begins", ""), ("every edge", "?at_least=1")):
        taken: list[float] = []
        moved: list[float] = []
        for _ in range(rounds):
            page = browser.new_page(viewport=SIZE)
            page.goto(url + PATH + query)
            drawn = _drawn(page)
            taken.append(page.evaluate(MARK, "network-drawn"))
            moved += _frames(page, _drag) + _frames(page, _wheel)
            page.close()
        late = late or statistics.median(taken) > DRAWN_MS
        print(f"{name:44} {drawn[0]:6} {drawn[1]:6} {statistics.median(taken):8.0f} {max(taken):8.0f}")
        frames = Moved(moved)
        print(f"{'  a frame while it moves, p50 and p95':58} {frames.p50:8.1f} {frames.p95:8.1f}")
    return late


def _drawn(page: Page) -> tuple[int, int]:
    page.wait_for_selector("#network[data-drawn]", timeout=120_000)
    nodes, edges = str(page.locator("#network").get_attribute("data-drawn")).split()
    return int(nodes), int(edges)


def _generated(browser: Browser, url: str) -> None:
    data = generated()
    ours = browser.new_page(viewport=SIZE)
    ours.route("**/*format=json*", lambda route: _answer(route, data))
    ours.goto(url + PATH)
    nodes, edges = _drawn(ours)
    first = ours.evaluate(MARK, "network-drawn") - ours.evaluate(MARK, "network-loaded")
    box = ours.locator(STAGE).bounding_box()
    assert box is not None
    theirs = browser.new_page(viewport=SIZE)
    theirs.add_script_tag(path=str(PEER / "dist" / "cytoscape.min.js"))
    first_peer = theirs.evaluate(DRAW_PEER, [data, box["width"], box["height"]])
    version = json.loads((PEER / "package.json").read_text(encoding="utf-8"))["version"]
    print(f"\nload of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"{f'{nodes:,} nodes, {edges:,} edges':44} {'ours':>8} {f'cytoscape.js {version}':>20} {'ratio':>7}")
    _row("from the data to the first drawing, ms", first, first_peer)
    for name, move in (("drag", _drag), ("wheel", _wheel), ("pointer", _point)):
        anew: list[float] = []
        found: dict[Page, list[float]] = {}
        rested: dict[Page, list[float]] = {}
        for page in [ours, theirs] * ROUNDS:
            page.bring_to_front()
            page.wait_for_timeout(300)
            found.setdefault(page, []).extend(_frames(page, move))
            rested.setdefault(page, []).append(max(_frames(page, lambda page, *_: page.wait_for_timeout(RESTING_MS))))
            if page is ours:
                anew.append(_until_anew(page, move))
        mine, peer = Moved(found[ours]), Moved(found[theirs])
        _row(f"{name}: a frame, p50 ms", mine.p50, peer.p50)
        _row(f"{name}: a frame, p95 ms", mine.p95, peer.p95)
        _row(f"{name}: frames a second", mine.per_second, peer.per_second)
        _row(f"{name}: the longest frame at rest, ms", max(rested[ours]), max(rested[theirs]))
        print(f"{f'{name}: until drawn anew, ms':44} {max(anew):8.1f}")


def _row(name: str, ours: float, theirs: float) -> None:
    print(f"{name:44} {ours:8.1f} {theirs:20.1f} {ours / theirs:7.2f}")


def _answer(route: Route, data: dict[str, Any]) -> None:
    route.fulfill(status=200, content_type="application/json", body=json.dumps(data))


def _frames(page: Page, move: Callable[[Page, float, float], None]) -> list[float]:
    page.locator(STAGE).evaluate("stage => { stage.scrollIntoView({block: 'center', behavior: 'instant'}); }")
    box = page.locator(STAGE).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.evaluate(RECORD)
    move(page, x, y)
    frames: list[float] = page.evaluate(RECORDED)
    return frames


def _until_anew(page: Page, move: Callable[[Page, float, float], None]) -> float:
    """Milliseconds from the end of a movement until what has come into view is drawn."""
    _frames(page, move)
    begun = time.perf_counter()
    page.wait_for_selector(ANEW)
    return 1000 * (time.perf_counter() - begun)


def _drag(page: Page, x: float, y: float) -> None:
    page.mouse.down()
    for n in range(DRAGS):
        angle = 2 * math.pi * n / DRAGS
        page.mouse.move(x + 150 * math.sin(angle), y + 100 * (1 - math.cos(angle)))
    page.mouse.up()


def _wheel(page: Page, x: float, y: float) -> None:
    page.locator(STAGE).evaluate("stage => stage.focus({preventScroll: true})")
    for n in range(WHEELS):
        page.mouse.wheel(0, -120 if n % 20 < 10 else 120)
        page.wait_for_timeout(30)


def _point(page: Page, x: float, y: float) -> None:
    for n in range(DRAGS):
        page.mouse.move(x + 5 * n, y + 100 * math.sin(n))


def generated() -> dict[str, Any]:
    """A network as the service writes it: communities on a spiral, three edges in four inside one, and names as long as
    those of agencies."""
    chance = random.Random(SEED)
    far = [math.sqrt(n / COMMUNITIES) for n in range(COMMUNITIES)]
    middles = [
        (800 + 700 * reach * math.cos(2.4 * n), 500 + 430 * reach * math.sin(2.4 * n)) for n, reach in enumerate(far)
    ]
    member = [chance.randrange(COMMUNITIES) for _ in range(NODES)]
    members: list[list[int]] = [[] for _ in range(COMMUNITIES)]
    for node, community in enumerate(member):
        members[community].append(node)
    weights: dict[tuple[int, int], int] = {}
    while len(weights) < EDGES:
        one = chance.randrange(NODES)
        other = chance.choice(members[member[one]]) if chance.random() < 0.75 else chance.randrange(NODES)
        if one != other:
            weights[one, other] = 1 + int(chance.expovariate(0.7))
    outgoing, incoming, near = ([0] * NODES for _ in range(3))
    for (one, other), weight in weights.items():
        outgoing[one] += weight
        incoming[other] += weight
        near[one] += 1
        near[other] += 1
    nodes = [
        {
            "iri": f"https://w3id.org/phancong/id/agency/tinh-{community}/so-{n}",
            "label": f"Sở Nông nghiệp và Môi trường số {n}",
            "area_label": f"Tỉnh {community}",
            "x": chance.gauss(middles[community][0], 28),
            "y": chance.gauss(middles[community][1], 20),
            "out_strength": outgoing[n],
            "in_strength": incoming[n],
            "neighbours": near[n],
            "community": community + 1,
        }
        for n, community in enumerate(member)
    ]
    edges = [
        {"source": nodes[one]["iri"], "target": nodes[other]["iri"], "weight": weight}
        for (one, other), weight in weights.items()
    ]
    about = {"network": {"name": "lead-coordinator", "directed": True}, "layout": {"width": 1600, "height": 1000}}
    return {**about, "nodes": nodes, "edges": edges}


if __name__ == "__main__":
    sys.exit(main())
