from pathlib import Path

import pytest

from graph.linking.links import CLOSE, LinkError, check_ends, load_decisions
from graph.mapping import Shared
from graph.namespaces import thing

GOOD = """\
[[link]]
subject = "document/a/task/1"
predicate = "closeMatch"
object = "document/b/task/2"
decision = "accept"
by = "Nguyễn Văn A"
on = 2026-11-23
why = "Both connect the databases."
"""


def write(folder: Path, text: str) -> Path:
    (folder / "links").mkdir(exist_ok=True)
    (folder / "links" / "tasks.toml").write_text(text, encoding="utf-8")
    return folder / "links"


def test_a_decision_is_read(tmp_path: Path) -> None:
    (decision,) = load_decisions(write(tmp_path, GOOD))
    assert decision.ends == (thing("document", "a", "task", "1"), thing("document", "b", "task", "2"))
    assert (decision.predicate, decision.accepted, decision.on) == (CLOSE, True, "2026-11-23")
    assert decision.place == "links/tasks.toml: link 1"


def test_no_folder_no_decisions(tmp_path: Path) -> None:
    assert load_decisions(tmp_path / "links") == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[[link]]", "[[links]]", r"tasks\.toml: holds no \[\[link\]\]"),
        ("on = 2026-11-23", "on = 2026-13-23", "is no TOML"),
        ('why = "Both connect the databases."', "", "link 1: why is missing"),
        ('why = "Both connect the databases."', 'why = " "', "link 1: why is empty"),
        ("on = 2026-11-23", 'on = "2026-11-23"', "link 1: on must be a date"),
        ("closeMatch", "sameAs", "predicate must be one of exactMatch, closeMatch"),
        ('"accept"', '"yes"', "decision must be accept or reject"),
        ("document/b/task/2", "document/a/task/1", "subject and object are the same"),
        ("why =", "because =", "link 1: why is missing"),
        ('by = "Nguyễn Văn A"', 'by = "Nguyễn Văn A"\nsure = 1', "sure is no part of a decision"),
    ],
)
def test_a_bad_decision_is_refused_in_one_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(LinkError, match=message) as error:
        load_decisions(write(tmp_path, GOOD.replace(old, new)))
    assert "\n" not in str(error.value)


def test_two_decisions_about_the_same_two_things_are_refused(tmp_path: Path) -> None:
    other = GOOD.replace("a/task/1", "x").replace("b/task/2", "a/task/1").replace("document/x", "document/b/task/2")
    with pytest.raises(LinkError, match=r"link 2: links/tasks\.toml: link 1 decides about the same two"):
        load_decisions(write(tmp_path, GOOD + other))


def test_a_decision_whose_end_is_gone_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    decisions = load_decisions(write(tmp_path, GOOD))
    with pytest.raises(LinkError, match=r"link 1: document/b/task/2 is no task or indicator .* mend the decision"):
        check_ends(decisions, {thing("document", "a", "task", "1")})


def test_the_decisions_kept_here_fit_the_plans(mapped_plans: tuple[object, Shared]) -> None:
    shared = mapped_plans[1]
    decisions = load_decisions()
    assert decisions
    check_ends(decisions, {task.iri for task in shared.tasks} | {one.concept for one in shared.indicators})
