"""Many lines in, as many answers out, in order: one process for a few lines, one per processor for many.

Memory stays the same however long the input is: a handful of pieces is under way at any moment. Whoever writes a line
and waits for its answer gets it: when the input has nothing more to give for now, what is under way is answered first.
"""

from __future__ import annotations

import multiprocessing
import os
import select
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor

Answer = Callable[[bytes], bytes]
"""One line in, one line out. A function at the top of a module, so that another process can find it."""

FEW = 64
"""Lines that are answered here before other processes are started for the rest."""
_PIECE = 1 << 16
MAX_LINE = 16_000_000
"""Bytes. The rest of a longer line is dropped, which leaves it unreadable; it takes no more memory than this."""


def answer_lines(source: int, answer: Answer, processes: int | None = None) -> Iterator[bytes]:
    """The answers to the lines that can be read from file descriptor `source`. Blank lines are passed over.

    `processes`: None for one per processor that we may use.
    """
    workers = processes or _processors()
    pieces = _pieces(source)
    answered = 0
    for lines in pieces:
        for at, line in enumerate(lines):
            if workers > 1 and answered >= FEW:
                yield from _pooled(source, lines[at:], pieces, answer, workers)
                return
            yield answer(line)
            answered += 1


def _pooled(
    source: int, first: Sequence[bytes], pieces: Iterator[list[bytes]], answer: Answer, workers: int
) -> Iterator[bytes]:
    # With fork, the other processes have what this one has read already. It runs no threads yet, so that is safe.
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        under_way: deque[Future[list[bytes]]] = deque([pool.submit(_answers, answer, first)])
        while True:
            if under_way and (len(under_way) >= 3 * workers or not _ready(source)):
                yield from under_way.popleft().result()
                continue
            lines = next(pieces, None)
            if lines is None:
                break
            if lines:
                under_way.append(pool.submit(_answers, answer, lines))
        while under_way:
            yield from under_way.popleft().result()


def _answers(answer: Answer, lines: Sequence[bytes]) -> list[bytes]:
    return [answer(line) for line in lines]


def _pieces(source: int) -> Iterator[list[bytes]]:
    """The whole lines of each piece that the input gives, without blank ones; a list may be empty."""
    rest = bytearray()
    while piece := os.read(source, _PIECE):
        *whole, open_line = piece.split(b"\n")
        lines = []
        for part in whole:
            rest += part[: max(0, MAX_LINE - len(rest))]
            if rest.strip():
                lines.append(bytes(rest))
            rest.clear()
        rest += open_line[: max(0, MAX_LINE - len(rest))]
        yield lines
    if rest.strip():
        yield [bytes(rest)]


def _ready(source: int) -> bool:
    """Whether reading would give something at once (or the end); where that cannot be asked, yes."""
    try:
        return bool(select.select([source], [], [], 0)[0])
    except (OSError, ValueError):
        return True


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not every system tells
        return os.cpu_count() or 1
