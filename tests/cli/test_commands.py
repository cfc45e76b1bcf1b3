"""Every command once as a process: what it prints, where, and how it ends (0 well, 1 not, 2 when typed wrong)."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from commands import Command

from tests.support.desk import TEXT, TITLE, World, opened
from tests.support.need import ROOT
from uitvoeringsscan.adapters.many_lines import FEW

BILL = "ARTIKEL I\n\nDe Algemene Ouderdomswet wordt als volgt gewijzigd:\n\nA\n\nArtikel 1 vervalt.\n"
UNNAMED = "In artikel I, onderdeel A, wordt «vier» vervangen door «vijf».\n\nToelichting\n\nDit is beter.\n"


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Over a database that is not there yet."""
    return Command(f"sqlite:///{tmp_path}/nieuw.sqlite3")


@pytest.fixture
def filled(sqlite_url: str) -> Command:
    """Over a migrated, empty database."""
    return Command(sqlite_url)


@pytest.fixture
def world(sqlite_url: str) -> World:
    with opened(sqlite_url) as opened_world:
        yield opened_world


def lines(*rows: object) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


# --- reading and routing ---


def test_parse_and_route_need_no_database(tmp_path: Path) -> None:
    nowhere = Command("postgresql+psycopg://niemand@127.0.0.1:1/niets")
    (tmp_path / "amendement.txt").write_text(TEXT, "utf-8")
    read = nowhere("parse", tmp_path / "amendement.txt")
    assert (read.status, read.error) == (0, "")
    parsed = json.loads(read.out)
    assert parsed["wijzigingen"][0]["doel"] == "artikel I, onderdeel A, artikel 16"
    for law in parsed["wetten"]:
        assert TEXT[law["begin"] : law["einde"]]
    routed = nowhere("route", "-", "--titel", TITLE, given=TEXT)
    assert (routed.status, routed.error) == (0, "")
    asked = [o["code"] for o in json.loads(routed.out)["organisaties"] if o["advies"] == "uitvragen"]
    assert asked == ["uwv"]


def test_the_bill_tells_which_law_it_is(command: Command, tmp_path: Path) -> None:
    (tmp_path / "wetsvoorstel.txt").write_text(BILL, "utf-8")
    bill = ("--wetsvoorstel", str(tmp_path / "wetsvoorstel.txt"))
    without = json.loads(command("route", "-", given=UNNAMED).out)
    assert [o for o in without["organisaties"] if o["advies"] == "uitvragen"] == []
    (agency,) = [
        o
        for o in json.loads(command("route", "-", *bill, given=UNNAMED).out)["organisaties"]
        if o["advies"] == "uitvragen"
    ]
    reason = agency["onderbouwing"][0]
    assert (agency["code"], reason["bron"], reason["citaat"]) == ("svb", "wetsvoorstel", "artikel I, onderdeel A")
    (law,) = json.loads(command("parse", "-", *bill, given=UNNAMED).out)["wetten"]
    assert (law["naam"], law["bron"]) == ("Algemene Ouderdomswet", "wetsvoorstel")
    assert UNNAMED[law["begin"] : law["einde"]] == "artikel I, onderdeel A"
    (answer,) = command("route", "--jsonl", *bill, given=lines({"id": 1, "tekst": UNNAMED})).out.splitlines()
    assert json.loads(answer)["organisaties"][0]["code"] == "svb"
    (tmp_path / "leeg.txt").write_text("Hier staat geen wet.", "utf-8")
    refused = command("route", "-", "--wetsvoorstel", tmp_path / "leeg.txt", given=UNNAMED)
    assert (refused.status, refused.out) == (1, "")
    assert "geen artikelen" in refused.error


@pytest.mark.parametrize("name", ["parse", "route"])
def test_a_line_for_a_line_also_when_some_are_bad(command: Command, name: str) -> None:
    given = (
        lines({"id": "a", "tekst": TEXT, "titel": TITLE, "dossiernummer": "99001", "ontvangen": "2026-11-25"}).encode()
        + b"\n  \n{half\n"
        + lines([1], {"id": "leeg", "tekst": " "}, {"id": 7, "tekst": "Artikel I vervalt.", "titel": 3}).encode()
        + b"\xff\xfe\n"
        + b"[" * 100_000
        + b"\n"
        + lines({"tekst": "Artikel I vervalt."}, {"id": "z", "tekst": "één \ud800 half teken"}).encode()[:-1]
    )
    done = command(name, "--jsonl", given=given)
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", None, None, "leeg", 7, None, None, None, "z"]
    assert ["fout" in answer for answer in answers] == [False, True, True, True, True, True, True, False, False]
    assert all(next(iter(answer)) == "id" for answer in answers)
    assert (done.status, done.error) == (1, "")


def test_all_lines_well_is_status_zero(command: Command, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(lines(*({"id": n, "tekst": TEXT, "titel": TITLE} for n in range(300))))
    done = command("route", "--jsonl", tmp_path / "in.jsonl")
    assert done.status == 0
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert [answer["id"] for answer in answers] == list(range(300))
    assert {json.dumps(answer["organisaties"]) for answer in answers} == {json.dumps(answers[0]["organisaties"])}
    assert command("parse", "--jsonl", given=b"").out == ""


def test_who_waits_for_an_answer_before_the_next_line_gets_it(command: Command) -> None:
    """Also past the number of lines from which several processes share the work."""
    with subprocess.Popen(
        [sys.executable, "-m", "uitvoeringsscan", "parse", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=command.environment(),
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(FEW + 20):
            process.stdin.write(lines({"id": number, "tekst": "Artikel I vervalt."}).encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.stdout.read() == b""
    assert process.returncode == 0


@pytest.mark.parametrize("words", [("parse",), ("route", "--jsonl"), ("route", "--wetsvoorstel", "er/is/niets.txt")])
def test_a_file_that_is_not_there(command: Command, words: tuple[str, ...]) -> None:
    done = command(*words, "er/is/niets.txt" if "--wetsvoorstel" not in words else "-")
    assert (done.status, done.out) == (1, "")
    assert done.error.startswith("Dit bestand kan niet worden gelezen: er/is/niets.txt")


@pytest.mark.parametrize(
    "words",
    [(), ("onbekend",), ("rubrics",), ("people", "add"), ("people", "add", "A", "--email", "a@b.nl", "--role", "koning"),
     ("dossiers", "wetsvoorstel", "36410"), ("dossiers", "wetsvoorstel", "36410", "x", "--datum", "gisteren")],
)  # fmt: skip
def test_what_is_typed_wrong_is_status_two(command: Command, words: tuple[str, ...]) -> None:
    done = command(*words)
    assert (done.status, done.out) == (2, "")
    assert "usage:" in done.error


# --- bills and the register ---


def test_a_bill_is_kept_once(filled: Command, world: World, tmp_path: Path) -> None:
    (tmp_path / "wet.txt").write_text(BILL, "utf-8")
    scan = world.submitted(text=UNNAMED, title="Wijziging van enkele wetten")
    words = ("dossiers", "wetsvoorstel", "99001", tmp_path / "wet.txt", "--versie", "nvw 2", "--datum", "2026-11-25")
    first = filled(*words)
    assert (first.status, first.error) == (0, "")
    assert first.out == "artikel I\tAlgemene Ouderdomswet\tBWBR0002221\n"
    assert world.scan(scan).routing.asked == ("svb",)
    again = filled(*words)
    assert (again.status, again.out) == (0, first.out)
    assert "er is niets veranderd" in again.error
    (tmp_path / "wet.txt").write_text("Geen wet.", "utf-8")
    assert filled(*words).status == 1
    assert filled("dossiers", "wetsvoorstel", "abc", tmp_path / "wet.txt").status == 1


def test_review_of_the_register(filled: Command, world: World) -> None:
    assert filled("routing", "review").out.startswith("0 bevestigde scans")
    scan = world.routed("uwv", "svb")
    told = filled("routing", "review")
    assert told.status == 0
    assert f"Bij Werkloosheidswet is 1 keer SVB toegevoegd: overweeg svb voortaan te vragen ({scan})." in told.out
    assert "toegevoegd: overweeg" not in filled("routing", "review", "--least", "2").out
    whole = json.loads(filled("routing", "review", "--json").out)
    assert (whole["scans"], whole["goed"], whole["toegevoegd"], whole["dekking"]) == (1, 1, 1, 0.5)


# --- the database ---


def test_migrate_then_demo_once(command: Command) -> None:
    assert command("migrate").status == 0
    assert command("migrate").status == 0
    assert command("demo").status == 0
    people = command("people", "list").out
    assert "C. de Planner\tcoordinator" in people
    again = command("demo")
    assert (again.status, again.out) == (1, "")
    assert "niet leeg" in again.error
    assert command("people", "list").out == people


def test_people(filled: Command) -> None:
    added = filled(
        "people", "add", "V. Beeld", "--email", "V@Voorbeeld.example", "--role", "vaststeller", "--agency", "uwv"
    )
    assert (added.status, added.out) == (0, "")
    assert filled("people", "list").out == "v@voorbeeld.example\tV. Beeld\tvaststeller\tuwv\n"
    refused = filled("people", "add", "V. Ander", "--email", "v@voorbeeld.example", "--role", "lezer")
    assert (refused.status, refused.out) == (1, "")
    assert refused.error.strip()
    assert filled("people", "add", "Z", "--email", "geen", "--role", "vaststeller").status == 1


def test_clients(filled: Command) -> None:
    added = filled("clients", "add", "kamer", "--role", "indiener", "--owner", "i@voorbeeld.example")
    assert (added.status, added.error) == (0, "")
    (secret,) = added.out.splitlines()
    assert len(secret) >= 40
    listed = filled("clients", "list").out
    assert listed.startswith("kamer\tindiener\t-\t")
    assert "actief" in listed
    assert secret not in listed
    assert filled("clients", "add", "kamer", "--role", "lezer").status == 1
    assert filled("clients", "revoke", "kamer").status == 0
    assert "ingetrokken" in filled("clients", "list").out
    assert filled("clients", "revoke", "niemand").status == 1


def test_publications(filled: Command, world: World, tmp_path: Path) -> None:
    numbers = [f"{world.published(paper_number=str(paper))}-v1" for paper in (15, 16)]
    told = filled("publications", "verify")
    assert told.status == 0
    assert "2 publicaties nagerekend" in told.out
    folder = tmp_path / "uit" / "gevoerd"
    assert filled("publications", "export", folder).status == 0
    files = [folder / f"{number}.json" for number in numbers]
    assert filled("publications", "verify", *files).status == 0
    files[0].write_bytes(files[0].read_bytes().replace(b"99001", b"99002"))
    broken = filled("publications", "verify", *files)
    assert (broken.status, broken.out) == (1, "")
    assert numbers[0] in broken.error


# --- questionnaires ---


def test_rubrics(command: Command, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "rubrics", tmp_path / "rubrics")
    assert command("rubrics", "check").status == 0
    assert command("rubrics", "check", tmp_path / "rubrics").status == 0
    schema = command("rubrics", "schema")
    assert schema.status == 0
    assert json.loads(schema.out)["$schema"].startswith("https://json-schema.org/")
    before = {path: path.read_bytes() for path in (tmp_path / "rubrics").rglob("*") if path.is_file()}
    assert command("rubrics", "freeze", tmp_path / "rubrics").status == 0
    assert {path: path.read_bytes() for path in before} == before
    agencies = tmp_path / "rubrics" / "register" / "agencies.yaml"
    agencies.write_text(agencies.read_text("utf-8").replace("code: uwv", "code: u w v", 1), "utf-8")
    broken = command("rubrics", "check", tmp_path / "rubrics")
    assert (broken.status, broken.out) == (1, "")
    assert "agencies.yaml:" in broken.error


def test_version_and_help(command: Command) -> None:
    assert command("--version").out == "0.1.0\n"
    assert command("--help").status == 0
