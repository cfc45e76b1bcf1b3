"""The strict YAML reader: what it takes, and that everything else is a fault with its line."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.rubrics.source import MAX_BYTES, Fault, RubricFaults, read_source


def test_reads_plain_data_with_the_line_of_everything():
    source = read_source(
        "a.yaml", b"code: a\nlijst:\n  - {x: 1, y: -2.5}\n  - >-\n    een\n    twee\nleeg:\nwaar: true\n"
    )
    assert source.tree == {"code": "a", "lijst": [{"x": 1, "y": -2.5}, "een twee"], "leeg": None, "waar": True}
    assert source.line(("lijst", 0, "y")) == 3
    assert source.line(("lijst", 1)) == 4
    assert source.line(("waar",)) == 8
    assert source.line(("lijst", 0, "bestaat", "niet")) == 3, "the nearest thing around it"
    assert source.line(()) == 1


@pytest.mark.parametrize(
    "word", ["ja", "nee", "yes", "no", "on", "off", "y", "n", "2027-01-01", "1_000", "0x1F", "1e3", "12:30"]
)
def test_words_that_other_readers_change_stay_words(word):
    assert read_source("a.yaml", f"optie: {word}\n".encode()).tree == {"optie": word}


def test_quotes_make_text():
    assert read_source("a.yaml", b'a: "1.0"\nb: \'true\'\nc: ""\n').tree == {"a": "1.0", "b": "true", "c": ""}


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        (b"a: 1\nb: 2\na: 3\n", 3, "'a' staat er twee keer"),
        (b"a: &x 1\n", 1, "ankers"),
        (b"a: 1\nb: *x\n", 2, "ankers"),
        (b"a: &x [1]\nb: [*x, *x]\n", 1, "ankers"),
        (b"a: 1\nb: !!python/object:os.system x\n", 2, "tag"),
        (b"a: !!str 1\n", 1, "tag"),
        (b"a: 1\n---\nb: 2\n", 2, "---"),
        (b"a: 1\n...\n", 2, "..."),
        (b"a: 1\r---\rb: 2\n", 2, "document"),
        (b"? [1, 2]\n: x\n", 1, "sleutel"),
        (b"1: x\n", 1, "sleutel"),
        (b'"": x\n', 1, "sleutel"),
        (b"a: 1\nb: [1, 2\n", 3, "geen geldige YAML"),
        (b"a: 1\n\tb: 2\n", 2, "geen geldige YAML"),
        (b"a: 1\nb: \x01\n", 2, "teken"),
        (b"a: 1\nb: \xff\n", 2, "UTF-8"),
        (b"a:\n  " + b"[" * 30 + b"]" * 30, 2, "lagen"),
        (b"#" * (MAX_BYTES + 1), 1, "groter"),
    ],
)
def test_what_could_be_read_two_ways_is_a_fault(body, line, words):
    with pytest.raises(RubricFaults) as caught:
        read_source("a.yaml", body)
    (fault,) = caught.value.faults
    assert (fault.file, fault.line, fault.question) == ("a.yaml", line, "")
    assert words in fault.message


def test_a_deep_file_does_not_exhaust_the_stack():
    with pytest.raises(RubricFaults, match="lagen"):
        read_source("a.yaml", b"[" * 100_000)


def test_an_empty_file_is_nothing():
    assert read_source("a.yaml", b"").tree is None


def test_a_fault_reads_like_a_compiler_message():
    assert str(Fault("a.yaml", 3, "it", "fout")) == "a.yaml:3: vraag it: fout"
    assert str(Fault("a.yaml", 3, "", "fout")) == "a.yaml:3: fout"


_words = st.text(alphabet="abcdefgh", min_size=1, max_size=6)
_trees = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text(alphabet="ab:{}[]#'\"- é\n", max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_words, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(_words, _trees, max_size=4))
def test_agrees_with_the_safe_loader_on_what_it_takes(tree):
    body = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=None).encode()
    assert read_source("a.yaml", body).tree == yaml.safe_load(body) == tree


@given(st.binary(max_size=60) | st.text(alphabet="a:-[]{}&*!|>'\"#\n ,", max_size=40).map(str.encode))
def test_never_fails_in_any_other_way(body):
    try:
        faults = None if read_source("a.yaml", body) else ()
    except RubricFaults as found:
        faults = found.faults
    assert faults != (), "read, or refused with a fault to show"
