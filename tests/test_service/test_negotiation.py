import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.negotiation import negotiate, negotiate_language, negotiate_results

OFFERS = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/html")
JSON, XML, CSV, HTML = OFFERS


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("text/*", CSV),
        ("text/html", HTML),
        ("TEXT/HTML", HTML),
        ("text/csv;q=0.5, text/html;q=0.6", HTML),
        ("text/csv; q=0.5 , text/html ; q = 0.4", CSV),
        ("text/html;level=1;q=0.3, text/csv;charset=utf-8;q=0.4", CSV),
        ("*/*;q=0.1, text/csv", CSV),
        (f"*/*, {JSON};q=0", XML),
        ("text/*;q=0.9, text/csv;q=0, */*;q=0.1", HTML),
        ("text/csv;q=0.3, text/*;q=0.9", HTML),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", HTML),
        ("image/png", None),
        ("*/*;q=0", None),
        ("text/csv;q=2, text/html;q=0.1", HTML),
        ("nonsense, text/csv", CSV),
        ("text/csv;q=0.1, text/csv;q=0.9, text/html;q=0.5", CSV),
    ],
)
def test_the_format_for_an_accept_header(accept: str | None, chosen: str | None) -> None:
    assert negotiate(accept, OFFERS) == chosen


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("application/json", JSON),
        ("application/xml", XML),
        ("text/xml, text/csv;q=0.5", XML),
        ("application/json;q=0.2, text/csv", CSV),
        ("application/xml;q=0.9, text/html", HTML),
    ],
)
def test_results_formats_go_by_their_general_names(accept: str, chosen: str) -> None:
    assert negotiate_results(accept, OFFERS) == chosen
    assert negotiate_results("application/sparql-results+json", ("application/json",)) == "application/json"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "vi"),
        ("", "vi"),
        ("en", "en"),
        ("en-GB,en;q=0.9,vi;q=0.8", "en"),
        ("vi-VN,vi;q=0.9,en;q=0.8", "vi"),
        ("fr, en;q=0.3", "en"),
        ("fr", "vi"),
        ("*", "vi"),
        ("vi;q=0, *", "en"),
        ("en;q=nonsense", "vi"),
    ],
)
def test_the_language_for_a_header(accept: str | None, chosen: str) -> None:
    assert negotiate_language(accept, ("vi", "en")) == chosen


@given(st.text())
def test_no_language_header_breaks_it(accept: str) -> None:
    assert negotiate_language(accept, ("vi", "en")) in ("vi", "en")


TYPES = st.sampled_from([*OFFERS, "*/*", "text/*", "application/*", "image/png"])
WEIGHTS = st.sampled_from(["0", "0.1", "0.25", "0.999", "1", "1.000"])


@given(st.dictionaries(TYPES, WEIGHTS, min_size=1), st.randoms(use_true_random=False))
def test_the_order_of_the_header_does_not_matter(ranges: dict[str, str], random: object) -> None:
    elements = [f"{name};q={weight}" for name, weight in ranges.items()]
    shuffled = sorted(elements, key=lambda _: random.random())
    assert negotiate(", ".join(shuffled), OFFERS) == negotiate(", ".join(elements), OFFERS)


@given(st.dictionaries(TYPES, WEIGHTS, min_size=1))
def test_what_is_chosen_has_the_highest_weight_and_none_is_excluded(ranges: dict[str, str]) -> None:
    def weight(offer: str) -> float:
        specific = (offer, f"{offer.partition('/')[0]}/*", "*/*")
        return next((float(ranges[name]) for name in specific if name in ranges), 0.0)

    chosen = negotiate(", ".join(f"{name};q={value}" for name, value in ranges.items()), OFFERS)
    if chosen is None:
        assert all(weight(offer) == 0 for offer in OFFERS)
    else:
        assert weight(chosen) == max(weight(offer) for offer in OFFERS) > 0


@given(st.text())
def test_no_header_breaks_it(accept: str) -> None:
    assert negotiate(accept, OFFERS) in (*OFFERS, None)


OFFER = st.sampled_from(OFFERS)
POSITIVE = st.sampled_from(["0.001", "0.1", "0.25", "0.999", "1", "1.000"])


def header(ranges: dict[str, str]) -> str:
    return ", ".join(f"{name};q={weight}" for name, weight in ranges.items())


@given(OFFER, st.dictionaries(TYPES, WEIGHTS))
def test_a_weight_of_zero_excludes_whatever_the_wildcards_say(offer: str, ranges: dict[str, str]) -> None:
    assert negotiate(header({**ranges, offer: "0"}), OFFERS) != offer


@given(OFFER, st.dictionaries(TYPES, WEIGHTS), POSITIVE)
def test_a_specific_range_goes_before_a_general_one(offer: str, ranges: dict[str, str], weight: str) -> None:
    general = dict.fromkeys((f"{offer.partition('/')[0]}/*", "*/*"), "0")
    only = {name: "0" for name in OFFERS if name != offer}
    assert negotiate(header({**ranges, **general, **only, offer: weight}), OFFERS) == offer


@given(st.permutations(OFFERS), st.sampled_from(["*/*", None, ""]))
def test_whoever_takes_anything_gets_what_the_server_prefers(offers: list[str], accept: str | None) -> None:
    assert negotiate(accept, offers) == offers[0]


@given(st.dictionaries(TYPES, POSITIVE, min_size=1))
def test_only_the_order_of_weights_matters(ranges: dict[str, str]) -> None:
    order = sorted({float(weight) for weight in ranges.values()})
    ranked = {name: f"{0.1 + 0.1 * order.index(float(weight)):.3f}" for name, weight in ranges.items()}
    assert negotiate(header(ranked), OFFERS) == negotiate(header(ranges), OFFERS)


@given(st.dictionaries(TYPES, WEIGHTS, min_size=1), st.sampled_from(["", "charset=utf-8;", 'profile="a";']))
def test_case_space_and_other_parameters_do_not_matter(ranges: dict[str, str], parameter: str) -> None:
    loose = " ,\t".join(f" {name.upper()} ;{parameter} Q={weight} " for name, weight in ranges.items())
    assert negotiate(loose, OFFERS) == negotiate(header(ranges), OFFERS)


@given(st.dictionaries(TYPES, WEIGHTS), WEIGHTS)
def test_the_general_name_of_a_results_format_is_as_good_as_its_own(ranges: dict[str, str], weight: str) -> None:
    ranges.pop(JSON, None)
    own = negotiate_results(header({**ranges, JSON: weight}), OFFERS)
    assert negotiate_results(header({**ranges, "application/json": weight}), OFFERS) == own


@given(OFFER, st.dictionaries(TYPES, WEIGHTS))
def test_results_formats_are_excluded_by_their_own_name(offer: str, ranges: dict[str, str]) -> None:
    assert negotiate_results(header({**ranges, offer: "0"}), OFFERS) != offer


@given(st.one_of(st.none(), st.text()), st.lists(OFFER, min_size=1, unique=True))
def test_what_comes_back_was_offered(accept: str | None, offers: list[str]) -> None:
    assert negotiate(accept, offers) in (*offers, None)
    assert negotiate_results(accept, tuple(offers)) in (*offers, None)
