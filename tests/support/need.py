"""What a test needs and a machine may lack. Outside CI that is a skip with a reason; in CI it is a failure."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parents[2]


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def lacking(what: str) -> NoReturn:
    """Something that `make system` installs is not there."""
    reason = f"{what} is missing: run `make system`"
    if in_ci():
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def absent(what: str) -> NoReturn:
    """Something is not there that no installation brings, in CI neither."""
    pytest.skip(f"{what} is absent")
