from __future__ import annotations

from pathlib import Path

import pytest

from uitvoeringsscan.adapters.register_files import read_register
from uitvoeringsscan.routing.register import Register, RegisterFault, load_register


def faulty(files: dict[str, bytes], name: str, old: str, new: str) -> RegisterFault:
    assert old.encode() in files[name]
    files[name] = files[name].replace(old.encode(), new.encode(), 1)
    with pytest.raises(RegisterFault) as caught:
        load_register(files)
    return caught.value


def test_agencies_and_acts_are_there(small: Register) -> None:
    bank = small.agency("bank")
    assert bank is not None
    assert bank.name == "Uitkeringsbank"
    assert small.agency("geheim") is None
    assert small.law_named("SteW") is small.laws["steunwet"]
    assert small.law_named("Iets anders", "BWBR0000001") is small.laws["steunwet"]
    assert small.law_named("Invoeringswet Steunwet") is small.laws["steunwet"]
    assert small.law_named("Viswet 20..") is small.laws["viswet"]
    assert small.law_named("steunwet") is small.laws["steunwet"]
    assert small.law_named("stew") is None
    assert small.law_named("Jachtwet") is None


def test_the_parser_gets_every_name(small: Register) -> None:
    mentions = small.law_index().find("artikel 3 van de SteW en de Viswet 2004")
    assert [m.name for m in mentions] == ["Steunwet", "Viswet 2004"]


def test_the_digest_pins_names_and_bytes(small_files: dict[str, bytes], small: Register) -> None:
    again = load_register(dict(reversed(list(small_files.items()))))
    assert again.digest == small.digest
    small_files["laws/anders.yaml"] = small_files.pop("laws/werk.yaml")
    assert load_register(small_files).digest != small.digest


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "words"),
    [
        ("agencies.yaml", "soort: rijksdienst", "soort: kasteel", 6, "soort"),
        ("agencies.yaml", "code: hof", "code: bank", 9, "twee keer"),
        ("agencies.yaml", "aliassen: [vishof]", "aliassen: [Kaartendienst]", 11, "ook een alias van hof"),
        ("agencies.yaml", "alleenIn: [viswet]", "alleenIn: [jachtwet]", 8, "onbekende wet «jachtwet»"),
        ("agencies.yaml", "bron: algemeen bekend", "bron: gehoord", 1, "een bron is een adres"),
        ("laws/werk.yaml", "organisatie: hof", "organisatie: rad", 9, "onbekende organisatie «rad»"),
        ("laws/werk.yaml", 'artikelen: ["10-19"]', "artikelen: [7.10]", 8, "string"),
        ("laws/werk.yaml", 'artikelen: ["10-19"]', 'artikelen: ["19-10"]', 8, "na het laatste"),
        ("laws/werk.yaml", "bwb: BWBR0000001", "bwb: R1", 4, "pattern"),
        ("laws/werk.yaml", "naam: Opschriftwet", "naam: Steunwet", 23, "ook een naam van steunwet"),
        ("laws/werk.yaml", "  geenUitvoerder: Deze wet bindt alleen ministers.\n", "", 22, "geef uitvoerders"),
        ("topics.yaml", "organisatie: kaart", "organisatie: koers", 2, "onbekende organisatie «koers»"),
        ("topics.yaml", "woorden: [visserij*]", "woorden: []", 1, "at least 1"),
        ("budgets.yaml", "organisatie: bank", "organisatie: bunker", 1, "onbekende organisatie «bunker»"),
        ("chains.yaml", "wetten: [steunwet]", "wetten: [jachtwet]", 1, "onbekende wet"),
        ("chains.yaml", "wetten: [steunwet]", "onderwerpen: [jacht]", 1, "onbekend onderwerp"),
        ("wording.yaml", "dekking: [dekking]", "dekkking: [dekking]", 1, "wording.yaml:8: dekkking"),
        ("wording.yaml", "dekking: [dekking]", "geenTaak: [dekking]", 8, "twee keer"),
        ("nobody.yaml", "uitleg: Alleen een evaluatie., ", "", 2, "uitleg"),
        ("nobody.yaml", "[in het opschrift]}", "[in het opschrift]", 2, ""),
    ],
)
def test_every_fault_names_file_and_line(
    small_files: dict[str, bytes], name: str, old: str, new: str, line: int, words: str
) -> None:
    fault = faulty(small_files, name, old, new)
    assert (fault.file, fault.line) == (name, line)
    assert words in str(fault)


def test_all_faults_are_told_at_once(small_files: dict[str, bytes]) -> None:
    small_files["topics.yaml"] = small_files["topics.yaml"].replace(b"organisatie: keuring", b"organisatie: keurig")
    small_files["chains.yaml"] = small_files["chains.yaml"].replace(b"leverancier: kaart", b"leverancier: kaars")
    with pytest.raises(RegisterFault) as caught:
        load_register(small_files)
    assert [fault.file for fault in caught.value.faults] == ["chains.yaml", "topics.yaml"]


@pytest.mark.parametrize("name", ["nobody.yaml", "agencies.yaml"])
def test_a_missing_file_stops_the_load(small_files: dict[str, bytes], name: str) -> None:
    del small_files[name]
    with pytest.raises(RegisterFault, match=f"{name}:1: dit bestand ontbreekt"):
        load_register(small_files)


def test_a_file_that_does_not_belong_stops_the_load(small_files: dict[str, bytes]) -> None:
    small_files["wetten.yaml"] = b"[]"
    with pytest.raises(RegisterFault, match="hoort niet in het register"):
        load_register(small_files)


def test_reading_from_a_directory(tmp_path: Path, small_files: dict[str, bytes], small: Register) -> None:
    for name, content in small_files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert read_register(tmp_path).digest == small.digest
