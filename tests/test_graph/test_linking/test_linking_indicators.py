import pytest

from graph.linking.indicators import IndicatorMention, indicator_slug, measured, same_indicators
from graph.linking.links import CLOSE, EXACT, Decision
from graph.vocabulary import Vocabulary

COVERAGE = "Tỷ lệ phủ sóng 5G trên địa bàn"


def mention(name: str, measure: str | None = "ratio", document: str = "a") -> IndicatorMention:
    return IndicatorMention(f"id/indicator/{indicator_slug(name)}", name, measure, document)


def decision(subject: str, object_: str, accepted: bool, predicate: str = EXACT) -> Decision:
    ends = [f"id/indicator/{indicator_slug(name)}" for name in (subject, object_)]
    return Decision(ends[0], predicate, ends[1], accepted, "A", "2026-11-23", "because", "links/x.toml: link 1")


def together(*mentions: IndicatorMention, decisions: tuple[Decision, ...] = ()) -> bool:
    canonical = same_indicators(mentions, decisions).canonical
    return len({canonical[one.concept] for one in mentions}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (mention("Mạng 5G phủ sóng"), mention(COVERAGE)),
        (mention("Tỷ kệ phủ sóng 6G trên địa bàn"), mention("Tỷ lệ phủ sóng 6G trên địa bàn (*)")),
        (mention("Số dự án khởi nghiệp sáng tạo hàng năm", "number"), mention("Số lượng dự án khởi nghiệp sáng tạo mỗi năm()", "number")),
        (mention("hồ sơ thủ tục hành chính được xử lý trực tuyến"), mention("Tỷ lệ hồ sơ thủ tục hành chính xử lý trực tuyến.")),
        (mention("Số bài báo (Scopus/ISI), ĐMST", "number"), mention("Số bài báo (Scopus/ISI), đổi mới sáng tạo", None)),
    ],
)  # fmt: skip
def test_the_same_indicator_under_two_names(one: IndicatorMention, other: IndicatorMention) -> None:
    assert one.concept != other.concept
    assert together(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (mention(COVERAGE), mention("Tỷ lệ phủ sóng 6G trên địa bàn")),
        (mention("Tỷ lệ cán bộ cấp tỉnh được bồi dưỡng"), mention("Tỷ lệ cán bộ cấp xã được bồi dưỡng")),
        (mention("Số nhiệm vụ được nghiệm thu", "number"), mention("Số nhiệm vụ triển khai", "number")),
        (mention("Tỷ lệ doanh nghiệp công nghệ số"), mention("Số lượng doanh nghiệp công nghệ số", "number")),
        (mention("Tỷ lệ doanh nghiệp công nghệ số"), mention("Tỷ lệ doanh nghiệp công nghệ")),
    ],
)
def test_what_is_not_the_same(one: IndicatorMention, other: IndicatorMention) -> None:
    assert not together(one, other)


def test_a_name_within_another_is_near_and_joins_nothing() -> None:
    adults, all_people = mention("Tỷ lệ người dân trưởng thành có chữ ký số"), mention("Tỷ lệ người dân có chữ ký số")
    assert not together(adults, all_people)
    (link,) = same_indicators([adults, all_people]).links
    assert (link.subject, link.predicate, link.object) == (adults.concept, CLOSE, all_people.concept)
    assert 0.7 <= link.score < 1
    assert link.status == "proposed"


def test_the_name_of_most_documents_stands_for_all() -> None:
    mentions = [mention("Mạng 5G phủ sóng", document="a"), mention(COVERAGE, document="b"), mention(COVERAGE, document="c")]  # fmt: skip
    assert set(same_indicators(mentions).canonical.values()) == {mentions[1].concept}


def test_a_lone_indicator_stands_for_itself() -> None:
    lone = mention(COVERAGE)
    assert same_indicators([lone]).canonical == {lone.concept: lone.concept}


def test_people_join_and_part() -> None:
    people, area, mobile = "Tỷ lệ phủ sóng 5G cho người dân", COVERAGE, "Mạng 5G phủ sóng"
    mentions = [mention(name) for name in (people, area, mobile)]
    joined = same_indicators(mentions, [decision(people, area, True)])
    assert set(joined.canonical.values()) == {joined.canonical[mention(area).concept]}
    assert [link.status for link in joined.links if link.subject == mention(people).concept] == ["reviewed"]
    parted = same_indicators(mentions, [decision(mobile, area, False)])
    assert len(set(parted.canonical.values())) == 3


def test_a_reviewed_near_match_stays_two() -> None:
    one, other = "Tỷ lệ người dân trưởng thành có chữ ký số", "Tỷ lệ người dân có chữ ký số"
    found = same_indicators([mention(one), mention(other)], [decision(one, other, True, CLOSE)])
    assert [(link.predicate, link.status) for link in found.links] == [(CLOSE, "reviewed")]
    assert len(set(found.canonical.values())) == 2


@pytest.mark.parametrize(
    ("unit", "valued", "measure"),
    [
        ("%", True, "ratio"),
        ("% dân số", True, "ratio"),
        ("% tổng chi NSNN", True, "ratio"),
        ("Tỷ lệ", True, "ratio"),
        ("Có/Không", False, "attainment"),
        ("Trung tâm", False, "attainment"),
        ("Trung tâm", True, "number"),
        ("Công trình", True, "number"),
        ("Thứ bậc (trong nhóm các tỉnh, thành phố dẫn đầu cả nước)", True, "standing"),
        ("Điểm (khung 1,0)", True, "standing"),
        ("", True, None),
    ],
)
def test_what_a_unit_measures(vocabulary: Vocabulary, unit: str, valued: bool, measure: str | None) -> None:
    assert measured(unit, valued, vocabulary) == measure
