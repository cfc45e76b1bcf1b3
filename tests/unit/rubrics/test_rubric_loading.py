"""Bundles: an addition extends without copying, and what was sent can always be read again from its bytes alone."""

from hashlib import sha256

import pytest

from tests.rubric_samples import ADDITION, SMALL, library, small
from uitvoeringsscan.rubrics.loading import bundle, load_rubric
from uitvoeringsscan.rubrics.model import Meaning
from uitvoeringsscan.rubrics.source import RubricFaults

FILE = "klein-1.0.yaml"
BASE = SMALL.encode()


def load_both(addition=ADDITION):
    return load_rubric(bundle(BASE, addition.encode()), ["klein-1.0.yaml", "meer-2.1.yaml"])


def faults_of(addition):
    with pytest.raises(RubricFaults) as caught:
        load_both(addition)
    return [(fault.file, fault.line, fault.question, fault.message) for fault in caught.value.faults]


def test_an_addition_stands_where_it_says():
    rubric = load_both()
    assert [section.code for section in rubric.sections] == ["begin", "eerst", "dan", "eind", "slot"]
    assert rubric.sections[0].questions[-1].code == "extra-twee"
    assert [q.code for q in rubric.questions if not q.code.startswith("extra")] == [q.code for q in small().questions]
    assert (rubric.title, rubric.agencies, rubric.short) == ("Meer", ("cak",), False)


def test_the_pin_is_over_the_whole_that_is_sent():
    rubric = load_both()
    whole = BASE + b"\n---\n" + ADDITION.encode()
    assert (rubric.ref.code, rubric.ref.version, rubric.ref.sha256) == ("meer", "2.1", sha256(whole).hexdigest())
    assert small().ref.sha256 == sha256(BASE).hexdigest()
    changed = BASE.replace(b"Hoe wel", b"Hoe dan wel")
    assert load_rubric(bundle(changed, ADDITION.encode())).ref.sha256 != rubric.ref.sha256


@pytest.mark.parametrize("rubric", [*library(), small()], ids=lambda rubric: rubric.ref.code)
def test_a_stored_bundle_gives_the_same_rubric(rubric):
    assert load_rubric(rubric.source) == rubric


@pytest.mark.parametrize(
    ("old", "new", "line", "question", "words"),
    [
        ("bij: begin", "bij: nergens", 12, "", "geen onderdeel 'nergens' om bij te staan"),
        ("na: begin", "na: nergens", 9, "", "geen onderdeel 'nergens' om na te komen"),
        (
            "na: begin\n    vragen:\n      - {code: extra-drie",
            "na: slot\n    vragen:\n      - {code: extra-drie",
            17,
            "",
            "om na te komen",
        ),
        ('versie: "1.0"', 'versie: "1.1"', 4, "", "noemt niet klein 1.0"),
        ('breidtUit: {code: klein, versie: "1.0"}\n', "", 1, "", "noemt niet klein 1.0"),
        ("code: extra-een,", "code: it,", 11, "it", "al gebruikt (klein-1.0.yaml:21)"),
        ("code: slot", "code: eind", 20, "", "al een onderdeel 'eind'"),
        ("toonAls: {vraag: extra-een", "toonAls: {vraag: extra-vier", 19, "extra-drie", "kijkt vooruit"),
    ],
)
def test_faults_in_an_addition_point_into_its_own_file(old, new, line, question, words):
    found = faults_of(ADDITION.replace(old, new, 1))
    assert any(
        file == "meer-2.1.yaml" and (at, code) == (line, question) and words in message
        for file, at, code, message in found
    ), found


def test_an_addition_alone_or_on_an_addition_is_a_fault():
    for source in (ADDITION.encode(), bundle(ADDITION.encode(), ADDITION.encode())):
        with pytest.raises(RubricFaults, match="aanvulling"):
            load_rubric(source)


def test_three_documents_are_no_bundle():
    with pytest.raises(RubricFaults, match="ten hoogste één aanvulling"):
        load_rubric(bundle(bundle(BASE, BASE), BASE))


def test_a_section_of_a_basis_cannot_follow_another():
    with pytest.raises(RubricFaults, match="om na te komen"):
        load_rubric(SMALL.replace("titel: Eind\n", "titel: Eind\n    na: begin\n").encode())


def test_a_basis_with_nothing_but_additions_to_itself():
    question = "{code: een, vraag: Een, soort: ja-nee, verplicht: true, openbaar: true}"
    body = f'code: klein\nversie: "1.0"\ntitel: T\nonderdelen:\n  - bij: begin\n    vragen: [{question}]\n'
    with pytest.raises(RubricFaults) as caught:
        load_rubric(body.encode(), [FILE])
    assert [(fault.line, fault.question) for fault in caught.value.faults if "om bij te staan" in fault.message] == [
        (5, "")
    ]
    assert len([fault for fault in caught.value.faults if "geeft een niveau" in fault.message]) == 4


def test_wire_shape_is_the_contract():
    wire = small().to_wire()
    assert list(wire) == ["code", "versie", "sha256", "titel", "onderdelen"]
    begin, eind = wire["onderdelen"]
    assert list(begin) == ["code", "titel", "vragen"]
    assert eind["uitleg"] == "Bijna klaar."
    questions = {question["code"]: question for question in begin["vragen"] + eind["vragen"]}
    assert questions["it"] == {
        "code": "it", "vraag": "IT?", "soort": "keuze", "dimensie": "it-systemen", "verplicht": True, "openbaar": True,
        "opties": [
            {"code": "niets", "tekst": "Niets", "niveau": 0}, {"code": "klein", "tekst": "Klein", "niveau": 1},
            {"code": "flink", "tekst": "Flink", "niveau": 2}, {"code": "zwaar", "tekst": "Zwaar", "niveau": 3},
        ],
        "toonAls": {"vraag": "raakt", "is": ["ja"]},
    }  # fmt: skip
    assert questions["fte"]["minimum"] == -100
    assert questions["fte"]["maximum"] == 100
    assert questions["fte"]["toonAls"] == {
        "een": [{"vraag": "mensen", "niveauVanaf": 1}, {"vraag": "overwerk", "is": [True]}]
    }
    assert questions["waarom"]["maximumlengte"] == 60
    assert questions["mits"]["maximumlengte"] == 4000, "a client must know the limit, also the default one"
    assert "opties" not in questions["mits"]


def test_questions_are_found_by_code_and_by_meaning():
    rubric = small()
    assert rubric.question("it").text == "IT?"
    assert rubric.giving(Meaning.VERDICT) == rubric.question("oordeel")
    assert rubric.giving(Meaning.PRICE_OF_DATE) is None
    with pytest.raises(KeyError):
        rubric.question("nergens")
