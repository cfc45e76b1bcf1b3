"""The register on disk: a directory of YAML files."""

from __future__ import annotations

from pathlib import Path

from uitvoeringsscan.routing.register import Register, load_register


def register_bytes(directory: Path) -> dict[str, bytes]:
    """Every YAML file under `directory` by its name inside it, as `load_register` wants them."""
    return {path.relative_to(directory).as_posix(): path.read_bytes() for path in sorted(directory.rglob("*.yaml"))}


def read_register(directory: Path) -> Register:
    """Loads the register under `directory` (agencies.yaml, ..., laws/*.yaml). RegisterFault when anything is wrong."""
    return load_register(register_bytes(directory))
