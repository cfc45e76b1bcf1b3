"""How far long work is: on a terminal only, wiped when done, and never in the way of the work itself."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from uitvoeringsscan.adapters.progress import counted


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self, step: float) -> None:
        self.now, self.step = 0.0, step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def test_on_a_terminal_the_line_changes_and_is_wiped() -> None:
    screen = Screen()
    assert list(counted(range(4000), "regels", 4000, out=screen, clock=Clock(1.0))) == list(range(4000))
    told = [line for line in screen.getvalue().split("\r") if line.strip()]
    assert told[0].startswith("1 van 4.000 regels (nog ")
    assert "2.000 van 4.000 regels (nog 33 minuten)" in [line.strip() for line in told]
    assert screen.getvalue().endswith("\r")
    assert screen.getvalue().split("\r")[-2].strip() == ""


def test_without_a_total_it_only_counts() -> None:
    screen = Screen()
    list(counted(range(3), "regels", out=screen, clock=Clock(1.0)))
    assert "3 regels" in screen.getvalue()
    assert "van" not in screen.getvalue()


def test_quick_work_says_nothing() -> None:
    screen = Screen()
    list(counted(range(100), "regels", out=screen, clock=Clock(0.0001)))
    assert screen.getvalue() == ""


def test_into_a_file_nothing_is_said() -> None:
    out = io.StringIO()
    assert list(counted(range(9), "regels", out=out, clock=Clock(1.0))) == list(range(9))
    assert out.getvalue() == ""


def test_the_line_is_wiped_when_the_work_breaks_off() -> None:
    def breaking() -> Iterator[int]:
        yield from range(3)
        raise RuntimeError("broken")

    screen = Screen()
    with pytest.raises(RuntimeError, match="broken"):
        list(counted(breaking(), "regels", out=screen, clock=Clock(1.0)))
    assert screen.getvalue().endswith(" \r")
