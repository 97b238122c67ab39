from graph.linking.links import CLOSE, EXACT, Decision
from graph.linking.tasks import TaskMention, same_tasks

DATA = "Hoàn thành kết nối, khai thác, chia sẻ hiệu quả dữ liệu; triển khai các sáng kiến mở dữ liệu"
NIGHT = "Phát triển kinh tế ban đêm gắn với du lịch biển đảo"


def task(document: str, dated: str | None, number: str, title: str, *topics: str) -> TaskMention:
    return TaskMention(f"id/document/{document}/task/{number}", f"id/document/{document}", dated, title, topics)


def decision(subject: TaskMention, object_: TaskMention, accepted: bool) -> Decision:
    return Decision(subject.iri, CLOSE, object_.iri, accepted, "A", "2026-11-23", "because", "links/tasks.toml: link 1")


OLD = task("old", "2025-04-26", "1", DATA, "data", "platforms")
NEW = task("new", "2026-02-26", "7", DATA, "data")
UNDATED = task("a-plan", None, "3", f"{DATA} của tỉnh", "data")
NIGHT_OLD = task("old", "2025-04-26", "2", NIGHT)
NIGHT_NEW = task("new", "2026-02-26", "8", "Thúc đẩy các hoạt động dịch vụ về khuya")


def test_the_earliest_document_leads_and_one_without_a_date_comes_last() -> None:
    found = same_tasks([NEW, UNDATED, OLD])
    assert found.leaders == {OLD.iri: OLD.iri, NEW.iri: OLD.iri, UNDATED.iri: OLD.iri}
    assert same_tasks([OLD, NEW, UNDATED]) == found, "whatever the order they are given in"


def test_a_link_says_how_it_was_found_how_sure_and_what_the_two_share() -> None:
    close, exact = sorted(same_tasks([NEW, UNDATED, OLD]).links, key=lambda link: link.score)
    assert (exact.subject, exact.predicate, exact.object, exact.score) == (NEW.iri, EXACT, OLD.iri, 1.0)
    assert (close.predicate, close.status, close.justification) == (
        CLOSE,
        "proposed",
        "LexicalSimilarityThresholdMatching",
    )
    assert close.score < 1
    assert exact.topics == ("data",)
    assert exact.wording == (DATA,)


def test_what_a_person_accepts_is_together_and_tells_who_and_why() -> None:
    found = same_tasks([OLD, NIGHT_OLD, NEW, NIGHT_NEW], [decision(NIGHT_NEW, NIGHT_OLD, True)])
    assert found.leaders[NIGHT_NEW.iri] == NIGHT_OLD.iri
    (link,) = [link for link in found.links if link.status == "reviewed"]
    assert (link.subject, link.object, link.score) == (NIGHT_NEW.iri, NIGHT_OLD.iri, 1.0)
    assert link.decision and link.decision.why == "because"


def test_an_accepted_proposal_is_told_once_as_reviewed() -> None:
    found = same_tasks([OLD, NEW], [decision(NEW, OLD, True)])
    assert [link.status for link in found.links] == ["reviewed"]


def test_what_a_person_rejects_is_apart() -> None:
    found = same_tasks([OLD, NEW], [decision(OLD, NEW, False)])
    assert (found.links, found.leaders) == ((), {})


def test_two_clusters_that_a_person_joins_have_the_earlier_leader() -> None:
    tasks = [OLD, NEW, NIGHT_OLD, task("third", "2026-03-01", "1", NIGHT)]
    found = same_tasks(tasks, [decision(NEW, tasks[3], True)])
    assert set(found.leaders.values()) == {OLD.iri}
    assert set(found.leaders) == {one.iri for one in tasks}
