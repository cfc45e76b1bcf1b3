"""What the House's data says beside a scan, in words. Always with whose word it is: the cabinet's is no agency's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from uitvoeringsscan.identifiers import ScanId
from uitvoeringsscan.parliament.records import Tally
from uitvoeringsscan.presentation import labels
from uitvoeringsscan.presentation.overview import OverviewLine
from uitvoeringsscan.use_cases.proposing import FromTheHouse


def cabinet_sentence(said: FromTheHouse | None) -> str | None:
    """One sentence for the head of a page: what the cabinet said, in its own word."""
    if said is None or said.appraisal is None:
        return None
    words = labels.APPRAISALS[said.appraisal]
    return f"Oordeel van het kabinet: {words.short}."


def tally_sentence(said: FromTheHouse | None) -> str | None:
    """Seats in favour and against; None where nobody voted."""
    if said is None or said.outcome is None or said.outcome.tally is None:
        return None
    return f"De Kamer stemde: {tally_words(said.outcome.tally)}."


def tally_words(tally: Tally) -> str:
    absent = f", {tally.absent} deden niet mee" if tally.absent else ""
    return f"{tally.in_favour} zetels voor, {tally.against} tegen{absent}"


def with_cabinet(lines: Sequence[OverviewLine], said: Mapping[ScanId, FromTheHouse]) -> list[OverviewLine]:
    """The same lines, each with the cabinet's word where there is one."""
    return [
        replace(line, cabinet=labels.APPRAISALS[one.appraisal].short)
        if (one := said.get(line.id)) is not None and one.appraisal
        else line
        for line in lines
    ]
