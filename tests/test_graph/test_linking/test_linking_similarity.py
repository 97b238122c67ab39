import random

import pytest

from graph.linking.similarity import Item, Match, match
from graph.linking.tasks import ALIKE
from graph.mapping import Shared

DATA = "Hoàn thành kết nối, khai thác, chia sẻ hiệu quả dữ liệu; triển khai các sáng kiến mở dữ liệu"
ROBOT = "Nghiên cứu, chế tạo rô-bốt phục vụ nông nghiệp trong tỉnh"
OTHERS = [
    Item(f"z{n}", "z", f"Nhiệm vụ phát triển khoa học, công nghệ, đổi mới sáng tạo thứ {word}")
    for n, word in enumerate(["một", "hai", "ba", "bốn", "năm", "sáu"])
]


def items(*texts: tuple[str, str, str]) -> list[Item]:
    return [*(Item(*text) for text in texts), *OTHERS]


def test_a_later_text_joins_the_earlier_one_that_says_the_same_whatever_case_accents_and_marks() -> None:
    (found,) = match(items(("a1", "a", DATA), ("b1", "b", f"{DATA.upper()}.")), ALIKE)
    assert (found.member, found.leader, found.score) == ("b1", "a1", 1.0)


def test_shared_wording_stands_as_the_member_writes_it_without_what_the_other_lacks() -> None:
    longer = DATA.replace("khai thác, chia sẻ", "khai thác thử và chia sẻ")
    (found,) = match(items(("a1", "a", DATA), ("b1", "b", longer)), ALIKE)
    assert found.wording == (
        "chia sẻ hiệu quả dữ liệu; triển khai các sáng kiến mở dữ liệu",
        "Hoàn thành kết nối, khai thác",
    )


def test_texts_of_one_document_do_not_match() -> None:
    assert match(items(("a1", "a", DATA), ("a2", "a", DATA)), ALIKE) == []


def test_a_leader_takes_one_text_of_a_document_the_most_similar() -> None:
    found = match(items(("a1", "a", DATA), ("b1", "b", f"{DATA} theo Đề án"), ("b2", "b", DATA)), ALIKE)
    assert [(one.member, one.leader) for one in found] == [("b2", "a1")]


def test_texts_that_people_set_apart_do_not_match_whichever_way_round() -> None:
    both = items(("a1", "a", DATA), ("b1", "b", DATA))
    assert match(both, ALIKE, [("a1", "b1")]) == match(both, ALIKE, [("b1", "a1")]) == []


def test_what_every_text_says_tells_little() -> None:
    """Eight words in common: such as all texts hold, or such as only these two do."""
    scores = [
        match(items(("a1", "a", f"Quảng bá {words}"), ("b1", "b", f"Ngân sách {words}")), 0.1)[0].score
        for words in ("khoa học, công nghệ, đổi mới sáng tạo", "giống lúa, thủy sản, đánh bắt xa bờ")
    ]
    assert scores[0] < scores[1]


@pytest.mark.parametrize("text", ["", "số", "½ ² …", "số số số số"])
def test_texts_with_little_in_them_do_no_harm(text: str) -> None:
    assert match([Item("a1", "a", text), Item("b1", "b", text)], ALIKE) in ([], [Match("b1", "a1", 1.0, (text,))])


def test_blocking_finds_in_the_five_plans_what_comparing_all_pairs_finds(
    mapped_plans: tuple[object, Shared],
) -> None:
    tasks = sorted(mapped_plans[1].tasks, key=lambda task: (task.dated or "9", task.document, task.iri))
    everything = [Item(task.iri, task.document, task.title) for task in tasks]
    found = match(everything, ALIKE)
    assert len(found) > 40
    assert found == match(everything, ALIKE, all_pairs=True)


def test_the_order_within_a_document_does_not_show() -> None:
    texts = [("b1", "b", DATA), ("b2", "b", ROBOT), ("b3", "b", f"{DATA} của tỉnh"), ("b4", "b", "Phát triển y tế số")]
    expected = {(one.member, one.leader) for one in match(items(("a1", "a", DATA), ("a2", "a", ROBOT), *texts), ALIKE)}
    for seed in range(5):
        random.Random(seed).shuffle(texts)
        found = match(items(("a1", "a", DATA), ("a2", "a", ROBOT), *texts), ALIKE)
        assert {(one.member, one.leader) for one in found} == expected
