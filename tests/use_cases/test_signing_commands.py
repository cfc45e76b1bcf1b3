"""The commands about keys and signatures, as an operator or a journalist runs them."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from tests.support.desk import World
from uitvoeringsscan.__main__ import main
from uitvoeringsscan.bootstrap import prepare
from uitvoeringsscan.publication.verification import canonical, verify
from uitvoeringsscan.settings import Environment, Settings, UnsafeSettings

SAFE = "k2J9s0-xQ7vLr4TnB8wYpE6zHc1uMf3aGd5i"


@pytest.fixture
def published(small: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Two publications with a new key between them; the commands find this database."""
    monkeypatch.setenv("UITVOERINGSSCAN_DATABASE_URL", small.url)
    small.publish(small.assessed())
    assert main(["keys", "rotate"]) == 0
    small.publish(small.assessed(paper_number="15"))
    return small


def test_keys_are_listed_with_the_one_in_use_last(published: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "rotate"]) == 0
    made = capsys.readouterr().out.split()[-1]
    assert main(["keys", "list"]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [line[2] for line in lines] == ["vervangen", "vervangen", "in gebruik"]
    assert lines[2][0] == made


def test_the_database_is_checked_with_its_own_keys(published: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publications", "verify"]) == 0
    assert "2 van 2 handtekeningen gecontroleerd" in capsys.readouterr().out


def test_the_database_can_be_checked_with_keys_kept_elsewhere(
    published: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who kept the keys of the year before sees that somebody signs with another one."""
    kept = tmp_path / "bewaard.json"
    kept.write_text('{"keys": []}')
    assert main(["publications", "verify", "--jwks", str(kept)]) == 1
    assert capsys.readouterr().err.count("onbekende sleutel") == 2


@pytest.fixture
def export(published: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["publications", "export", str(tmp_path / "export")]) == 0
    capsys.readouterr()
    return tmp_path / "export"


def _files(folder: Path, pattern: str = "*.json") -> list[str]:
    return [str(path) for path in sorted(folder.glob(pattern))]


def test_an_export_is_checked_as_it_stands(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(_files(export, "*.jws")) == 2
    assert main(["publications", "verify", *_files(export)]) == 0
    assert "2 van 2 handtekeningen gecontroleerd" in capsys.readouterr().out


def test_an_export_is_checked_with_keys_from_elsewhere(export: Path, tmp_path: Path) -> None:
    publications = _files(export, "2*.json")
    assert main(["publications", "verify", "--jwks", str(export / "jwks.json"), *publications]) == 0
    kept = tmp_path / "bewaard.json"
    kept.write_text('{"keys": []}')
    assert main(["publications", "verify", "--jwks", str(kept), *publications]) == 1


def test_without_keys_or_signatures_the_rest_is_checked_and_that_is_said(
    export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publications = _files(export, "2*.json")
    assert main(["publications", "verify", *publications]) == 0
    assert "0 van 2 handtekeningen gecontroleerd" in capsys.readouterr().out
    Path(_files(export, "*.jws")[0]).unlink()
    assert main(["publications", "verify", *_files(export)]) == 0
    assert "1 van 2 handtekeningen gecontroleerd" in capsys.readouterr().out


def test_a_signature_of_another_publication_is_found(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = map(Path, _files(export, "*.jws"))
    first.write_bytes(second.read_bytes())
    assert main(["publications", "verify", *_files(export)]) == 1
    assert "handtekening-fout" in capsys.readouterr().err


def test_a_changed_document_with_a_right_digest_is_betrayed_by_its_signature(export: Path) -> None:
    """The newest one has no successor that would betray it, so here only the signature does."""
    newest = max(map(Path, _files(export, "2*.json")), key=lambda path: json.loads(path.read_bytes())["volgnummer"])
    content = json.loads(newest.read_bytes())
    content["oordeel"] = "niet-uitvoerbaar" if content["oordeel"] == "uitvoerbaar" else "uitvoerbaar"
    del content["sha256"]
    content["sha256"] = sha256(canonical(content)).hexdigest()
    newest.write_bytes(canonical(content))
    assert [f for f in verify([(p, Path(p).read_bytes()) for p in _files(export, "2*.json")]) if f.serious] == []
    assert main(["publications", "verify", *_files(export)]) == 1


def test_keys_that_are_none_are_said_in_words(export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x").write_text("geen json")
    assert main(["publications", "verify", "--jwks", str(tmp_path / "x"), *_files(export)]) == 1
    assert "geen lijst van openbare sleutels" in capsys.readouterr().err


def test_production_makes_its_first_key_and_never_replaces_one_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path}/productie.sqlite3"
    safe = {
        "ENVIRONMENT": "production",
        "SMTP_URL": "smtp://mail.example",
        "MAIL_FROM": "scan@dienst.example",
        "DATABASE_URL": url,
        "ALLOW_SQLITE": "true",
        "PUBLIC_URL": "https://scan.example",
        "SECRET_KEY": SAFE,
        "OIDC_ISSUER": "https://inloggen.example",
        "OIDC_CLIENT_ID": "scan",
        "OIDC_CLIENT_SECRET": SAFE,
    }
    for name, value in safe.items():
        monkeypatch.setenv(f"UITVOERINGSSCAN_{name}", value)
    prepare(Settings())
    capsys.readouterr()
    assert main(["keys", "list"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
    prepare(Settings())
    monkeypatch.setenv("UITVOERINGSSCAN_SECRET_KEY", SAFE[::-1])
    with pytest.raises(UnsafeSettings, match="SECRET_KEY"):
        prepare(Settings())
    monkeypatch.setenv("UITVOERINGSSCAN_SECRET_KEY", "kort")
    capsys.readouterr()
    assert main(["keys", "rotate"]) == 1
    assert "SECRET_KEY" in capsys.readouterr().err


@pytest.mark.parametrize("environment", [Environment.DEVELOPMENT, Environment.DEMO])
def test_elsewhere_the_first_start_makes_a_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], environment: Environment
) -> None:
    url = f"sqlite:///{tmp_path}/nieuw.sqlite3"
    monkeypatch.setenv("UITVOERINGSSCAN_DATABASE_URL", url)
    for _ in range(2):
        prepare(Settings(environment=environment))
    assert main(["keys", "list"]) == 0
    assert capsys.readouterr().out.count("in gebruik") == 1
    assert main(["publications", "verify"]) == 0
