"""Many lines: the same answers in the same order from one process and from several."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.adapters import many_lines
from uitvoeringsscan.adapters.many_lines import answer_lines


def told(line: bytes) -> bytes:
    """Who answered is left out: only what."""
    return b"%d:%s" % (len(line), line[:20])


@contextmanager
def source_of(content: bytes, path: Path) -> Iterator[int]:
    path.write_bytes(content)
    source = os.open(path, os.O_RDONLY)
    try:
        yield source
    finally:
        os.close(source)


@pytest.mark.parametrize("ending", [b"", b"\n"])
def test_pooled_and_single_answers_are_the_same(tmp_path: Path, ending: bytes) -> None:
    lines = [b"%d %s" % (n, b"x" * (n * 7919 % 9000)) for n in range(1500)]
    lines[100] = lines[900] = b" \t"
    expected = [told(line) for line in lines if line.strip()]
    for processes in (1, 2, 3):
        with source_of(b"\n".join(lines) + ending, tmp_path / "lines") as source:
            assert list(answer_lines(source, told, processes)) == expected


@given(st.lists(st.binary(max_size=40).map(lambda line: line.replace(b"\n", b"")), max_size=20), st.booleans())
def test_lines_are_cut_as_written(lines: list[bytes], ended: bool) -> None:
    read, write = os.pipe()
    try:
        os.write(write, b"\n".join(lines) + (b"\n" if ended else b""))
        os.close(write)
        assert list(answer_lines(read, bytes, 1)) == [line for line in lines if line.strip()]
    finally:
        os.close(read)


def test_a_line_without_end_takes_no_more_than_its_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many_lines, "MAX_LINE", 100_000)
    with source_of(b"a" * 1_000_000 + b"\nkort\n" + b"b" * 1_000_000, tmp_path / "lines") as source:
        answers = list(answer_lines(source, len_of, 1))
    assert answers == [b"100000", b"4", b"100000"]


def len_of(line: bytes) -> bytes:
    return str(len(line)).encode()
