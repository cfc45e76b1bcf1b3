"""The part of OData v4 that the House's data is asked with, over plain dictionaries: $filter, $expand, $orderby, $top.

Written from the protocol, not from the client that it tries: what it does not know is an error in the answer, as there.

    select(rows, "Verwijderd eq false and (Soort eq 'a' or Soort eq 'b') and Zaak/any(z: z/Nummer eq 'x')", related)
    expand("A($filter=...;$expand=B),C")  -> {"A": {"$filter": "...", "$expand": "B"}, "C": {}}
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

Row = dict[str, Any]
Related = Callable[[Row, str], list[Row]]

_TOKEN = re.compile(
    r"\s*(?:(?P<guid>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})|(?P<moment>\d{4}-\d\d-\d\dT[\d:.+\-Z]+)"
    r"|(?P<string>'(?:[^']|'')*')|(?P<number>-?\d+)|(?P<word>[A-Za-z_][\w/]*)|(?P<sign>[():]))"
)


class Refused(Exception):
    """What the server answers with 400 and a message."""


class _Filter:
    """A recursive descent over `and`, `or`, parentheses, comparisons and any()."""

    def __init__(self, text: str, related: Related) -> None:
        self._tokens: list[tuple[str, str]] = []
        place = 0
        while place < len(text.rstrip()):
            found = _TOKEN.match(text, place)
            if found is None:
                raise Refused(f"Syntax error at position {place} in '{text}'.")
            self._tokens.append((str(found.lastgroup), found[str(found.lastgroup)]))
            place = found.end()
        self._place = 0
        self._related = related

    def read(self) -> Callable[[dict[str, Row]], bool]:
        found = self._or()
        if self._place != len(self._tokens):
            raise Refused(f"Syntax error: '{self._tokens[self._place][1]}'.")
        return found

    def _peek(self) -> str:
        return self._tokens[self._place][1] if self._place < len(self._tokens) else ""

    def _next(self, wanted: str | None = None) -> tuple[str, str]:
        if self._place >= len(self._tokens) or wanted not in (None, self._peek()):
            raise Refused(f"Syntax error: expected '{wanted}'.")
        self._place += 1
        return self._tokens[self._place - 1]

    def _or(self) -> Callable[[dict[str, Row]], bool]:
        parts = [self._and()]
        while self._peek() == "or":
            self._next()
            parts.append(self._and())
        return lambda scope: any(part(scope) for part in parts)

    def _and(self) -> Callable[[dict[str, Row]], bool]:
        parts = [self._one()]
        while self._peek() == "and":
            self._next()
            parts.append(self._one())
        return lambda scope: all(part(scope) for part in parts)

    def _one(self) -> Callable[[dict[str, Row]], bool]:
        if self._peek() == "(":
            self._next()
            inner = self._or()
            self._next(")")
            return inner
        _, path = self._next()
        if path.endswith("/any"):
            relation = path.removesuffix("/any")
            self._next("(")
            name = self._next()[1]
            self._next(":")
            inner = self._or()
            self._next(")")
            return lambda scope: any(inner({**scope, name: one}) for one in self._related(scope[""], relation))
        operator = self._next()[1]
        kind, text = self._next()
        value = _literal(kind, text)
        if operator not in ("eq", "ne", "ge", "gt", "le", "lt"):
            raise Refused(f"Unknown operator '{operator}'.")

        def holds(scope: dict[str, Row]) -> bool:
            variable, _, rest = path.partition("/")
            row, field = (scope[variable], rest) if rest else (scope[""], path)
            if field not in row:
                raise Refused(f"Could not find a property named '{field}'.")
            return _compare(row[field], operator, value)

        return holds


def _literal(kind: str, text: str) -> Any:
    if kind == "string":
        return text[1:-1].replace("''", "'")
    if kind == "number":
        return int(text)
    if kind == "moment":
        return datetime.fromisoformat(text)
    if kind == "guid":
        return text.lower()
    return {"true": True, "false": False, "null": None}[text]


def _compare(found: Any, operator: str, wanted: Any) -> bool:
    if isinstance(wanted, datetime) and isinstance(found, str):
        found = datetime.fromisoformat(found)
    if operator in ("eq", "ne"):
        return bool((found == wanted) == (operator == "eq"))
    if found is None or wanted is None:
        return False
    return bool({"ge": found >= wanted, "gt": found > wanted, "le": found <= wanted, "lt": found < wanted}[operator])


def select(rows: Iterable[Row], text: str, related: Related) -> list[Row]:
    holds = _Filter(text, related).read()
    return [row for row in rows if holds({"": row})]


def ordered(rows: list[Row], text: str) -> list[Row]:
    for part in reversed(text.split(",")):
        name, _, direction = part.strip().partition(" ")
        rows = sorted(rows, key=lambda row: str(row.get(name) or ""), reverse=direction.strip() == "desc")
    return rows


def expand(text: str) -> dict[str, dict[str, str]]:
    """Names with their options; options are apart by `;`, names by `,`, both only outside parentheses."""
    found: dict[str, dict[str, str]] = {}
    for part in _split(text, ","):
        name, bracket, rest = part.strip().partition("(")
        options = {}
        for option in _split(rest[:-1], ";") if bracket else ():
            key, _, value = option.partition("=")
            options[key.strip()] = value
        found[name] = options
    return found


def _split(text: str, sign: str) -> list[str]:
    parts, depth, quoted = [""], 0, False
    for character in text:
        quoted ^= character == "'"
        depth += {"(": 1, ")": -1}.get(character, 0) if not quoted else 0
        if character == sign and depth == 0 and not quoted:
            parts.append("")
        else:
            parts[-1] += character
    return [part for part in parts if part.strip()]
