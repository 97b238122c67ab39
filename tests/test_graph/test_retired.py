from pathlib import Path

import pytest

from graph.retired import RETIRED, RetiredError, described, read_retired, retire, write_retired

ID = "https://w3id.org/phancong/id/"


def test_what_the_new_release_no_longer_describes_is_gone_until_it_comes_back() -> None:
    first, second, third = (frozenset(f"{ID}task/{n}" for n in rows) for rows in ((1, 2), (2, 3), (1, 3)))
    gone = retire(second, first, "release-1", {})
    assert gone == {f"{ID}task/1": "release-1"}
    assert retire(third, second, "release-2", gone) == {f"{ID}task/2": "release-2"}


def test_things_are_the_subjects_below_id() -> None:
    lines = [
        f'<{ID}a> <http://x.example/p> "b" <http://x.example/g> .\n',
        f"<http://x.example/c> <http://x.example/p> <{ID}d> .\n",
    ]
    assert described(lines) == {f"{ID}a"}


def test_the_list_survives_a_file(tmp_path: Path) -> None:
    assert read_retired(tmp_path) == {}
    write_retired(tmp_path, {f"{ID}a": "release-1"})
    assert read_retired(tmp_path) == {f"{ID}a": "release-1"}


def test_a_damaged_list_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / RETIRED).write_text(f"{ID}a\trelease-1\n{ID}b\n")
    with pytest.raises(RetiredError, match=r"retired\.tsv:2: needs an IRI"):
        read_retired(tmp_path)
