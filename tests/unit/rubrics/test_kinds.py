"""The table of question types: strict for machines, forgiving but never guessing for people."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rubric_samples import library, rubrics, small, wire_values
from uitvoeringsscan.rubrics import kinds
from uitvoeringsscan.rubrics.model import Kind
from uitvoeringsscan.rubrics.typed import Misread, number_text
from uitvoeringsscan.rubrics.values import UNKNOWN, Range

BY_KIND = {question.kind: question for question in reversed(small().questions)}
AMOUNT, FTE, NUMBER = (BY_KIND[kind] for kind in (Kind.AMOUNT, Kind.FTE, Kind.NUMBER))


def one(figure):
    return Range(Decimal(str(figure)), Decimal(str(figure)))


def misread(function, question, raw):
    with pytest.raises(Misread) as caught:
        function(question, raw)
    assert caught.value.message[0].isupper()
    return caught.value.code


def outcome(function, question, raw):
    """The value, or the problem; anything else that goes wrong fails the test."""
    try:
        return function(question, raw)
    except Misread as unclear:
        return unclear


def test_every_type_has_a_row_and_is_in_the_sample():
    assert set(kinds.KINDS) == set(Kind) == set(BY_KIND)


@pytest.mark.parametrize("question", BY_KIND.values(), ids=lambda question: question.kind)
def test_onbekend_is_an_answer_to_everything_and_nothing_is_none(question):
    assert kinds.read(question, "onbekend") is UNKNOWN
    assert kinds.write(question, UNKNOWN) == "onbekend"
    assert kinds.show(question, UNKNOWN) == "Onbekend"
    assert kinds.from_text(question, " Onbekend ") == "onbekend"
    for nothing in (None, "", "  ", *([[]] if question.kind is Kind.CHOICES else [])):
        assert kinds.read(question, nothing) is None
    assert kinds.from_text(question, " ") is None


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (Kind.CHOICE, "ja", "ja"),
        (Kind.CHOICES, ["nieuw", "geen", "nieuw"], ("geen", "nieuw")),
        (Kind.YES_NO, False, False),
        (Kind.NUMBER, 12, one(12)),
        (Kind.NUMBER, 12.0, one(12)),
        (Kind.AMOUNT, {"laag": -5, "hoog": 10}, Range(Decimal(-5), Decimal(10))),
        (Kind.AMOUNT, -0.0, one(0)),
        (Kind.FTE, 2.5, one(2.5)),
        (Kind.DATE, "2028-02-29", date(2028, 2, 29)),
        (Kind.TEXT, " a\r\nb\rc ", "a\nb\nc"),
    ],
)
def test_reads(kind, raw, value):
    assert kinds.read(BY_KIND[kind], raw) == value


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        (Kind.CHOICE, True, "verkeerde-soort"),
        (Kind.CHOICE, ["ja"], "verkeerde-soort"),
        (Kind.CHOICE, "misschien", "onbekende-optie"),
        (Kind.CHOICES, "oud", "verkeerde-soort"),
        (Kind.CHOICES, ["oud", 3], "verkeerde-soort"),
        (Kind.CHOICES, ["oud", "onbekend"], "onbekende-optie"),
        (Kind.YES_NO, "ja", "verkeerde-soort"),
        (Kind.YES_NO, 1, "verkeerde-soort"),
        (Kind.NUMBER, True, "verkeerde-soort"),
        (Kind.NUMBER, "12", "verkeerde-soort"),
        (Kind.NUMBER, float("nan"), "verkeerde-soort"),
        (Kind.NUMBER, float("inf"), "verkeerde-soort"),
        (Kind.NUMBER, -1, "te-klein"),
        (Kind.NUMBER, 1.5, "te-veel-decimalen"),
        (Kind.AMOUNT, 0.01, "te-veel-decimalen"),
        (Kind.AMOUNT, 10**400, "te-groot"),
        (Kind.AMOUNT, -(10**400), "te-klein"),
        (Kind.AMOUNT, 1e300, "te-groot"),
        (Kind.AMOUNT, {"laag": 2, "hoog": 1}, "laag-boven-hoog"),
        (Kind.AMOUNT, {"laag": 2}, "verkeerde-soort"),
        (Kind.AMOUNT, {"laag": 2, "hoog": None}, "verkeerde-soort"),
        (Kind.AMOUNT, {"laag": 1, "hoog": 2, "midden": 1}, "verkeerde-soort"),
        (Kind.FTE, 100.1, "te-groot"),
        (Kind.FTE, 1.25, "te-veel-decimalen"),
        (Kind.DATE, 20280101, "verkeerde-soort"),
        (Kind.DATE, "2028-02-30", "ongeldige-datum"),
        (Kind.DATE, "1-7-2028", "ongeldige-datum"),
        (Kind.DATE, "2028-07-01T00:00:00", "ongeldige-datum"),
        (Kind.DATE, "0001-01-01", "ongeldige-datum"),
        (Kind.DATE, "٢٠٢٨-٠٧-٠١", "ongeldige-datum"),
        (Kind.TEXT, 3, "verkeerde-soort"),
        (Kind.TEXT, "a\x00b", "ongeldige-tekens"),
        (Kind.TEXT, "a\ud800b", "ongeldige-tekens"),
        (Kind.TEXT, "betaal \u202e001 euro", "ongeldige-tekens"),
    ],
)
def test_refuses(kind, raw, code):
    assert misread(kinds.read, BY_KIND[kind], raw) == code


def test_a_number_of_a_million_digits_is_just_too_large():
    assert misread(kinds.read, AMOUNT, 1 << 3_000_000) == "te-groot"


def test_a_text_fits_to_the_last_character():
    question = small().question("waarom")
    assert kinds.read(question, "é" * 60) == "é" * 60
    assert misread(kinds.read, question, "é" * 61) == "te-lang"


@pytest.mark.parametrize(
    ("text", "wire"),
    [
        ("1,5 mln", 1_500_000),
        ("€ 2.500.000", 2_500_000),
        ("€ 2.500.000,-", 2_500_000),
        ("2 500 000", 2_500_000),
        ("2.500.000,00", 2_500_000),
        ("EUR 3 duizend", 3_000),
        ("1 mld", 10**9),
        ("1.500", 1500),
        ("3.000 euro", 3000),
        ("-5", -5),
        ("€ -5", -5),
        ("− 5", -5),
        ("10 - 12", {"laag": 10, "hoog": 12}),
        ("10-12", {"laag": 10, "hoog": 12}),
        ("10 t/m 12", {"laag": 10, "hoog": 12}),
        ("5 tot en met 7", {"laag": 5, "hoog": 7}),
        ("1,5 mln – 2 mln", {"laag": 1_500_000, "hoog": 2_000_000}),
        ("€ 1 mln tot € 2 mln", {"laag": 10**6, "hoog": 2 * 10**6}),
        ("-5 tot -2", {"laag": -5, "hoog": -2}),
        ("0 - 2 mln", {"laag": 0, "hoog": 2 * 10**6}),
        ("12 - 10", {"laag": 12, "hoog": 10}),
    ],
)
def test_understands_amounts(text, wire):
    assert kinds.from_text(AMOUNT, text) == wire


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1.5", "komma"), ("12.50", "komma"), ("1,500", "duizendtallen"), ("1,5 - 2 mln", "mln"), ("500 - 2 mln", "mln"),
        ("tien", "bijvoorbeeld"), ("10%", "bijvoorbeeld"), ("1 2", "bijvoorbeeld"), ("1-7-2028", "bijvoorbeeld"),
        ("9" * 81, "alleen het getal"), ("-", "bijvoorbeeld"), ("€", "bijvoorbeeld"),
    ],
)  # fmt: skip
def test_asks_back_about_unclear_amounts(text, words):
    with pytest.raises(Misread) as caught:
        kinds.from_text(AMOUNT, text)
    assert words in caught.value.message


@pytest.mark.parametrize(
    ("text", "wire"), [("12,5", 12.5), ("12,5 fte", 12.5), ("12,50", 12.5), ("-3", -3), ("1,55", 1.55)]
)
def test_understands_fte(text, wire):
    assert kinds.from_text(FTE, text) == wire


@pytest.mark.parametrize(
    "text",
    [
        "1 juli 2028", "1-7-2028", "01-07-2028", "1/7/2028", "1.7.2028", "2028-7-1", "2028-07-01", "1 JULI 2028", "1 jul. 2028",
        "1e juli 2028",
    ],
)  # fmt: skip
def test_understands_dates(text):
    assert kinds.from_text(BY_KIND[Kind.DATE], text) == "2028-07-01"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("juli 2028", "ook de dag"), ("2028", "ook de dag"), ("7-2028", "ook de dag"), ("31-6-2028", "bestaat niet"),
        ("1-7-28", "vier cijfers"), ("Q3 2028", "vier cijfers"), ("1 foo 2028", "vier cijfers"), ("1-7/2028", "vier cijfers"),
        ("1-1-1850", "tussen"), ("na de zomer", "vier cijfers"),
    ],
)  # fmt: skip
def test_asks_back_about_unclear_dates(text, words):
    with pytest.raises(Misread) as caught:
        kinds.from_text(BY_KIND[Kind.DATE], text)
    assert caught.value.code == "ongeldige-datum"
    assert words in caught.value.message


def test_yes_and_no():
    question = BY_KIND[Kind.YES_NO]
    assert [kinds.from_text(question, text) for text in ("Ja", "nee", "true", "N")] == [True, False, True, False]
    assert misread(kinds.from_text, question, "misschien") == "verkeerde-soort"


def test_codes_and_texts_pass_through():
    assert kinds.from_text(BY_KIND[Kind.CHOICE], "ja") == "ja"
    assert kinds.from_text(BY_KIND[Kind.CHOICES], "oud, nieuw") == ["oud", "nieuw"]
    assert kinds.from_text(BY_KIND[Kind.TEXT], " een\ntwee ") == "een\ntwee"


def test_shows_words_for_codes():
    assert kinds.show(BY_KIND[Kind.CHOICES], ("geen", "nieuw")) == "Geen; Een nieuwe"
    assert kinds.show(small().question("it"), "zwaar") == "Zwaar"
    assert kinds.show(BY_KIND[Kind.YES_NO], True) == "Ja"
    assert kinds.show(AMOUNT, Range(Decimal(1500000), Decimal(2000000))) == "€ 1.500.000 tot € 2.000.000"
    assert kinds.show(FTE, one(12.5)) == "12,5 fte"
    assert kinds.show(BY_KIND[Kind.DATE], date(2028, 7, 1)) == "1 juli 2028"


@given(st.decimals(-(10**12), 10**12, places=1))
def test_numbers_are_written_the_dutch_way(figure):
    text = number_text(figure)
    assert Decimal(text.replace(".", "").replace(",", ".")) == figure


@st.composite
def answered(draw):
    question = draw(st.sampled_from(draw(rubrics()).questions))
    return question, kinds.read(question, draw(wire_values(question)))


@given(answered())
def test_what_is_written_reads_the_same(case):
    question, value = case
    assert kinds.read(question, kinds.write(question, value)) == value


@given(answered())
def test_what_is_shown_can_be_typed(case):
    question, value = case
    if question.kind not in (Kind.CHOICE, Kind.CHOICES):
        assert kinds.read(question, kinds.from_text(question, kinds.show(question, value))) == value


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["laag", "hoog", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.sampled_from(list(BY_KIND.values())), _json)
def test_any_json_is_a_value_or_a_clear_problem(question, raw):
    value = outcome(kinds.read, question, raw)
    if not isinstance(value, Misread):
        assert value is None or kinds.read(question, kinds.write(question, value)) == value


@given(st.sampled_from(list(BY_KIND.values())), st.text(alphabet="0123456789.,-−€ totmlne/juli", max_size=30))
def test_anything_typed_is_an_answer_or_a_clear_problem(question, text):
    wire = outcome(kinds.from_text, question, text)
    assert wire is None or isinstance(wire, Misread | str | bool | int | float | dict | list)


def test_a_range_upside_down_cannot_exist():
    with pytest.raises(ValueError, match="upside down"):
        Range(Decimal(2), Decimal(1))


def test_the_released_questionnaires_use_known_types_only():
    assert {question.kind for rubric in library() for question in rubric.questions} <= set(kinds.KINDS)
