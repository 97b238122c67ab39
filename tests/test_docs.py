"""The documents say what is so: commands, settings, and the README's answer."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from pathlib import Path

from graph.reading.limits import Limits
from service.settings import Settings

ROOT = Path(__file__).parent.parent
USAGE = (ROOT / "docs" / "usage.md").read_text(encoding="utf-8")


def test_every_command_is_documented() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "graph.cli", "--help"], capture_output=True, text=True, check=True
    ).stdout
    commands = re.findall(r"^ {4}(\w+) ", shown, re.MULTILINE)
    assert len(commands) >= 7
    assert [name for name in commands if f"`phancong {name}" not in USAGE] == []


def test_every_setting_is_documented_with_its_default() -> None:
    for field in (*dataclasses.fields(Settings), *dataclasses.fields(Limits)):
        default = f"{field.default:g}" if isinstance(field.default, float) else str(field.default or "empty")
        default = "yes" if field.default is True else default
        assert f"| `PHANCONG_{field.name.upper()}` | {default} |" in USAGE
