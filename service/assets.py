"""What the build of service/web/ made: which hashed files an entry loads. Nothing where it was not built.

Vite writes static/built/manifest.json: source -> file, the style sheets and the modules that it imports
(https://vite.dev/guide/backend-integration).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

STATIC = Path(__file__).with_name("static")
"""The folder of files that are served as they are; what is built lies in built/ in it."""

_LETTERS = ("be-vietnam-pro-latin-400", "be-vietnam-pro-vietnamese-400", "source-serif-4-latin-600")


@dataclass(frozen=True, slots=True)
class Assets:
    """What a page loads for an entry: paths below /static, in the order in which they are named."""

    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    """What the scripts import, for loading it at once."""


@lru_cache(maxsize=1)
def read_manifest(folder: Path) -> Mapping[str, Any]:
    """Return Vite's manifest of a folder of static files, empty where nothing is built."""
    try:
        manifest: dict[str, Any] = json.loads((folder / "built" / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return manifest


def assets_of(entry: str, manifest: Mapping[str, Any]) -> Assets:
    """Return what a page loads for the entry src/<entry>.ts or src/<entry>.css; nothing where it is not built."""
    script, style = manifest.get(f"src/{entry}.ts"), manifest.get(f"src/{entry}.css")
    imported = _imported(script, manifest) if script else ()
    chunks = [chunk for chunk in (script, *imported) if chunk]
    styles = [name for chunk in chunks for name in chunk.get("css", ())] + ([style["file"]] if style else [])
    return Assets(
        styles=tuple(f"built/{name}" for name in dict.fromkeys(styles)),
        scripts=(f"built/{script['file']}",) if script else (),
        modules=tuple(f"built/{chunk['file']}" for chunk in imported),
    )


def first_letters(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the files of the letters that every page begins with, for loading them at once."""
    files = {Path(source).name: chunk["file"] for source, chunk in manifest.items() if source.endswith(".woff2")}
    return tuple(f"built/{files[name]}" for name in (f"{one}-normal.woff2" for one in _LETTERS) if name in files)


def _imported(chunk: Mapping[str, Any], manifest: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Return the chunks that a chunk imports, those that they import among them, each once."""
    found: dict[str, Mapping[str, Any]] = {}
    waiting = list(chunk.get("imports", ()))
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = manifest[name]
            waiting += manifest[name].get("imports", ())
    return tuple(found.values())
