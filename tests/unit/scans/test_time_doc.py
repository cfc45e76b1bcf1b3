"""docs/time.md says what the code does: its tables are compared with the values and the steps themselves."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from uitvoeringsscan.scans import deadlines, working_time
from uitvoeringsscan.scans.reminders import LOOK_BACK, STEPS

TEXT = (Path(__file__).parents[3] / "docs" / "time.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    part = TEXT.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in part.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def hours(length: timedelta) -> int:
    return int(length / timedelta(hours=1))


def minutes(length: timedelta) -> int:
    return int(length / timedelta(minutes=1))


def test_the_steps_of_reminding() -> None:
    said = {True: "yes", False: "no"}
    assert rows("Reminders") == [
        [
            step.code,
            step.until.value,
            f"{hours(step.left)} {'office ' if step.office else ''}hours",
            said[step.agency],
            said[step.round],
        ]
        for step in STEPS
    ]
    assert timedelta(days=14) == LOOK_BACK


def test_the_lengths_of_time() -> None:
    part, whole = deadlines.ROOM_SHARE
    found = [re.findall(r"\d+(?:/\d+)?", said) for _, said in rows("Until when an agency may answer")]
    assert found == [
        [str(hours(deadlines.CONCEPT))],
        [f"{part}/{whole}"],
        [str(hours(deadlines.MOST_ROOM))],
        [str(minutes(deadlines.LEAST_ROOM))],
        [str(minutes(deadlines.LEAST_OFFICE)), str(minutes(deadlines.LAST_MINUTE_ROOM))],
        [str(minutes(deadlines.NO_TIME))],
        [str(hours(deadlines.TO_PUBLISH))],
    ]


def test_the_hours_of_the_day() -> None:
    for moment in (working_time.OPENS, working_time.CLOSES):
        assert f"{moment.hour}.00" in TEXT
    assert hours(working_time.WORKING_DAY) == working_time.CLOSES.hour - working_time.OPENS.hour
