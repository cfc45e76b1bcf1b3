"""Whatever is sent: a 4xx that says in Dutch what is wrong and where, nothing stored, and nothing of it repeated."""

from __future__ import annotations

import json
from typing import Any

import pytest
from api_callers import Api, body, problem

MARK = "zoekmijterug"
"""Stands in every value that is sent; it must never come back."""

LONG = "9" * 5000


def _amendment(**more: Any) -> bytes:
    return json.dumps(body(**more)).encode()


def _scan(**more: Any) -> bytes:
    return json.dumps({**body(), **more}).encode()


# name: what is sent, and a piece of the place that must be named ("" is the whole)
SCANS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", ""),
    "spaces": (b"   ", ""),
    "not json": (b"{'amendement': %s" % MARK.encode(), ""),
    "binary": (bytes(range(256)), ""),
    "no utf-8": (b'{"amendement": "\xff\xfe"}', ""),
    "utf-16": (('{"amendement": {}}' + MARK).encode("utf-16"), ""),
    "trailing": (_amendment() + b"{}", ""),
    "a text": (b'"%s"' % MARK.encode(), ""),
    "a number": (b"12", ""),
    "null": (b"null", ""),
    "a list": (b"[]", ""),
    "an empty object": (b"{}", "amendement"),
    "deep lists": (b"[" * 100_000, ""),
    "deep closed lists": (b"[" * 100_000 + b"]" * 100_000, ""),
    "deep objects": (b'{"amendement":' * 50_000, ""),
    "deep in its place": (b'{"amendement":{"tekst":' + b"[" * 100_000 + b"]" * 100_000 + b"}}", ""),
    "a number without end": (b'{"amendement": ' + LONG.encode() + b"}", ""),
    "nan": (b'{"amendement": NaN}', "amendement"),
    "infinity": (b'{"amendement": {"tekst": -Infinity}}', "amendement.tekst"),
    "unknown field": (_scan(onbekend=MARK), "onbekend"),
    "unknown field inside": (_amendment(onbekend=MARK), "amendement.onbekend"),
    "english names": (_amendment(text=MARK), "amendement.text"),
    "surrogate": (_amendment(tekst=f"{MARK} \ud800 nog meer letters"), "amendement.tekst"),
    "surrogate in a name": (b'{"amendement": {"\\ud800": 1}}', "amendement"),
    "nul": (_amendment(tekst=f"{MARK} genoeg letters\0"), "amendement.tekst"),
    "nul in the title": (_amendment(titel=f"{MARK}\0"), "amendement.titel"),
    "no character": (_amendment(tekst=f"{MARK} genoeg letters\uffff"), "amendement.tekst"),
    "only spaces": (_amendment(tekst=" \n\t\u00a0\u2003"), "amendement.tekst"),
    "no letters": (_amendment(tekst="1234 5678 !!!"), "amendement.tekst"),
    "empty text": (_amendment(tekst=""), "amendement.tekst"),
    "empty title": (_amendment(titel="  "), "amendement.titel"),
    "long text": (_amendment(tekst=MARK + "a" * 500_000), "amendement.tekst"),
    "long title": (_amendment(titel=MARK + "a" * 3000), "amendement.titel"),
    "text is a number": (_amendment(tekst=12), "amendement.tekst"),
    "text is null": (_amendment(tekst=None), "amendement.tekst"),
    "text is true": (_amendment(tekst=True), "amendement.tekst"),
    "text is a list": (_amendment(tekst=[MARK]), "amendement.tekst"),
    "dossier is a number": (_amendment(dossiernummer=36410), "amendement.dossiernummer"),
    "dossier is words": (_amendment(dossiernummer=MARK), "amendement.dossiernummer"),
    "dossier is empty": (_amendment(dossiernummer=""), "amendement.dossiernummer"),
    "dossier in other digits": (_amendment(dossiernummer="३६४१०"), "amendement.dossiernummer"),
    "dossier and more": (_amendment(dossiernummer="36410;"), "amendement.dossiernummer"),
    "suffix": (_amendment(toevoeging=f"xv{MARK}"), "amendement.toevoeging"),
    "paper number": (_amendment(ondernummer=MARK), "amendement.ondernummer"),
    "kind": (_amendment(soort=MARK), "amendement.soort"),
    "replaces itself": (_amendment(vervangt="14"), "amendement.vervangt"),
    "case number": (_amendment(zaaknummer=MARK), "amendement.zaaknummer"),
    "200 submitters": (_amendment(indieners=[{"naam": f"{MARK}{n}"} for n in range(200)]), "amendement.indieners"),
    "submitter without a name": (_amendment(indieners=[{"naam": " "}]), "amendement.indieners[0].naam"),
    "submitter is a text": (_amendment(indieners=[MARK]), "amendement.indieners[0]"),
    "long name": (_amendment(indieners=[{"naam": MARK * 50}]), "amendement.indieners[0].naam"),
    "long party": (_amendment(indieners=[{"naam": "A", "fractie": MARK * 50}]), "amendement.indieners[0].fractie"),
    "submitters are null": (_amendment(indieners=None), "amendement.indieners"),
    "impossible day": (_amendment(ontvangen="2026-02-30"), "amendement.ontvangen"),
    "day is a number": (_amendment(ontvangen=0), "amendement.ontvangen"),
    "day is a moment": (_amendment(ontvangen="2026-11-20T10:00:00Z"), "amendement.ontvangen"),
    "day far away": (_amendment(ontvangen="9999-12-31"), "amendement.ontvangen"),
    "day long ago": (_amendment(ontvangen="0001-01-01"), "amendement.ontvangen"),
    "naive vote": (_scan(stemming="2026-12-08T16:00:00"), "stemming"),
    "impossible vote": (_scan(stemming="2026-13-08T16:00:00Z"), "stemming"),
    "vote is a day": (_scan(stemming="2026-12-08"), "stemming"),
    "vote is a number": (_scan(stemming=1e18), "stemming"),
    "vote is words": (_scan(stemming=MARK), "stemming"),
    "vote at the end of time": (_scan(stemming="9999-12-31T23:59:59-14:00"), "stemming"),
    "vote at the start of time": (_scan(stemming="0001-01-01T00:00:00+14:00"), "stemming"),
    "vote with a wild offset": (_scan(stemming="2026-12-08T16:00:00+99:00"), "stemming"),
    "confidential is a word": (_scan(vertrouwelijk="ja"), "vertrouwelijk"),
    "confidential is a number": (_scan(vertrouwelijk=1), "vertrouwelijk"),
    "confidential is null": (_scan(vertrouwelijk=None), "vertrouwelijk"),
}  # fmt: skip


def _refused(api: Api, answer: Any, place: str, before: dict[str, Any]) -> None:
    found = problem(answer, 400)
    assert found["fouten"], found
    places = [fault.get("vraag", fault.get("veld")) for fault in found["fouten"]]
    assert any(str(named).startswith(place) for named in places), places
    assert MARK not in answer.text
    assert LONG[:50] not in answer.text
    answer.content.decode("utf-8")
    assert api.world.counts() == before


def test_scans_that_cannot_be(api: Api) -> None:
    before = api.world.counts()
    for name, (content, place) in SCANS.items():
        try:
            _refused(api, api.raw("indiener", "POST", "/scans", content), place, before)
        except AssertionError as wrong:
            raise AssertionError(f"{name}: {wrong}") from wrong


def test_all_faults_at_once(small_api: Api) -> None:
    sent = body(tekst="", titel="", dossiernummer="x", ontvangen="1700-01-01", indieners=[{"naam": ""}])
    faults = problem(small_api("indiener", "POST", "/scans", sent), 400)["fouten"]
    places = ("tekst", "titel", "dossiernummer", "ontvangen", "indieners[0].naam")
    assert {fault["veld"] for fault in faults} == {f"amendement.{place}" for place in places}


FAR = [
    "9999-12-31T23:59:59-14:00",
    "0001-01-01T00:00:00+14:00",
    "2026-12-08T16:00:00",
    "morgen",
    0,
    1e300,
    True,
    [],
    {},
]


def test_the_other_bodies(api: Api) -> None:
    scan = api.routed("uwv")
    fresh = api.submitted(ondernummer="15")
    secret = api.submitted(vertrouwelijk=True, ondernummer=None)
    file = f"/uitvragen/{scan}-uwv"
    before = api.world.counts()
    bad: list[tuple[str, str, str, Any, str]] = [
        ("coordinator", "PUT", f"/scans/{fresh}/routering", {"organisaties": [MARK]}, "organisaties[0]"),
        ("coordinator", "PUT", f"/scans/{fresh}/routering", {"organisaties": ["uwv", "", "\0", "\ud800"]}, "organisaties["),
        ("coordinator", "PUT", f"/scans/{fresh}/routering", {"organisaties": ["uwv", "", "UWV"]}, "organisaties[1]"),
        ("coordinator", "PUT", f"/scans/{fresh}/routering", {"organisaties": "uwv"}, "organisaties"),
        ("coordinator", "PUT", f"/scans/{fresh}/routering", {"organisaties": [1]}, "organisaties[0]"),
        ("coordinator", "PUT", f"/scans/{fresh}/routering", {"organisaties": ["uwv"] * 201}, "organisaties"),
        ("coordinator", "PUT", f"/scans/{fresh}/routering", {}, "organisaties"),
        ("coordinator", "PUT", f"/scans/{fresh}/routering", {"organisaties": ["uwv"], "toelichting": "\0"}, "toelichting"),
        ("coordinator", "PUT", f"/scans/{fresh}/routering", {"organisaties": ["uwv"], "toelichting": "a" * 4001}, "toelichting"),
        ("coordinator", "PUT", f"/scans/{fresh}/routering", {"organisaties": ["uwv"], "reactieVoor": "2026-11-29T00:00:00Z"},
         "reactieVoor"),
        *(("coordinator", "PUT", f"/scans/{fresh}/routering", {"organisaties": ["uwv"], "reactieVoor": far}, "reactieVoor")
          for far in FAR),
        *(("coordinator", "PUT", f"/scans/{fresh}/stemming", {"stemming": far}, "stemming") for far in FAR),
        ("coordinator", "PUT", f"/scans/{fresh}/stemming", {}, "stemming"),
        *(("coordinator", "POST", f"/scans/{scan}/afronding", {"toelichting": reason}, "toelichting")
          for reason in (None, "", "  \n", "\0", "\ud800", "a" * 4001, 5, [MARK])),
        *(("indiener", "POST", f"/scans/{scan}/intrekking", {"toelichting": reason}, "toelichting")
          for reason in (None, "", "\u00a0", "a" * 4001, "\0a", "a\ud800", False)),
        ("indiener", "POST", f"/scans/{secret}/openbaarmaking", {"ondernummer": MARK}, "amendement.ondernummer"),
        ("indiener", "POST", f"/scans/{secret}/openbaarmaking", {"ondernummer": "\0"}, "amendement.ondernummer"),
        *(("behandelaar-uwv", "POST", f"{file}/geen-gevolgen", {"toelichting": reason}, "toelichting")
          for reason in (None, "", " ", "\0", "a" * 4001)),
        ("behandelaar-uwv", "POST", f"{file}/niet-van-toepassing", {"toelichting": "Reden.", "vraagAan": MARK}, "vraagAan"),
        ("behandelaar-uwv", "POST", f"{file}/niet-van-toepassing", {"toelichting": "Reden.", "vraagAan": "\0"}, "vraagAan"),
        ("vaststeller-uwv", "POST", f"{file}/vaststelling", [], ""),
    ]  # fmt: skip
    for who, method, path, sent, place in bad:
        content = json.dumps(sent).encode()
        if path.endswith("/vaststelling"):
            problem(api.raw(who, method, path, content, If_Match="*"), 409)  # takes no body: nothing to read wrongly
            continue
        try:
            _refused(api, api.raw(who, method, path, content, If_Match="*"), place, before)
        except AssertionError as wrong:
            raise AssertionError(f"{method} {path} {content[:200]!r}: {wrong}") from wrong


def test_answers_that_cannot_be(api: Api) -> None:
    scan = api.routed("uwv")
    path = f"/uitvragen/{scan}-uwv/antwoorden"
    before = api.world.contents()
    questionnaire = api.ok("behandelaar-uwv", "GET", f"/uitvragen/{scan}-uwv")["vragenlijst"]
    kinds = {q["code"]: q["soort"] for part in questionnaire["onderdelen"] for q in part["vragen"]}
    # an empty text or list says that nothing is answered (yet), whatever the kind
    wrong: dict[str, list[Any]] = {
        "keuze": [MARK, 1, True, {}, "\0", "\ud800", ["ja"], 1e400],
        "meerkeuze": [MARK, [MARK], 1, {"a": 1}, [[]], ["\0"]],
        "ja-nee": ["ja", 1, 0, {}, "true", "\ud800"],
        "getal": [MARK, True, {}, float("nan"), float("inf"), 10**400, "\0", 1.5, {"laag": 2, "hoog": 1}],
        "bedrag": [MARK, True, float("nan"), float("-inf"), 10**400, 0.5, {"laag": 2, "hoog": 1}, "\ud800"],
        "fte": [MARK, True, float("nan"), float("inf"), 10**400, 0.55, {"laag": 2}, "\0"],
        "datum": [MARK, 0, True, "2026-02-30", "2026-12-08T00:00:00Z", "08-12-2026", "\0"],
        "tekst": [1, True, {}, "\0", "\ud800", "a" * 100_000],
    }
    tried = set()
    for code, kind in kinds.items():
        if kind in tried:
            continue
        tried.add(kind)
        for value in wrong[kind]:
            content = json.dumps({"antwoorden": {code: value}}).encode()
            answer = api.raw("behandelaar-uwv", "PUT", path, content, If_Match="*")
            assert answer.status_code == 400, f"{kind} {value!r}: {answer.status_code} {answer.text[:300]}"
            faults = problem(answer, 400)["fouten"]
            assert [fault for fault in faults if fault.get("vraag") == code or fault.get("veld") == ""], (
                kind,
                value,
                faults,
            )
            assert MARK not in answer.text
            assert api.world.contents() == before
    for content, place in (
        (b'{"antwoorden": {"raakt": NaN}}', "raakt"),
        (b'{"antwoorden": {"onbekend": NaN}}', "onbekend"),
        (b'{"antwoorden": {"onbekend": %s}}' % LONG.encode(), ""),
        (b'{"antwoorden": {"": 1}}', ""),
        (b'{"antwoorden": {"\\ud800": 1}}', ""),
        (b'{"antwoorden": {"raakt": "ja", "raakt\\u0000": 1}}', ""),
        (b'{"antwoorden": []}', "antwoorden"),
        (b'{"antwoorden": null}', "antwoorden"),
        (b'{"antwoorden": {}, "toelichtingen": {"raakt": 1}}', "toelichtingen.raakt"),
        (b'{"antwoorden": {}, "toelichtingen": {"raakt": "\\u0000"}}', "toelichtingen.raakt"),
        (b'{"antwoorden": {}, "toelichtingen": {"onbekend": "x"}}', "toelichtingen."),
        (b'{"antwoorden": {}, "toelichtingen": {"\\ud800": "x"}}', "toelichtingen"),
        (b'{"antwoorden": {"raakt": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}", ""),
        (b'{"antwoorden": {"raakt": ' + b"[" * 900 + b"]" * 900 + b"}}", ""),
    ):
        _refused(api, api.raw("behandelaar-uwv", "PUT", path, content, If_Match="*"), place, api.world.counts())
        assert api.world.contents() == before


@pytest.mark.parametrize(
    "query",
    [
        "per_pagina=3", "aantal=0", "aantal=201", "aantal=x", "aantal=1e9", "aantal=" + LONG, "status=onbekend", "status=",
        "stemmingVanaf=2026-12-08", "stemmingVanaf=2026-12-08T00:00:00", "stemmingVanaf=9999-12-31T23:59:59-14:00",
        "stemmingVanaf=0001-01-01T00:00:00%2B14:00", "cursor=x", "cursor=", "cursor=%00", "cursor=%C3%A9", "cursor=" + "A" * 300,
        "cursor=OTk5OS0xMi0zMVQyMzo1OTo1OS0xNDowMCAyMDI2LTAwMDE=", "cursor=MjAyNi0xMi0wOCAyMDI2LTAwMDE=",
        "cursor=MjAyNi0xMi0wOFQwMDowMDowMCswMDowMCAA", "zoek=%00", "dossiernummer=%00", "organisatie=%00", "zoek=" + "x" * 201,
        "dossiernummer=" + "1" * 21, "onbekend", "aantal=1&voor=2",
    ],
)  # fmt: skip
def test_queries_that_cannot_be(small_api: Api, query: str) -> None:
    found = problem(small_api("coordinator", "GET", f"/scans?{query}"), 400)
    name = query.partition("=")[0]
    assert any(fault["veld"] in (name, "voor") for fault in found["fouten"])


def test_other_queries_that_cannot_be(api: Api) -> None:
    for who, path in (
        (None, "/publicaties?voor=0"),
        (None, "/publicaties?voor=99999999999999999999"),
        (None, "/publicaties?pagina=2"),
        (None, "/publicaties?aantal=-1"),
        ("behandelaar-uwv", "/uitvragen?status=open"),
        ("behandelaar-uwv", "/uitvragen?cursor=onzin"),
        (None, "/stemmingen/morgen"),
        (None, "/stemmingen/2026-02-30"),
        (None, "/stemmingen/%00"),
    ):
        assert problem(api(who, "GET", path), 400)["fouten"], path
    for day in ("0001-01-01", "9999-12-31", "2026-12-08"):
        assert api.ok(None, "GET", f"/stemmingen/{day}")["resultaten"] == []
    for search in ("%25", "_", "%5C", "%27", "%F0%9F%8F%B4", "%E2%80%AE"):
        assert api.ok("coordinator", "GET", f"/scans?zoek={search}")["resultaten"] == []


def test_odd_texts_that_can_be_are_kept_to_the_letter(api: Api) -> None:
    text = (
        "AMENDEMENT\r\n\r\ne\u0301\u200d\u202e \U0001f3f4\U000e0067 \u2028 ﬁ İıßſ\f\v\t \ufeff «» “” \x7f\x85 ­einde  "
    )
    people = [{"naam": "D'Ångström-ĳ", "fractie": None}]
    sent = body(tekst=text, titel="Wijziging van de Wet op de İıßſ-ontvangers 🏴", indieners=people)
    scan = api.ok("indiener", "POST", "/scans", sent)
    again = api.ok("coordinator", "GET", f"/scans/{scan['id']}")
    assert again["amendement"]["tekst"] == text
    assert again["amendement"]["indieners"] == sent["amendement"]["indieners"]
    assert [line["id"] for line in api.ok("coordinator", "GET", "/scans?zoek=i̇ıßſ-ONTVANGERS")["resultaten"]] == [
        scan["id"]
    ]
