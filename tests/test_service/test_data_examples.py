"""The examples of docs/data.md, run as they stand against the release of the five plans."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from serving import Server

DOCS = Path(__file__).parents[2] / "docs"
WRITTEN = "http://127.0.0.1:8000"
README = DOCS.parent / "README.md"


def blocks(language: str, portal: Server) -> list[str]:
    text = (DOCS / "data.md").read_text(encoding="utf-8").replace(WRITTEN, portal.url)
    found = re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert found, f"docs/data.md has no example in {language}"
    return found


def run(*command: str, folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_duckdb_on_the_parquet_files_gives_the_answer_of_the_readme(portal: Server, tmp_path: Path) -> None:
    for script in blocks("bash", portal):
        run("bash", "-eu", "-c", script, folder=tmp_path)
    printed = [run(sys.executable, "-c", program, folder=tmp_path) for program in blocks("python", portal)]
    (answer,) = re.findall(r"```csv\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    asked = [(row["agency"], int(row["tasks"])) for row in csv.DictReader(io.StringIO(answer))]
    found = re.findall(r"\('([^']+)', '[^']+', (\d+)\)", printed[0])
    assert [(agency, int(tasks)) for agency, tasks in found] == asked


def test_the_notebook_runs(portal: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHANCONG_SERVICE", portal.url)
    for name in ("JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    notebook = nbformat.read(DOCS / "deadlines.ipynb", as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells), "it is kept without outputs"
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert notebook.cells[1].outputs[0].data["text/plain"] == "445"


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_r_reads_the_tables(portal: Server, tmp_path: Path) -> None:
    (program,) = blocks("r", portal)
    (tmp_path / "example.R").write_text(program, encoding="utf-8")
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["Rscript", "example.R"], cwd=tmp_path, capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "thanh-hoa" in done.stdout
