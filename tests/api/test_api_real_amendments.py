"""Every collected amendment along the whole road: submitted, routed as proposed, answered by reading the questionnaire alone,
approved by a second client, published; and what was published is checked against the contract."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from api_callers import ANY, Api, make_api

from tests.support.desk import opened, plain_answer, questions
from uitvoeringsscan.publication.verification import verify

DIMENSIONS = ["it-systemen", "gegevensuitwisseling", "personeel", "tijdlijn"]

# field of a publication -> the types it may have
FIELDS: dict[str, tuple[type, ...]] = {
    "nummer": (str,), "scan": (str,), "versie": (int,), "gepubliceerdOp": (str,), "voorStemming": (bool, type(None)),
    "stemming": (str, type(None)), "amendement": (dict,), "volledig": (bool,), "oordeel": (str, type(None)),
    "impactbeeld": (list,), "kosten": (dict,), "personeel": (dict,), "invoering": (dict,), "organisaties": (list,),
    "routering": (dict,), "vorige": (str, type(None)), "vorigeSha256": (str, type(None)), "sha256": (str,),
}  # fmt: skip
PER_AGENCY: dict[str, tuple[type, ...]] = {
    "code": (str,), "naam": (str,), "status": (str,), "oordeel": (str, type(None)), "dimensies": (list,), "voorwaarden": (list,),
    "alternatief": (str, type(None)), "vragenlijst": (dict,), "vastgesteldOp": (str, type(None)),
    "haalbaarVanaf": (str, type(None)),
}  # fmt: skip


def _typed(value: dict[str, Any], fields: dict[str, tuple[type, ...]]) -> None:
    for name, kinds in fields.items():
        assert name in value, name
        assert isinstance(value[name], kinds), (name, value[name])


def _sent(line: dict[str, Any]) -> dict[str, Any]:
    """The amendment as somebody would type it over; what the collection does not say is left out."""
    digits = re.search(r"[0-9]{4,6}", str(line["dossier"] or ""))
    amendment = {
        "tekst": line["text"],
        "titel": line["title"],
        "dossiernummer": digits[0] if digits else "99001",  # an invented one where the source names none
        "indieners": [{"naam": name} for name in line["submitters"] or []],
    }
    if str(line["number"] or "").isdigit():
        amendment["ondernummer"] = line["number"]
    if line["date"]:
        amendment["ontvangen"] = line["date"]
    return {"amendement": amendment, "stemming": "2026-12-08T16:00:00+01:00"}


def _answer(api: Api, scan: str, agency: str, choice: int) -> dict[str, int]:
    """Answer with the `choice`-th option of every question; gives the worst level chosen per dimension."""
    file = f"/uitvragen/{scan}-{agency}"
    api.agency(agency)
    questionnaire = api.ok(f"behandelaar-{agency}", "GET", file)["vragenlijst"]
    by_code = questions(questionnaire)
    first = next(iter(by_code))
    wanted = {}
    for code, question in by_code.items():
        options = [option["code"] for option in question.get("opties", [])]
        if options and code != first:
            option = options[choice % len(options)]
            wanted[code] = [option] if question["soort"] == "meerkeuze" else option
    # the first question decides whether there is anything to ask: answered with its first option, "ja"
    wanted[first] = plain_answer(by_code[first])
    answers = api.answer(scan, agency, wanted)
    levels: dict[str, int] = {}
    for code, value in answers.items():
        question = by_code[code]
        for option in question.get("opties", []):
            chosen = value if isinstance(value, list) else [value]
            if question.get("dimensie") and option["code"] in chosen and option.get("niveau") is not None:
                dimension = question["dimensie"]
                levels[dimension] = max(levels.get(dimension, 0), option["niveau"])
    return levels


def _along_the_road(api: Api, line: dict[str, Any], choice: int) -> None:
    sent = _sent(line)
    scan = api.ok("indiener", "POST", "/scans", sent)
    path = f"/scans/{scan['id']}"
    proposed = [o["code"] for o in scan["routering"]["organisaties"] if o["advies"] == "uitvragen"]
    assert bool(proposed) != bool(scan["routering"]["geenUitvoerder"])
    asked = proposed or ["uwv"]
    api.ok(
        "coordinator",
        "PUT",
        f"{path}/routering",
        {"organisaties": asked, "toelichting": "Als voorgesteld."},
        headers=ANY,
    )
    levels = {}
    for index, agency in enumerate(asked):
        levels[agency] = _answer(api, scan["id"], agency, choice + index)
        api.ok(f"vaststeller-{agency}", "POST", f"/uitvragen/{scan['id']}-{agency}/vaststelling", headers=ANY)
    publication = api.ok("coordinator", "POST", f"{path}/publicaties", headers=ANY)

    _typed(publication, FIELDS)
    assert publication["amendement"]["tekst"] == line["text"]
    assert publication["amendement"]["titel"] == " ".join(line["title"].split())
    assert publication["nummer"] == f"{scan['id']}-v1"
    assert publication["volledig"] is True
    assert publication["voorStemming"] is True
    assert sorted(o["code"] for o in publication["organisaties"]) == sorted(asked)
    assert sorted(publication["routering"]["gevraagd"]) == sorted(asked)
    for agency in publication["organisaties"]:
        _typed(agency, PER_AGENCY)
        assert agency["status"] == "vastgesteld"
        assert [d["dimensie"] for d in agency["dimensies"]] == DIMENSIONS
        assert {d["dimensie"]: d["niveau"] for d in agency["dimensies"] if d["niveau"] is not None} == levels[
            agency["code"]
        ]
    assert [d["dimensie"] for d in publication["impactbeeld"]] == DIMENSIONS
    for part in publication["impactbeeld"]:
        known = {code: found[part["dimensie"]] for code, found in levels.items() if part["dimensie"] in found}
        worst = max(known.values(), default=None)
        assert part["niveau"] == worst
        assert sorted(part["bepaaldDoor"]) == sorted(code for code, level in known.items() if level == worst)
    content = {name: value for name, value in publication.items() if name != "sha256"}
    assert hashlib.sha256(rfc8785.dumps(content)).hexdigest() == publication["sha256"]


def test_every_collected_amendment_can_be_published(sqlite_url: str, shared_data: Path) -> None:
    lines = [json.loads(line) for line in (shared_data / "amendementen.jsonl").read_text("utf-8").splitlines()]
    assert lines
    with opened(sqlite_url) as world:
        api = make_api(world)
        for number, line in enumerate(lines):
            try:
                _along_the_road(api, line, number)
            except AssertionError as wrong:
                raise AssertionError(f"{line['id']}: {wrong}") from wrong
        assert len(world.chain()) == len(lines)
        assert verify(world.chain()) == []


@pytest.mark.postgres
def test_some_collected_amendments_on_postgresql(postgres_database_url: str, shared_data: Path) -> None:
    lines = [json.loads(line) for line in (shared_data / "amendementen.jsonl").read_text("utf-8").splitlines()]
    with opened(postgres_database_url) as world:
        api = make_api(world)
        for number, line in enumerate(lines[::6]):
            _along_the_road(api, line, number)
        assert verify(world.chain()) == []
