"""Who gets which questionnaire, and the folder they live in."""

import json

import pytest

from tests.rubric_samples import ADDITION, SMALL, library
from uitvoeringsscan.adapters.rubric_files import check, freeze, read_library, unfrozen
from uitvoeringsscan.errors import NotFound
from uitvoeringsscan.rubrics.document import json_schema
from uitvoeringsscan.rubrics.source import RubricFaults

BASIS = SMALL.replace("code: klein", "code: basis", 1)


@pytest.fixture
def folder(tmp_path):
    def write(files):
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def of(code, version, *, basis=BASIS, extra=""):
    return basis.replace("code: basis", f"code: {code}", 1).replace('versie: "1.0"', f'versie: "{version}"{extra}', 1)


def test_the_latest_version_is_the_highest_number(folder):
    files = {f"basis-{version}.yaml": of("basis", version) for version in ("1.2", "1.10", "1.9")}
    found = read_library(folder(files))
    assert found.latest("basis").ref.version == "1.10"
    assert [rubric.ref.version for rubric in found] == ["1.2", "1.9", "1.10"]
    assert found.get("basis", "1.9").ref.version == "1.9"
    with pytest.raises(NotFound):
        found.get("basis", "2.0")
    with pytest.raises(NotFound):
        found.latest("anders")


def test_who_gets_which(folder):
    directory = folder(
        {
            "basis-1.0.yaml": BASIS,
            "kort-1.0.yaml": of("kort", "1.0", extra="\nkort: true"),
            "eigen-1.0.yaml": of("eigen", "1.0", extra="\nvoor: [cak, svb]"),
            "eigen-1.1.yaml": of("eigen", "1.1", extra="\nvoor: [cak]"),
        }
    )
    found = read_library(directory)
    assert found.for_agency("cak").ref.code == "eigen"
    assert found.for_agency("cak").ref.version == "1.1"
    assert found.for_agency("svb").ref.code == "basis", "the newest version no longer says it is for this agency"
    assert found.for_agency("cak", short=True).ref.code == "kort"


def test_without_a_short_one_the_last_minute_gets_the_ordinary_one(folder):
    directory = folder({"basis-1.0.yaml": BASIS, "eigen-1.0.yaml": of("eigen", "1.0", extra="\nvoor: [cak]")})
    assert read_library(directory).for_agency("cak", short=True).ref.code == "eigen"


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "geen vragenlijst 'basis'"),
        ({"basis-1.0.yaml": BASIS, "a-1.0.yaml": of("a", "1.0", extra="\nvoor: [cak]"),
          "b-1.0.yaml": of("b", "1.0", extra="\nvoor: [cak]")}, "de vragenlijst voor cak is al 'a'"),
        ({"basis-1.0.yaml": BASIS, "a-1.0.yaml": of("a", "1.0", extra="\nkort: true"),
          "b-1.0.yaml": of("b", "1.0", extra="\nkort: true")}, "de korte vragenlijst is al 'a'"),
        ({"basis-1.0.yaml": BASIS, "basis-1.1.yaml": BASIS}, "hoort basis-1.0.yaml te heten"),
        ({"basis-1.0.yaml": BASIS, "meer-2.1.yaml": ADDITION}, "klein-1.0.yaml; dat bestand is er niet"),
        ({"basis-1.0.yaml": "code: [\n"}, "geen geldige YAML"),
    ],
)  # fmt: skip
def test_a_folder_with_a_fault_stops_the_start(folder, files, words):
    directory = folder(files)
    with pytest.raises(RubricFaults, match=words.replace("(", r"\(")):
        read_library(directory)
    assert any(words in fault.message for fault in check(directory))


def test_the_same_rubric_twice_is_a_fault():
    rubric = library().latest("basis")
    with pytest.raises(RubricFaults, match="bestaat twee keer"):
        type(library()).of([rubric, rubric])


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(RubricFaults, match="bestaat niet"):
        read_library(tmp_path / "weg")


def test_every_file_is_heard_and_a_shared_fault_is_told_once(folder):
    broken = BASIS.replace("is: [later]", "is: [nooit]")
    addition = ADDITION.replace("code: klein", "code: basis")
    found = check(folder({"basis-1.0.yaml": broken, "meer-2.1.yaml": addition, "stuk-1.0.yaml": "code: X\n"}))
    assert len([fault for fault in found if fault.question == "wanneer"]) == 1
    assert {fault.file for fault in found} == {"basis-1.0.yaml", "stuk-1.0.yaml"}


def test_an_addition_to_an_unreadable_basis_adds_no_noise(folder):
    addition = ADDITION.replace("code: klein", "code: basis")
    found = check(folder({"basis-1.0.yaml": "code: [\n", "meer-2.1.yaml": addition}))
    assert {fault.file for fault in found} == {"basis-1.0.yaml"}


def test_released_files_stay_as_they_are(folder):
    directory = folder({"basis-1.0.yaml": BASIS, "los.txt": "geen vragenlijst"})
    assert unfrozen(directory) == ("basis-1.0.yaml",)
    assert freeze(directory) == ("basis-1.0.yaml",)
    assert freeze(directory) == ()
    assert check(directory) == ()
    folder({"basis-1.1.yaml": of("basis", "1.1")})
    assert check(directory) == (), "a new version may be written beside it"
    assert unfrozen(directory) == ("basis-1.1.yaml",)
    folder({"basis-1.0.yaml": BASIS + "# later\n"})
    (fault,) = check(directory)
    assert "mag niet veranderen" in fault.message
    with pytest.raises(RubricFaults):
        freeze(directory)
    (directory / "basis-1.0.yaml").unlink()
    assert any("mag niet verdwijnen" in fault.message for fault in check(directory))


@pytest.mark.parametrize("content", ["{", "[]", '{"basis-1.0.yaml": 3}'])
def test_a_broken_list_of_sums_is_a_fault(folder, content):
    (fault,) = check(folder({"basis-1.0.yaml": BASIS, "frozen.json": content}))
    assert fault.file == "frozen.json"


def test_the_schema_speaks_the_language_of_the_files():
    schema = json_schema()
    assert set(schema["required"]) == {"code", "versie", "titel", "onderdelen"}
    assert {"breidtUit", "voor", "kort"} <= set(schema["properties"])
    assert "toonAls" in schema["$defs"]["Question"]["properties"]
    json.dumps(schema)
