"""The two tables of `jobs`, and all that leaves work."""

from __future__ import annotations

import ast
from datetime import timedelta

from tests.support.tree import PACKAGE
from uitvoeringsscan.jobs.kinds import KINDS
from uitvoeringsscan.jobs.sweeps import SWEEPS
from uitvoeringsscan.presentation import labels


def test_whoever_leaves_work_leaves_a_kind_that_somebody_does() -> None:
    left = set()
    for path in PACKAGE.rglob("*.py"):
        module = ast.parse(path.read_text("utf-8"))
        named = {
            target.id: line.value
            for line in module.body
            if isinstance(line, ast.Assign)
            for target in line.targets
            if isinstance(target, ast.Name)
        }
        for call in ast.walk(module):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "enqueue":
                kind = call.args[0]
                kind = named.get(kind.id, kind) if isinstance(kind, ast.Name) else kind
                assert isinstance(kind, ast.Constant), f"{path}:{call.lineno}: the kind is not written out"
                left.add(kind.value)
    assert left == set(KINDS)


def test_every_kind_and_every_sweep_has_words() -> None:
    assert set(labels.WORK) == {*KINDS, *(sweep.name for sweep in SWEEPS)}


def test_names_are_used_once() -> None:
    names = [sweep.name for sweep in SWEEPS]
    assert len(set(names)) == len(names)
    assert "sweep" not in KINDS


def test_no_kind_keeps_its_place_for_long() -> None:
    """The waits between attempts, which fill a place in the queue: hours belong to a sweep."""
    for name, kind in KINDS.items():
        waits = [kind.first_wait * kind.factor**times for times in range(kind.attempts - 1)]
        assert sum(waits, timedelta()) < timedelta(minutes=2), name


def test_sweeps_look_every_minute_or_less_often() -> None:
    for sweep in SWEEPS:
        assert sweep.every >= timedelta(minutes=1), sweep.name
        assert timedelta(days=1) % sweep.every == timedelta(), sweep.name
