"""Scanned pages: their rules by the dark pixels in a line, their words by Tesseract, each where it stands.

Only where a person asks for it: recognised text has mistakes that nothing marks.
"""

from __future__ import annotations

import io
import os
import shutil
import statistics
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from pdfplumber.page import Page
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells

from graph.reading.layout import Piece
from graph.reading.limits import UnreadableError

_PROGRAM, _LANGUAGE = "tesseract", "vie"
_MISSING = (
    "install Tesseract with Vietnamese (Debian: tesseract-ocr and tesseract-ocr-vie), or recognise its text before"
)
_ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}  # four times as fast: its threads mostly wait for each other
_RESOLUTION = 300  # dots an inch
_POINT = 72 / _RESOLUTION
_DARK = 140  # of 255
_SHORTEST_ACROSS, _SHORTEST_DOWN = 150, 60  # dots of a rule: no stroke of a letter is as long
_THICKEST_RULE = 12  # dots
_FIELDS = 12  # of a word in Tesseract's table
_SURE = 20.0  # per cent: a word that Tesseract is less sure of is dirt
_NO_WORD = frozenset("|_—–-=~.,:;'`\"‘’“”[]{}()\\/*")
_Box = tuple[float, float, float, float]
_Pixels = Any  # an array of numbers


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scanned page shows: its words, and the cells of each of its ruled tables, in points."""

    words: list[Piece]
    tables: list[list[_Box]]


def require() -> None:
    """Raise :class:`UnreadableError` where Tesseract or its Vietnamese is not installed."""
    program = shutil.which(_PROGRAM)
    if program is None:
        raise UnreadableError(f"is a scan, and Tesseract is not installed: {_MISSING}")
    languages = subprocess.run([program, "--list-langs"], capture_output=True, text=True).stdout.split()
    if _LANGUAGE not in languages:
        raise UnreadableError(f"is a scan, and Tesseract knows no Vietnamese here: {_MISSING}")


def read(page: Page) -> Scan:
    """The words and ruled tables of a page that is an image. Raises :class:`UnreadableError`."""
    image = page.to_image(resolution=_RESOLUTION).original.convert("L")
    pixels = np.array(image)
    dark = pixels < _DARK
    across, down = _rules(dark, _SHORTEST_ACROSS), _rules(dark.T, _SHORTEST_DOWN)
    for top, bottom, left, right in across:
        pixels[top:bottom, left:right] = 255
    for left, right, top, bottom in down:
        pixels[top:bottom, left:right] = 255
    return Scan(list(_words(pixels)), _tables(across, down))


def _rules(dark: _Pixels, shortest: int) -> list[tuple[int, int, int, int]]:
    """The long thin dark bars along the rows of a page, as (first row, one past the last, left, right)."""
    found: list[tuple[int, int, int, int]] = []
    open_bars: list[list[int]] = []
    for y, row in enumerate(dark):
        runs = _long_runs(row, shortest)
        still: list[list[int]] = []
        for left, right in runs:
            bar = next((bar for bar in open_bars if bar[2] < right and left < bar[3]), None)
            if bar is None:
                bar = [y, y, left, right]
            else:
                bar[2], bar[3] = min(bar[2], left), max(bar[3], right)
            bar[1] = y + 1
            if bar not in still:
                still.append(bar)
        found += [(bar[0], bar[1], bar[2], bar[3]) for bar in open_bars if bar not in still]
        open_bars = still
    found += [(bar[0], bar[1], bar[2], bar[3]) for bar in open_bars]
    return [bar for bar in found if bar[1] - bar[0] <= _THICKEST_RULE]


def _long_runs(row: _Pixels, shortest: int) -> list[tuple[int, int]]:
    """Where the long runs of dark dots of a line begin and end."""
    if row.sum() < shortest:
        return []
    edges = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= shortest]


def _tables(across: list[tuple[int, int, int, int]], down: list[tuple[int, int, int, int]]) -> list[list[_Box]]:
    """The cells that rules enclose, table by table."""
    edges = [
        {"x0": left * _POINT, "x1": right * _POINT, "top": y * _POINT, "bottom": y * _POINT, "orientation": "h"}
        for top, bottom, left, right in across
        for y in [(top + bottom) / 2]
    ]
    edges += [
        {"x0": x * _POINT, "x1": x * _POINT, "top": top * _POINT, "bottom": bottom * _POINT, "orientation": "v"}
        for left, right, top, bottom in down
        for x in [(left + right) / 2]
    ]
    slack = _THICKEST_RULE * _POINT
    cells = intersections_to_cells(edges_to_intersections(edges, slack, slack))
    return [list(table) for table in cells_to_tables(cells)]


def _words(pixels: _Pixels) -> Iterator[Piece]:
    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", dpi=(_RESOLUTION, _RESOLUTION))
    command = [_PROGRAM, "stdin", "stdout", "-l", _LANGUAGE, "--psm", "11", "tsv"]
    done = subprocess.run(command, input=out.getvalue(), capture_output=True, env={**os.environ, **_ONE_THREAD})
    if done.returncode:
        said = done.stderr.decode(errors="replace").split("\n")[0]
        raise UnreadableError(f"makes Tesseract fail (exit code {done.returncode}): {said[:200]}")
    rows = [line.split("\t") for line in done.stdout.decode().splitlines()[1:]]
    found = [row for row in rows if len(row) == _FIELDS and set(row[-1].strip()) - _NO_WORD and float(row[10]) >= _SURE]
    size = statistics.median(int(row[9]) * _POINT for row in found) if found else 0.0
    for row in found:
        left, top, width, height = (int(number) * _POINT for number in row[6:10])
        yield Piece(left, left + width, top, top + height, size, row[-1].strip())
