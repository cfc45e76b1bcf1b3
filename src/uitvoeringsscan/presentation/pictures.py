"""Where things stand in a picture: pure arithmetic, from dates and counts to coordinates. The macros draw, this measures.

Every picture is measured twice, for a wide and for a narrow page; letters keep their size, so a phone does not get a
shrunken drawing. Units are those of the view box: one unit is one CSS pixel at full width.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from uitvoeringsscan.presentation.dutch import SHORT_MONTHS, Day, as_day, as_moment, count, day, small_day

LETTER = 7.6
"""A generous width of one letter of 15 pixels: used to keep words apart, so too wide is safe and too narrow is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    x: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRow:
    """One agency. `x` is None when there is no date; then `text` says why. `late` is the bar from intended to feasible.

    silent  there is no date because nothing was heard: drawn as a warning, not as an answer
    """

    name: str
    y: float
    x: float | None
    late: bool
    silent: bool
    text: str
    text_x: float
    text_y: float
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    width: int
    height: float
    narrow: bool
    intended_x: float | None
    intended_text: str
    intended_anchor: str
    top: float
    bottom: float
    ticks: tuple[Tick, ...]
    rows: tuple[DateRow, ...]
    description: str


def timeline(intended: Day | None, rows: Iterable[Sequence[object]], *, narrow: bool = False) -> Timeline:
    """Feasible dates against the date asked for. A row is (name, date or None[, words when there is no date[, silent]])."""
    goal = None if intended is None else as_day(intended)
    named = [_date_row(row) for row in rows]
    known = sorted([d for _, d, _, _ in named if d is not None] + ([goal] if goal else []))
    width, name_room, text_room = (358, 0, 8) if narrow else (1040, 190, 190)
    left, right = name_room + 12.0, width - text_room - 12.0
    first, last = (known[0], known[-1]) if known else (date(2000, 1, 1), date(2000, 1, 1))
    days = max((last - first).days, 1)

    def x(on: date) -> float:
        return round(left + (right - left) * (on - first).days / days, 1)

    row_height, top = (58, 34) if narrow else (44, 38)
    placed = []
    for index, (name, on, words, silent) in enumerate(named):
        y = top + row_height * index + (40 if narrow else 24)
        at = None if on is None else x(on)
        text = words if on is None else f"{small_day(on)} ({_against(goal, on)})" if goal else small_day(on)
        placed.append(
            DateRow(
                name=name,
                y=y,
                x=at,
                late=on is not None and goal is not None and on > goal,
                silent=silent,
                text=text,
                text_x=width - 2 if narrow else (left + 14 if at is None else at + 14),
                text_y=y - 18 if narrow else y + 5,
                anchor="end" if narrow else "start",
            )
        )
    bottom = top + row_height * len(named) + (6 if narrow else 2)
    goal_x = None if goal is None else x(goal)
    return Timeline(
        width=width,
        height=bottom + 26,
        narrow=narrow,
        intended_x=goal_x,
        intended_text=f"gevraagd: {small_day(goal)}" if goal else "",
        intended_anchor=_anchor(goal_x or 0, 150, 0, width),
        top=top - 6,
        bottom=bottom,
        ticks=_ticks(first, last, x, min_gap=66 if narrow else 84) if known else (),
        rows=tuple(placed),
        description=_describe(goal, named),
    )


_Named = tuple[str, date | None, str, bool]


def _date_row(row: Sequence[object]) -> _Named:
    name, on, *more = row
    said = str(more[0]) if more and more[0] else "geen datum gegeven"
    silent = on is None and len(more) > 1 and bool(more[1])
    if on is None:
        return str(name), None, said, silent
    if not isinstance(on, date | str):
        raise TypeError(f"a date was expected for {name}, not {on!r}")
    return str(name), as_day(on), said, False


def _against(goal: date, on: date) -> str:
    months = (on.year - goal.year) * 12 + on.month - goal.month - (on.day < goal.day)
    if on <= goal:
        return "op tijd"
    return f"+{months} mnd" if months else f"+{count((on - goal).days, 'dag', 'dagen')}"


def _describe(goal: date | None, rows: Iterable[_Named]) -> str:
    asked = f"Het amendement vraagt invoering op {day(goal)}." if goal else "Het amendement noemt geen datum."
    return " ".join([asked, *(f"{name}: {day(on) if on else words}." for name, on, words, _ in rows)])


def _ticks(first: date, last: date, x: object, min_gap: float) -> tuple[Tick, ...]:
    """Half years where they fit, else whole years, else every so many years."""
    assert callable(x)
    for months in (6, 12, 24, 60, 120):
        starts = [
            date(year, month, 1)
            for year in range(first.year - first.year % max(months // 12, 1), last.year + 1)
            if year % max(months // 12, 1) == 0
            for month in range(1, 13, min(months, 12))
        ]
        inside = [Tick(x=x(on), text=f"{SHORT_MONTHS[on.month - 1]} {on.year}") for on in starts if first <= on <= last]
        if all(b.x - a.x >= min_gap for a, b in pairwise(inside)):
            return tuple(inside)
    return ()


def _anchor(x: float, room: float, low: float, high: float) -> str:
    """Which side a word hangs on, so that it stays inside the picture."""
    if x - room / 2 < low:
        return "start"
    return "end" if x + room / 2 > high else "middle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A stop on the road. `label` is None for a stop that is not dated yet."""

    x: float
    anchor: str
    when: str
    label: str
    done: bool
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    width: int
    stops: tuple[Stop, ...]
    done_until: float
    description: str


def road(stops: Iterable[Sequence[object]]) -> Road:
    """The road of a scan. A stop is (label, moment or None, done). Spaced by time, but never so near that words touch."""
    given = [(str(label), at, bool(done)) for label, at, done in stops]
    width, gap = 1040.0, 170.0
    left, right = 54.0, width - 60.0
    if len(given) > 1:
        gap = min(gap, (right - left) / (len(given) - 1))
    times = [None if at is None else _seconds(at) for _, at, _ in given]
    dated = [t for t in times if t is not None]
    wished = []
    for index, t in enumerate(times):
        even = left + (right - left) * index / max(len(given) - 1, 1)
        spread = dated and dated[-1] > dated[0] and None not in times
        wished.append(
            left + (right - left) * (t - dated[0]) / (dated[-1] - dated[0]) if spread and t is not None else even
        )
    for index in range(1, len(wished)):
        wished[index] = max(wished[index], wished[index - 1] + gap)
    limit = right
    for index in range(len(wished) - 1, -1, -1):
        wished[index] = min(wished[index], limit)
        limit = wished[index] - gap
    last_done = max((i for i, (_, _, done) in enumerate(given) if done), default=-1)
    placed = tuple(
        Stop(
            x=round(wished[i], 1),
            anchor=_anchor(wished[i], max(len(label), 14) * LETTER, 0, width),
            when=_stop_time(at),
            label=label,
            done=done,
            current=i == last_done,
        )
        for i, (label, at, done) in enumerate(given)
    )
    words = [f"{s.label}{', ' + s.when if s.when else ''}{'' if s.done else ' (nog niet)'}" for s in placed]
    return Road(
        width=int(width),
        stops=placed,
        done_until=placed[last_done].x if last_done >= 0 else placed[0].x if placed else 0,
        description="; ".join(words) + ".",
    )


def _seconds(at: object) -> float:
    if isinstance(at, datetime) or (isinstance(at, str) and "T" in at):
        return as_moment(at).timestamp()
    if isinstance(at, date | str):
        return as_day(at).toordinal() * 86400.0 - date(1970, 1, 1).toordinal() * 86400.0
    raise TypeError(f"a date or a moment was expected, not {at!r}")


def _stop_time(at: object) -> str:
    if at is None:
        return ""
    assert isinstance(at, date | str)
    on = as_day(at)
    weekday = ("ma", "di", "wo", "do", "vr", "za", "zo")[on.weekday()]
    text = f"{weekday} {on.day} {SHORT_MONTHS[on.month - 1]}"
    if isinstance(at, datetime) or (isinstance(at, str) and "T" in at):
        moment = as_moment(at)
        text += f" {moment.hour:02d}.{moment.minute:02d}"
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadRow:
    name: str
    y: float
    bar: float
    late_x: float
    late: float
    text: str
    text_x: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    width: int
    height: int
    name_room: int
    rows: tuple[LoadRow, ...]
    description: str


def load(rows: Iterable[tuple[str, int, int]], *, narrow: bool = False, rest_words: str = "te laat") -> Load:
    """How much each agency has to do. A row is (name, total, of which late), 0 <= late <= total.

    rest_words  what the second figure is, where it is something else than being late
    """
    given = list(rows)
    texts = [_load_words(total, late, rest_words, narrow=narrow) for _, total, late in given]
    width, name_room, text_room = (358, 140, 118) if narrow else (1040, 190, 180)
    words_room = max((10 + LETTER * len(text) for text in texts), default=0.0)
    most = max((total for _, total, _ in given), default=0) or 1
    unit = (width - name_room - max(text_room, words_room)) / most
    placed = []
    for index, (name, total, late) in enumerate(given):
        if not 0 <= late <= total:
            raise ValueError(f"{name}: {late} late of {total}")
        bar, rest = round((total - late) * unit, 1), round(late * unit, 1)
        placed.append(
            LoadRow(
                name=name, y=index * 34 + 6, bar=bar, late_x=name_room + bar, late=rest, text=texts[index],
                text_x=name_room + bar + rest + 10,
            )
        )  # fmt: skip
    said = "; ".join(f"{name} {total}{f', waarvan {late} {rest_words}' if late else ''}" for name, total, late in given)
    return Load(
        width=width, height=len(given) * 34 + 4, name_room=name_room, rows=tuple(placed), description=f"{said}."
    )


def _load_words(total: int, rest: int, rest_words: str, *, narrow: bool) -> str:
    if not rest:
        return f"{total}"
    return f"{total}, {rest} {rest_words}" if narrow else f"{total}, waarvan {rest} {rest_words}"
