"""How well the routing agrees with labels that were read by hand.

    python bench/routing.py [--without=acts] [--without=topics] [FILE]

Without FILE: ../shared/data/amendementen.jsonl beside the repository. Agencies with advice "uitvragen" are held against
`expected_orgs`; what stands in `also_plausible` is neither right nor wrong. The label file never reaches the routing:
it sees text and title alone, as the service does. `--without` leaves a part of the knowledge out, to see what it brings.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from uitvoeringsscan.adapters.register_files import register_bytes
from uitvoeringsscan.amendments.parsing import parse
from uitvoeringsscan.routing.matching import propose
from uitvoeringsscan.routing.register import Register, load_register
from uitvoeringsscan.routing.routing import Routing

ROOT = Path(__file__).resolve().parent.parent
LINES = 5_000
DEFAULT = ROOT.parent / "shared" / "data" / "amendementen.jsonl"


@dataclass
class Tally:
    """Counts over a group of amendments; a negative is one for which nobody is expected."""

    number: int = 0
    right: int = 0
    too_much: int = 0
    missed: int = 0
    exact: int = 0
    negatives: int = 0
    empty: int = 0

    def add(self, expected: set[str], plausible: set[str], asked: set[str]) -> None:
        self.number += 1
        self.right += len(expected & asked)
        self.missed += len(expected - asked)
        self.too_much += len(asked - expected - plausible)
        self.exact += expected <= asked and asked <= expected | plausible
        self.negatives += not expected
        self.empty += not expected and not asked

    def __str__(self) -> str:
        precision = self.right / (self.right + self.too_much) if self.right + self.too_much else 1.0
        recall = self.right / (self.right + self.missed) if self.right + self.missed else 1.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return (
            f"n={self.number:3d}  precision={precision:.3f}  recall={recall:.3f}  F1={f1:.3f}  "
            f"exact={self.exact}/{self.number}  negatives empty={self.empty}/{self.negatives}"
        )


def shown(routing: Routing) -> str:
    """The proposals in short, for reading misses."""
    lines = []
    for proposal in routing.proposals:
        reasons = "; ".join(f"{e.signal} «{e.quote}» ({e.source.value})" for e in proposal.evidence)
        lines.append(f"      {proposal.advice.value:10s} {proposal.agency}: {reasons}")
    return "\n".join(lines) + (f"\n      niemand: {routing.nobody}" if routing.nobody else "")


def decade(year: int | None) -> str:
    return "unknown" if year is None else f"{year // 5 * 5}-{year // 5 * 5 + 4}"


def register_without(parts: set[str]) -> Register:
    """The register that ships, without its acts or without its topics (and the chains that lean on either)."""
    files = register_bytes(ROOT / "rubrics" / "register")
    if "acts" in parts:
        files = {name: content for name, content in files.items() if not name.startswith("laws/")}
    if "topics" in parts:
        files["topics.yaml"] = b"[]"
    if parts:
        files["chains.yaml"] = b"[]"
    return load_register(files)


def main(arguments: list[str]) -> int:
    files = [a for a in arguments if not a.startswith("--")]
    source = Path(files[0]) if files else DEFAULT
    if not source.exists():
        print(f"no labels to measure against: {source}")
        return 1
    started = time.perf_counter()
    register = register_without({a.removeprefix("--without=") for a in arguments if a.startswith("--without=")})
    print(
        f"register: {len(register.agencies)} agencies, {len(register.laws)} acts, {time.perf_counter() - started:.2f} s"
    )
    rows: list[dict[str, Any]] = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines() if line]
    whole = Tally()
    groups: defaultdict[str, Tally] = defaultdict(Tally)
    spent = 0.0
    for row in rows:
        begun = time.perf_counter()
        parsed = parse(row["text"], register.law_index(), row["title"])
        routing = propose(row["text"], row["title"], parsed, register)
        spent += time.perf_counter() - begun
        expected, plausible = set(row["expected_orgs"]), set(row["also_plausible"])
        asked: set[str] = set(routing.asked)
        for tally in (whole, groups[f"field {row['field']}"], groups[f"years {decade(row['year'])}"]):
            tally.add(expected, plausible, asked)
        missed, too_much = expected - asked, asked - expected - plausible
        if missed or too_much:
            print(f"\n  {row['id']}: missed {sorted(missed)}, too much {sorted(too_much)} (asked {sorted(asked)})")
            print(shown(routing))
    print()
    for name in sorted(groups):
        print(f"  {name:34s} {groups[name]}")
    print(f"\n  {'all':34s} {whole}")
    print(f"  parse and route: {1000 * spent / max(1, len(rows)):.2f} ms each")
    many_lines(rows)
    return 0


def many_lines(rows: list[dict[str, Any]]) -> None:
    """The command itself, start included: one amendment, and the sample repeated to some thousands of lines."""
    lines = [
        json.dumps({"id": f"{at}-{row['id']}", "tekst": row["text"], "titel": row["title"]})
        for at in range(LINES // max(1, len(rows)))
        for row in rows
    ]
    for given in (lines[:1], lines):
        begun = time.perf_counter()
        command = [sys.executable, "-m", "uitvoeringsscan", "route", "--jsonl"]
        done = subprocess.run(command, input="\n".join(given).encode(), capture_output=True, check=True)
        spent = time.perf_counter() - begun
        answered = len(done.stdout.splitlines())
        print(f"  route --jsonl: {answered} lines in {spent:.2f} s, {answered / spent:.0f} a second")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
