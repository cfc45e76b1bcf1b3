"""How far long work is, on one line of a terminal that keeps changing. Into a file or another program nothing is said.

for line in counted(lines, "regels"): ...          1.240 regels
for one in counted(files, "publicaties", 5000): .. 1.240 van 5.000 publicaties (nog 20 seconden)
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO, TypeVar

from uitvoeringsscan.adapters.chance import steady

T = TypeVar("T")

EVERY = 0.25
"""Seconds between two tellings; a fraction of a second of work says nothing at all."""
WORTH_SAYING = 2.0
"""Seconds that are left, below which there is no telling how long it takes: it is over before it is read."""


def counted(
    items: Iterable[T],
    what: str,
    total: int | None = None,
    *,
    out: TextIO | None = None,
    clock: Callable[[], float] = steady,
) -> Iterator[T]:
    """The same items, counted while they go by. The line is wiped when all are through, and when the work breaks off."""
    screen = sys.stderr if out is None else out
    if not screen.isatty():
        yield from items
        return
    start = told = clock()
    shown = 0
    try:
        for number, item in enumerate(items, 1):
            yield item
            if (now := clock()) - told >= EVERY:
                words = _words(number, what, total, now - start)
                screen.write("\r" + words.ljust(shown))
                screen.flush()
                told, shown = now, len(words)
    finally:
        if shown:
            screen.write("\r" + " " * shown + "\r")
            screen.flush()


def _words(number: int, what: str, total: int | None, spent: float) -> str:
    if total is None:
        return f"{_dotted(number)} {what}"
    left = spent / number * (total - number)
    hint = f" (nog {_span(left)})" if left >= WORTH_SAYING else ""
    return f"{_dotted(number)} van {_dotted(total)} {what}{hint}"


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{round(seconds)} seconden"
    minutes = round(seconds / 60)
    return f"{minutes} minuten" if minutes < 90 else f"{round(minutes / 60)} uur"


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")
