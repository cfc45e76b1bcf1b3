"""Every kind of problem, and every single fault, is explained where the API says it is."""

from __future__ import annotations

import ast
import re

import pytest

from tests.support.tree import modules
from tests.web.conftest import Parliament
from uitvoeringsscan.api import problems
from uitvoeringsscan.errors import DomainError
from uitvoeringsscan.presentation import labels

CODE = re.compile(r"[a-z]+(-[a-z]+)*")
MAKERS = {"Problem": (0,), "Misread": (0,), "_problem": (0, 1)}
"""Who makes a fault, and where its code may stand when it is not given by name."""


def _kinds() -> set[str]:
    found, waiting = set(), [DomainError]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind in problems.STATUS:
            found.add(kind.code)
    return found


def _written(*names: str) -> set[str]:
    """The codes written out in calls of these makers, wherever in the code."""
    found = set()
    for _, module in modules():
        for node in ast.walk(module):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name not in names:
                continue
            given = [node.args[at] for at in MAKERS.get(name, ()) if at < len(node.args)]
            given += [keyword.value for keyword in node.keywords if keyword.arg == "code"]
            found |= {
                value.value
                for value in given
                if isinstance(value, ast.Constant) and isinstance(value.value, str) and CODE.fullmatch(value.value)
            }
    return found


def test_every_single_fault_is_explained() -> None:
    by_framework = {code for code, _ in problems._BY_PYDANTIC_TYPE.values()}
    by_framework |= {code for _, (code, _) in problems._BY_PREFIX} | {problems._OTHERWISE[0]}
    assert (_written(*MAKERS) | by_framework) - set(labels.INPUT_FAULTS) == set()
    assert len(_written(*MAKERS)) > 20, "the search still finds them"


def test_every_kind_of_problem_is_explained() -> None:
    raised = _written("WrongState", "Forbidden", "NotFound", "respond")
    assert (_kinds() | raised) - set(labels.PROBLEMS) == set()


@pytest.mark.parametrize("code", sorted(labels.PROBLEMS))
def test_its_address_answers(parliament: Parliament, code: str) -> None:
    page = parliament.site().get(f"{problems.TYPES}/{code}")
    assert labels.PROBLEMS[code].label in page.text


def test_no_page_for_what_does_not_exist(parliament: Parliament) -> None:
    assert parliament.site().client.get(f"{problems.TYPES}/bestaat-niet").status_code == 404


def test_a_problem_names_the_page_that_explains_it(parliament: Parliament) -> None:
    client = parliament.site().client
    problem = client.get("/api/v1/publicaties/2026-0000-v1").json()
    assert client.get(problem["type"]).status_code == 200
