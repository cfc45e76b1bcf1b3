"""A new type of question is one member and one row: tried on a copy of the code, all the way to page, API and score."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import uitvoeringsscan
from tests.rubric_samples import SMALL

SOURCE = Path(uitvoeringsscan.__file__).parent

MEMBER = '    PERCENTAGE = "percentage"\n'
ROW = '        Kind.PERCENTAGE: _figures(decimals=1, example="12,5, of 10 - 20", suffix=" %"),\n'

TRIAL = """
import sys
from uitvoeringsscan.api.schemas import of_models
from uitvoeringsscan.assessments.answers import read_answers, read_form, to_wire
from uitvoeringsscan.assessments.assessment import RawAnswers
from uitvoeringsscan.presentation.questionnaire_view import question_rows
from uitvoeringsscan.rubrics.document import json_schema
from uitvoeringsscan.rubrics.loading import load_rubric
from uitvoeringsscan.scoring.rules import score

rubric = load_rubric(sys.stdin.buffer.read())
question = rubric.question("aantal")
form = {"raakt": ["ja"], "koppelingen": ["oud"], "aantal": ["10 - 12,5"]}
answers = read_answers(rubric, read_form(rubric, form).values, {}, complete=False)
values, _ = to_wire(rubric, answers)
print(values["aantal"])
print(read_form(rubric, {"aantal": ["veel"]}).problems[0].message)
(row,) = [row for row in question_rows(rubric, rubric.sections[1], RawAnswers(values=values)) if row.code == "aantal"]
print(row.field, "|", row.hint, "|", row.text)
print(score(rubric, answers).dimensions[1].level)
print("percentage" in str(json_schema()), question.to_wire()["soort"], "percentage" in str(of_models()))
"""


def test_one_member_and_one_row_are_all_there_is_to_it(tmp_path: Path) -> None:
    shutil.copytree(
        SOURCE, tmp_path / "uitvoeringsscan", ignore=shutil.ignore_patterns("__pycache__", "static", "_data")
    )
    for name, before, line in (
        ("model.py", '    TEXT = "tekst"\n', MEMBER),
        ("kinds.py", "        Kind.NUMBER: _figures(", ROW),
    ):
        file = tmp_path / "uitvoeringsscan" / "rubrics" / name
        text = file.read_text(encoding="utf-8")
        assert text.count(before) == 1
        file.write_text(text.replace(before, line + before), encoding="utf-8")
    rubric = SMALL.replace("soort: getal, levert: omvang,", "soort: percentage,").encode()
    tried = subprocess.run(
        [sys.executable, "-c", TRIAL], input=rubric, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, check=False
    )
    assert tried.stderr == b""
    assert tried.stdout.decode().splitlines() == [
        "{'laag': 10, 'hoog': 12.5}",
        "Schrijf een getal, of van laag tot hoog; bijvoorbeeld 12,5, of 10 - 20.",
        "text | Bijvoorbeeld 12,5, of 10 - 20. Weet u het niet? Typ dan: onbekend. | 10 tot 12,5 %",
        "1",
        "True percentage True",
    ]
