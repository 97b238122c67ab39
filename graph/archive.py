"""Where the releases of a folder are: those that can be served, and older ones in the archive with their dumps."""

from __future__ import annotations

from pathlib import Path

ARCHIVE = "archive"
ABOUT = "release.json"


def release_folders(out: Path) -> list[Path]:
    """The folders of all releases, archived ones too, in order of issue; a release itself is the only one."""
    if (out / ABOUT).is_file():
        return [out]
    return sorted([*servable(out), *servable(out / ARCHIVE)], key=lambda path: path.name)


def servable(folder: Path) -> list[Path]:
    """The releases right below a folder, in order of issue; none where there is no such folder."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if (path / ABOUT).is_file() and not path.is_symlink())


def find_release(out: Path, name: str) -> Path | None:
    """The release that a name means: its id, or a date ``YYYY-MM-DD``, which means the last of that day."""
    day = name.replace("-", "")
    folders = release_folders(out)
    by_id = next((path for path in folders if path.name == name), None)
    return by_id or next(
        (path for path in reversed(folders) if day.isdigit() and path.name.startswith(f"{day}T")), None
    )
