"""The wheel carries all that the service needs, and the command works away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.support.need import ROOT
from tests.support.tree import files

pytestmark = pytest.mark.slow

PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _run(*PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT))
    [built] = folder.glob("uitvoeringsscan-*-py3-none-any.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel; the libraries are borrowed from the one that runs the tests."""
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    _run(sys.executable, "-m", "venv", "--without-pip", str(folder))
    python = folder / "bin" / "python"
    _run(sys.executable, "-m", "pip", "--python", str(python), "--quiet", "--disable-pip-version-check",
         "install", "--no-deps", "--no-index", str(wheel))  # fmt: skip
    site = _run(str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    # A path in a .pth file is taken as it is: the .pth files in that folder, and so the checkout, stay out.
    Path(site, "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


def test_the_wheel_holds_every_file(wheel: Path) -> None:
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    places = {
        "src/": "",
        "migrations/": "uitvoeringsscan/_data/migrations/",
        "rubrics/": "uitvoeringsscan/_data/rubrics/",
    }
    expected = {
        place + name.removeprefix(start)
        for name in (path.relative_to(ROOT).as_posix() for path in files())
        for start, place in places.items()
        if name.startswith(start)
    }
    assert held == expected
    assert any(name.startswith("uitvoeringsscan/_data/migrations/versions/") for name in held)
    assert any(name.startswith("uitvoeringsscan/presentation/templates/") for name in held)
    assert any(name.startswith("uitvoeringsscan/presentation/static/") for name in held)


def test_the_licence_travels_along(wheel: Path) -> None:
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in zipfile.ZipFile(wheel).namelist())


def test_the_package_finds_its_files_away_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    code = "from uitvoeringsscan import resources as r; print(r.migrations_dir(), r.rubrics_dir(), sep='\\n')"
    found = _run(str(installed / "bin" / "python"), "-c", code, cwd=tmp_path).split()
    assert [Path(path).name for path in found] == ["migrations", "rubrics"]
    assert all(Path(path).is_relative_to(installed.resolve()) for path in found)


@pytest.mark.parametrize("words", [("--help",), ("rubrics", "check")])
def test_the_command_works_away_from_the_checkout(installed: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    assert _run(str(installed / "bin" / "uitvoeringsscan"), *words, cwd=tmp_path)


def _run(*command: str, cwd: Path | None = None) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    result = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"{' '.join(command)}\n{result.stdout}{result.stderr}"
    return result.stdout
