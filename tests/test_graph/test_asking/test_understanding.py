"""What is made of questions in words: answers, what is asked back, what is absent, what is not understood."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from graph.asking import WordsError
from graph.asking.choices import choices
from graph.asking.found import Asking
from graph.asking.telling import messages, to_json, to_text
from graph.asking.understanding import LONGEST, Outcome, Understanding, understand

TODAY = date(2026, 2, 10)
DATA_IN_QUANG_TRI = "Cơ quan nào chủ trì nhiều nhiệm vụ về dữ liệu nhất ở Quảng Trị?"


def ask(text: str, asking: Asking) -> Understanding:
    return understand(text, asking, TODAY)


def answered(text: str, asking: Asking) -> tuple[str, dict[str, str]]:
    understanding = ask(text, asking)
    assert understanding.outcome is Outcome.ANSWER, to_text(understanding, ())
    best = understanding.candidates[0]
    return best.asked.question.id, best.filled.values


@pytest.mark.parametrize(
    "text",
    [
        DATA_IN_QUANG_TRI,
        unicodedata.normalize("NFD", DATA_IN_QUANG_TRI),
        "co quan nao chu tri nhieu nhiem vu ve du lieu nhat o quang tri",
        "Cơ quan nào chủ trì nhiều nhiệm vụ về CSDL nhất ở Quản Trị?",
        "Which agencies lead most tasks on data in Quang Tri?",
    ],
)
def test_one_question_in_many_spellings(text: str, asking: Asking) -> None:
    assert answered(text, asking) == ("agencies-by-tasks-led", {"topic": "data", "area": "quang-tri"})


def test_each_value_says_its_words(asking: Asking) -> None:
    best = ask("Cơ quan nào chủ trì nhiều nhiệm vụ về CSDL nhất ở Quản Trị?", asking).candidates[0]
    assert best.filled.sources == {"topic": "CSDL", "area": "Quản Trị"}
    assert [(part.text, part.misspelt) for part in best.parts if part.misspelt] == [("Quản Trị", "Quảng Trị")]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Sở KHCN Quảng Trị chủ trì việc gì?", {"agency": "quang-tri/so-khoa-hoc-va-cong-nghe", "role": "lead"}),
        ("UBND tỉnh Thanh Hóa được giao nhiệm vụ nào?", {"agency": "thanh-hoa/ubnd-tinh"}),
        ("Sở Y tế Quảng Trị được giao gì trong kế hoạch 687?", {"agency": "quang-tri/so-y-te"}),
    ],
)
def test_tasks_of_an_agency(text: str, values: dict[str, str], asking: Asking) -> None:
    question, given = answered(text, asking)
    assert question == "tasks-of-agency"
    assert values.items() <= given.items()


def test_a_plan_is_told_by_number_or_by_area_and_year(asking: Asking) -> None:
    by_number = answered("Kế hoạch 687/KH-UBND nói về những chủ đề gì?", asking)
    assert by_number == ("topic-profile", {"document": "quang-tri-687-kh-ubnd-2026"})
    assert answered("Kế hoạch năm 2026 của Quảng Trị nói về những chủ đề gì?", asking) == by_number


def test_the_day_of_asking_counts(asking: Asking) -> None:
    text = "Quý này có nhiệm vụ nào đến hạn?"
    assert answered(text, asking)[1] == {"from": "2026-01-01", "to": "2026-03-31"}
    later = understand(text, asking, date(2027, 12, 31)).candidates[0]
    assert later.filled.values == {"from": "2027-10-01", "to": "2027-12-31"}


def test_what_is_assumed_is_said(asking: Asking) -> None:
    understanding = ask("Việc gì đến hạn trước 30/6/2026?", asking)
    assert understanding.candidates[0].filled.values == {"from": "2026-02-10", "to": "2026-06-30"}
    assert "the day of asking was taken" in messages(understanding)[0].en


def test_agencies_of_one_name_are_asked_back(asking: Asking) -> None:
    understanding = ask("Sở Y tế được giao những nhiệm vụ nào?", asking)
    assert understanding.outcome is Outcome.CHOOSE
    offered = choices(understanding, asking.names)
    assert {one.values["agency"] for one in offered} == {
        f"{area}/so-y-te" for area in ("quang-tri", "quang-ngai", "thanh-hoa")
    }
    assert "Sở Y tế – Thanh Hóa" in {one.label for one in offered}


def test_a_missing_value_is_asked_for(asking: Asking) -> None:
    understanding = ask("Kế hoạch này nói về những chủ đề gì?", asking)
    (offered,) = (one for one in choices(understanding, asking.names) if one.missing)
    assert (understanding.outcome, offered.question.id, offered.missing) == (
        Outcome.CHOOSE,
        "topic-profile",
        ("document",),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Đà Nẵng có nhiệm vụ nào về dữ liệu?", "“Đà Nẵng”"),
        ("Bộ Tư pháp được giao nhiệm vụ nào?", "“Bộ Tư pháp”"),
        ("Sở Ngoại vụ Quảng Ngãi được giao nhiệm vụ nào?", "“Sở Ngoại vụ”"),
        ("Kế hoạch 999/KH-UBND nói về những chủ đề gì?", "999/KH-UBND”"),
        ("Quảng Bình có nhiệm vụ nào về dữ liệu?", "It is now (part of) Quảng Trị."),
    ],
)
def test_what_the_data_does_not_have_is_said(text: str, words: str, asking: Asking) -> None:
    understanding = ask(text, asking)
    assert understanding.outcome is Outcome.ABSENT
    assert words in " ".join(one.en for one in messages(understanding))
    assert choices(understanding, asking.names) == ()


@pytest.mark.parametrize("text", ["Thời tiết hôm nay thế nào?", "Who won the match?", "????", "1 2 3", "xyz"])
def test_what_is_no_question_of_the_catalogue_is_not_guessed(text: str, asking: Asking) -> None:
    understanding = ask(text, asking)
    assert (understanding.outcome, understanding.candidates) == (Outcome.UNKNOWN, ())


@pytest.mark.parametrize(
    "text",
    [
        "Cơ quan nào chủ trì ít nhiệm vụ nhất?",
        "co quan nao chu tri it nhiem vu nhat",
        "Which tasks in Quang Tri are not about data?",
        "nhiệm vụ ở Quảng Trị trừ dữ liệu",
        "Nhiệm vụ nào Sở Y tế Quảng Trị không chủ trì?",
    ],
)
def test_a_word_that_turns_the_question_around_is_not_passed_over(text: str, asking: Asking) -> None:
    understanding = ask(text, asking)
    assert understanding.outcome is Outcome.CHOOSE
    assert any("changes what is asked" in one.en for one in messages(understanding))


@pytest.mark.parametrize(
    "text",
    [
        "Cơ quan nào chủ trì nhiều nhiệm vụ về bóng đá nhất?",
        "Which agencies lead most tasks on the football?",
        "Cơ quan nào chủ trì nhiều hơn 10 nhiệm vụ?",
        "Nhiệm vụ về tàu vũ trụ ở Quảng Trị",
        "Tasks of the Ministry of Magic",
    ],
)
def test_unknown_words_that_narrow_the_question_keep_it_open(text: str, asking: Asking) -> None:
    understanding = ask(text, asking)
    assert understanding.outcome is Outcome.CHOOSE
    assert understanding.not_understood


@pytest.mark.parametrize(
    "text",
    [
        "Nhiệm vụ nào về dữ liệu tốn kém nhất ở Quảng Trị?",
        "Sở Y tế Quảng Trị đã hoàn thành những nhiệm vụ nào trong năm 2025?",
        "Trung bình mỗi sở chủ trì bao nhiêu nhiệm vụ?",
        "Kế hoạch 687 ban hành ngày nào?",
        "Which tasks in Quang Tri are the most important?",
        "Which tasks have the biggest budget in Quang Tri?",
        "Why does the Department of Health of Quang Tri lead many tasks?",
        "Compare the tasks of Quang Tri and Thanh Hoa",
        "Số điện thoại Sở Khoa học và Công nghệ Quảng Trị",
        "Dân số Quảng Trị năm 2030",
        "nhiệm vụ",
        "Quảng Trị",
        "AI",
    ],
)
def test_what_fits_in_part_is_not_answered(text: str, asking: Asking) -> None:
    """The catalogue knows no costs, progress, reasons, averages or telephone numbers."""
    assert ask(text, asking).outcome in (Outcome.CHOOSE, Outcome.UNKNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "Has Quang Tri met its 2025 targets?",
        "Did the Department of Finance of Quang Ngai lead its tasks?",
        "Sở Y tế Quảng Trị được giao làm việc gì chưa?",
    ],
)
def test_whether_something_came_to_pass_is_not_answered_by_what_was_planned(text: str, asking: Asking) -> None:
    assert ask(text, asking).outcome is not Outcome.ANSWER


def test_whether_something_came_to_pass_is_answered_by_a_question_that_tells_it(asking: Asking) -> None:
    assert answered("Have any provinces been merged?", asking) == ("agency-changes", {})
    assert answered("Tỉnh Kon Tum đã sáp nhập chưa?", asking) == ("agency-changes", {})


@pytest.mark.parametrize(
    "text",
    [
        "Who wrote plan 687?",
        "What is the budget of the Department of Health of Thanh Hoa?",
        "Are the tasks of Quang Tri realistic?",
        "Kế hoạch 687 ban hành ngày nào?",
        "Năm ngoái phủ sóng 5G được bao nhiêu?",
        "Dự toán kinh phí cho chuyển đổi số của Quảng Trị là bao nhiêu?",
    ],
)
def test_what_plans_do_not_tell_is_not_answered(text: str, asking: Asking) -> None:
    assert ask(text, asking).outcome is not Outcome.ANSWER


def test_questions_that_answer_the_same_are_no_rivals(asking: Asking) -> None:
    _, values = answered("nhiem vu chuyen doi so trong y te o thanh hoa den nam 2030", asking)
    assert values == {"topic": "health", "area": "thanh-hoa", "from": "2026-02-10", "to": "2030-12-31"}


def test_of_topics_of_one_name_the_one_that_has_the_others_in_it_counts(asking: Asking) -> None:
    assert answered("Mỗi tỉnh có mấy nhiệm vụ về nhân lực?", asking) == ("topics-by-area", {"topic": "human-resources"})


def test_of_one_plan_the_other_one_of_its_area_is_compared(asking: Asking) -> None:
    question, values = answered("Which tasks are new in plan 687?", asking)
    assert question == "plan-differences-by-task"
    assert values == {"older": "quang-tri-plan-2025", "newer": "quang-tri-687-kh-ubnd-2026"}


def test_an_agency_is_of_the_area_of_the_plan_named(asking: Asking) -> None:
    question, values = answered("Which targets does the Department of Health have in plan 687?", asking)
    assert question == "indicator-targets"
    assert values == {"document": "quang-tri-687-kh-ubnd-2026", "agency": "quang-tri/so-y-te"}


def test_two_values_of_one_code_narrow_nothing(asking: Asking) -> None:
    question, values = answered("Những nhiệm vụ nào làm thường xuyên, không có thời hạn, ở Quảng Ngãi?", asking)
    assert (question, values) == ("open-ended-tasks", {"area": "quang-ngai"})


def test_không_at_the_end_only_asks(asking: Asking) -> None:
    assert answered("Quảng Trị có nhiệm vụ nào về AI không?", asking)[0] == "tasks"


def test_a_name_that_the_question_cannot_take_is_not_passed_over(asking: Asking) -> None:
    understanding = ask("Các nhiệm vụ về dữ liệu và y tế ở Quảng Trị", asking)
    assert understanding.outcome is Outcome.CHOOSE
    assert [doubt.kind for doubt in understanding.candidates[0].filled.doubts] == ["stray"]


def test_words_that_were_not_understood_are_said(asking: Asking) -> None:
    understanding = ask("Quảng Trị có những nhiệm vụ nào về dữ liệu blockchain?", asking)
    assert understanding.not_understood == ("blockchain",)


@pytest.mark.parametrize("text", ["", "   ", "x" * (LONGEST + 1), "dữ\x00liệu", "\ufffd\ufffd"])
def test_what_is_no_text_is_refused(text: str, asking: Asking) -> None:
    with pytest.raises(WordsError):
        ask(text, asking)


@pytest.mark.parametrize(
    "text",
    [
        '"} } DROP ALL # nhiệm vụ về dữ liệu',
        "nhiệm vụ về dữ liệu {parameter} {0} %s",
        "evidence for a/task/x> } DELETE WHERE { ?s ?p ?o",
        "({[" * 100,
        "a " * (LONGEST // 2 - 1),
    ],
)
def test_an_injection_is_words(text: str, asking: Asking) -> None:
    understanding = ask(text, asking)
    told = to_json(understanding, choices(understanding, asking.names), asking.names)
    values = (told["understood"] or {"parameters": {}})["parameters"].values()
    assert all(set(value["value"]).isdisjoint('{}<>"# ') for value in values)


def test_the_same_words_are_understood_the_same(asking: Asking) -> None:
    assert ask(DATA_IN_QUANG_TRI, asking) == ask(f"  {DATA_IN_QUANG_TRI} ", asking)


@pytest.mark.parametrize(
    ("text", "question", "values"),
    [
        ("Health Dept of Quang Tri: tasks", "tasks-of-agency", {"agency": "quang-tri/so-y-te"}),
        ("SKHCN Quảng Trị có nhiệm vụ gì", "tasks-of-agency", {"agency": "quang-tri/so-khoa-hoc-va-cong-nghe"}),
        ("viec ve y te cua q.tri", "tasks", {"topic": "health", "area": "quang-tri"}),
        (
            "Văn bản nào viện dẫn Nghị quyết 71 của Chính phủ?",
            "documents-resting-on",
            {"number": "71/NQ-CP", "relation": "cites"},
        ),
        (
            "Quyết định tháng 5/2025 của Quảng Ngãi căn cứ vào đâu?",
            "document-relations",
            {"document": "quang-ngai-decision-2025-05", "relation": "based-on"},
        ),
        (
            "Việc nào đến hạn trong 30 ngày tới?",
            "tasks-due",
            {"from": "2026-02-10", "to": "2026-03-12"},
        ),
        ("Quảng Trị hay Quảng Ngãi, tỉnh nào có nhiều việc về y tế hơn?", "topics-by-area", {"topic": "health"}),
        ("tasks in 687 without a coordinator", "tasks-without-coordinator", {"document": "quang-tri-687-kh-ubnd-2026"}),
        ("What documents build on resolution 45-NQ/TW?", "documents-resting-on", {"number": "45-NQ/TW"}),
    ],
)
def test_what_people_call_things(text: str, question: str, values: dict[str, str], asking: Asking) -> None:
    understanding = ask(text, asking)
    assert understanding.outcome is Outcome.ANSWER
    best = understanding.candidates[0]
    assert (best.asked.question.id, best.filled.values) == (question, values)


def test_what_is_assumed_of_areas_and_years_is_said(asking: Asking) -> None:
    two = ask("Quảng Trị hay Quảng Ngãi, tỉnh nào có nhiều việc về y tế hơn?", asking)
    assert any("all areas" in one.en for one in messages(two))
    years = ask("Lộ trình phủ sóng 5G các tỉnh đến 2045", asking)
    assert any("all years" in one.en for one in messages(years))


@pytest.mark.parametrize(
    "text",
    [
        "Who is responsible for AI in Quang Tri?",
        "Who handles AI in Quang Tri?",
        "AI in Quang Tri - who's leading?",
        "Ai chịu trách nhiệm về AI ở Quảng Trị?",
    ],
)
def test_who_is_responsible_asks_for_agencies(text: str, asking: Asking) -> None:
    assert answered(text, asking) == ("agencies-by-tasks-led", {"topic": "ai", "area": "quang-tri"})


def test_who_is_responsible_offers_the_tasks_themselves_besides(asking: Asking) -> None:
    understanding = ask("Who is responsible for AI in Quang Tri?", asking)
    assert "tasks" in [one.question.id for one in choices(understanding, asking.names)]


def test_a_comparison_of_all_targets_asks_for_the_indicator_and_keeps_the_year(asking: Asking) -> None:
    understanding = ask("so sánh mục tiêu 2030 của các tỉnh", asking)
    first = choices(understanding, asking.names)[0]
    assert (understanding.outcome, first.question.id, first.missing) == (
        Outcome.CHOOSE,
        "targets-by-area",
        ("indicator",),
    )
    assert first.values == {"year": "2030"}


def test_of_two_areas_each_can_be_chosen(asking: Asking) -> None:
    understanding = ask("Who leads most tasks on data in Quang Tri and Thanh Hoa?", asking)
    offered = choices(understanding, asking.names)
    assert [one.values["area"] for one in offered[:2]] == ["quang-tri", "thanh-hoa"]
    assert "“Quang Tri and Thanh Hoa”" in messages(understanding)[0].en


@pytest.mark.parametrize(
    ("text", "outcome", "question"),
    [
        ("687", Outcome.CHOOSE, "tasks"),  # its number alone
        ("Which documents rest on plan 687?", Outcome.ABSENT, "documents-resting-on"),  # held, and cited by none
    ],
)
def test_a_document_that_none_cites(text: str, outcome: Outcome, question: str, asking: Asking) -> None:
    understanding = ask(text, asking)
    assert (understanding.outcome, understanding.candidates[0].asked.question.id) == (outcome, question)


def test_likeness_to_phrasings_closes_only_what_the_rules_leave_open(asking: Asking) -> None:
    best = ask("Cơ quan nào chủ trì nhiều nhiệm vụ nhất?", asking).candidates[0]
    assert best.by_rules == best.fit == 1
    free = ask("Ai hay đồng hành với Sở Giáo dục Quảng Trị nhất?", asking).candidates[0]
    assert (free.asked.question.id, free.by_rules < free.fit < 1) == ("agency-pairs", True)
