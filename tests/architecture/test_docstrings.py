"""Every module says what it is for; so do the larger public functions and classes of the core."""

from __future__ import annotations

import ast

from tests.support.tree import CORE, modules


def test_every_module_says_what_it_is_for() -> None:
    assert [path for path, module in modules() if not ast.get_docstring(module)] == []


def test_the_core_explains_what_is_not_plain_at_a_glance() -> None:
    limits = {ast.FunctionDef: 10, ast.ClassDef: 20}
    bare = [
        f"{path}:{node.lineno}: {node.name}"
        for path, module in modules(*CORE)
        for node in module.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
        and (node.end_lineno or node.lineno) - node.lineno >= limits[type(node)]
    ]
    assert bare == []
