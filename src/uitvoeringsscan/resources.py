"""Where the files are that travel with the code: inside the package in a wheel, at the root in a checkout.

Templates and static files belong to `presentation` and lie beside it in both cases. Migrations and rubrics are things of
their own (an operator reads and replaces them), so in a checkout they stand at the root.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def migrations_dir() -> Path:
    """The folder with Alembic's `env.py` and `versions/`. FileNotFoundError when the installation lacks it."""
    return _folder("migrations")


def rubrics_dir() -> Path:
    """The folder with the rubrics and, under `register/`, the register. FileNotFoundError when the installation lacks it."""
    return _folder("rubrics")


def _folder(name: str) -> Path:
    candidates = (_PACKAGE / "_data" / name, _PACKAGE.parents[1] / name)
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"the installation is incomplete: no folder {name} at " + " or ".join(map(str, candidates)))
