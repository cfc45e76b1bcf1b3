"""Every rule a questionnaire has to keep: break it, and the fault names file, line and question."""

# ruff: noqa: E501 (a table of cases reads best with one case a line)
import pytest

from tests.rubric_samples import SMALL, small
from uitvoeringsscan.rubrics.loading import bundle, load_rubric
from uitvoeringsscan.rubrics.source import RubricFaults

FILE = "klein-1.0.yaml"


def faults_of(text):
    with pytest.raises(RubricFaults) as caught:
        load_rubric(text.encode(), [FILE])
    return caught.value.faults


def line_of(text, part):
    return text.count("\n", 0, text.index(part)) + 1


def test_the_sample_itself_is_sound():
    assert [question.code for question in small().questions][:3] == ["raakt", "waarom", "it"]


# (old text, new text, where the fault must point, question, words of the message)
BROKEN = {
    "unknown key": ("    vragen:", "    vraagen:", "vraagen", "", "'vraagen' hoort hier niet"),
    "missing key": ("soort: ja-nee, verplicht: true, ", "soort: ja-nee, ", "code: overwerk", "overwerk", "'verplicht' ontbreekt"),
    "unknown type": ("soort: ja-nee", "soort: jaofnee", "jaofnee", "overwerk", "'keuze', 'meerkeuze'"),
    "unknown meaning": ("levert: omvang", "levert: omvan", "omvan,", "aantal", "'levert' moet een van deze zijn"),
    "unknown dimension": ("dimensie: personeel", "dimensie: mens", "dimensie: mens\n", "mensen", "'dimensie' moet een van"),
    "level too high": ("niveau: 3}\n      - code: koppelingen", "niveau: 4}\n      - code: koppelingen", "niveau: 4", "it", "ten hoogste 3"),
    "level below zero": ("tekst: Niets, niveau: 0", "tekst: Niets, niveau: -1", "niveau: -1", "it", "ten minste 0"),
    "level as text": ("tekst: Niets, niveau: 0", "tekst: Niets, niveau: nul", "niveau: nul", "it", "geheel getal|heel getal"),
    "yes as text": ("verplicht: false, openbaar: true, minimum: 0", "verplicht: ja, openbaar: true, minimum: 0", "verplicht: ja", "aantal", "true of false"),
    "number as text": ("minimum: -100", 'minimum: "weinig"', "weinig", "fte", "getal"),
    "empty question": ("vraag: Kosten", 'vraag: " "', 'vraag: " "', "kosten", "'vraag' is leeg"),
    "empty option": ("tekst: Niets", 'tekst: ""', 'tekst: ""', "it", "'tekst' is leeg"),
    "empty section title": ("titel: Eind", "titel: ''", "titel: ''", "", "'titel' is leeg"),
    "text as number": ("vraag: Aantal", "vraag: 12", "vraag: 12", "aantal", "moet tekst zijn"),
    "version as number": ('versie: "1.0"', "versie: 1.0", "versie: 1.0", "", "aanhalingstekens"),
    "version of another form": ('versie: "1.0"', 'versie: "1.0.1"', "1.0.1", "", "vorm"),
    "code with capitals": ("code: overwerk", "code: Overwerk", "code: Overwerk", "Overwerk", "vorm"),
    "list that is none": ("opties: [{code: nee, tekst: Nee, niveau: 0}, {code: meer, tekst: Meer, niveau: 2}]", "opties: nee",
                          "opties: nee", "mensen", "lijst"),
    "block that is none": ("{code: nee, tekst: Nee, niveau: 0}", "nee", "[nee", "mensen", "blok"),
    "no sections": (SMALL[SMALL.index("onderdelen:"):], "onderdelen: []\n", "onderdelen", "", "leeg"),
    "duplicate question": ("code: overwerk", "code: waarom", "waarom, vraag: Overwerk", "waarom", f"al gebruikt ({FILE}:19)"),
    "duplicate section": ("code: eind", "code: begin", "code: begin\n    titel: Eind", "", "al een onderdeel 'begin'"),
    "duplicate option": ("code: klein, tekst: Klein", "code: niets, tekst: Klein", "tekst: Klein", "it", "twee keer"),
    "option called onbekend": ("code: klein, tekst", "code: onbekend, tekst", "tekst: Klein", "it", "bestaat al bij elke"),
    "level without dimension": ("        dimensie: personeel\n", "", "code: nee, tekst", "mensen", "alleen een niveau als"),
    "option without level": ("tekst: Klein, niveau: 1", "tekst: Klein", "tekst: Klein", "it", "'klein' heeft geen niveau"),
    "dimension on a text": ("levert: gevolgen,", "dimensie: personeel,", "vraag: Waarom", "waarom", "alleen een keuze"),
    "nothing on a dimension": ("dimensie: tijdlijn", "dimensie: personeel", "code: klein\n", "", "dimensie tijdlijn"),
    "one option": ("{code: nee, tekst: Nee, niveau: 0}, ", "", "opties: [{code: meer", "mensen", "ten minste twee opties"),
    "options on a yes-no": ("soort: ja-nee,", "soort: ja-nee, opties: [{code: a, tekst: A}, {code: b, tekst: B}],",
                            "soort: ja-nee", "overwerk", "'opties' past niet"),
    "bound on a date": ("soort: datum,", "soort: datum, minimum: 3,", "minimum: 3", "wanneer", "'minimum' past niet"),
    "upper bound on a text": ("soort: tekst, levert: alternatief,", "soort: tekst, levert: alternatief, maximum: 3,", "maximum: 3", "anders",
                              "'maximum' past niet"),
    "length on a number": ("soort: getal,", "soort: getal, maximumlengte: 3,", "maximumlengte: 3", "aantal", "'maximumlengte' past niet"),
    "bounds upside down": ("maximum: 100", "maximum: -101", "minimum: -100", "fte", "hoger dan 'maximum'"),
    "markup": ("vraag: Kosten", 'vraag: "<b>Kosten</b>"', "<b>", "kosten", "HTML"),
    "markup in a title": ("titel: Eind", 'titel: "Eind<br/>"', "<br/>", "", "HTML"),
    "a character nobody sees": ("tekst: Niets", 'tekst: "Nie\\u200bts"', "u200b", "it", "niet te zien"),
    "a control character": ("tekst: Niets", 'tekst: "Nie\\ets"', "ets", "it", "niet te zien"),
    "meaning on the wrong type": ("levert: omvang", "levert: haalbaar-vanaf", "vraag: Aantal", "aantal", "van soort datum"),
    "meaning twice": ("levert: gevolgen", "levert: alternatief", "vraag: Hoe wel", "anders", "al geleverd door de vraag waarom"),
    "no verdict": ("levert: oordeel", "levert: handhaafbaar", "code: klein\n", "", "geen vraag levert 'oordeel'"),
    "verdict with other options": ("{code: nog-niet-te-beoordelen, tekst: Weten", "{code: misschien, tekst: Weten", "opties:\n          - {code: uitvoerbaar,",
                                   "oordeel", "precies deze opties"),
    "condition on nothing": ("toonAls: {vraag: datum,", "toonAls: {vraag: dag,", "vraag: dag", "wanneer", "die niet bestaat: 'dag'"),
    "condition that looks forward": ("toonAls: {vraag: datum,", "toonAls: {vraag: oordeel,", "toonAls: {vraag: oordeel, is: [later]", "wanneer", "kijkt vooruit"),
    "condition on itself": ("toonAls: {vraag: datum,", "toonAls: {vraag: wanneer,", "toonAls: {vraag: wanneer", "wanneer", "kijkt vooruit"),
    "condition on an answer that is none": ("is: [later]", "is: [later, nooit]", "nooit", "wanneer", "kent dit antwoord niet: nooit"),
    "condition true of a choice": ("is: [later]", "is: [true]", "is: [true]}}\n      - code: oordeel", "wanneer", "kent dit antwoord niet: True"),
    "condition on a text": ("{vraag: overwerk, is: [true]}", "{vraag: waarom, is: [x]}", "vraag: waarom, is", "fte", "kent dit antwoord niet: x"),
    "level that is never reached": ("{vraag: mensen, niveauVanaf: 1}", "{vraag: mensen, niveauVanaf: 3}", "niveauVanaf: 3", "fte", "niveau 3 of hoger"),
    "expression": ("toonAls: {vraag: datum, is: [later]}", "toonAls: {als: datum == later}", "als: datum", "wanneer", "hoort hier niet"),
    "condition as text": ("toonAls: {vraag: datum, is: [later]}", "toonAls: datum", "toonAls: datum", "wanneer", "blok met sleutels"),
    "empty condition": ("toonAls: {vraag: datum, is: [later]}", "toonAls: {alle: []}", "alle: []", "wanneer", "'alle' is leeg"),
    "never true": ("toonAls: {vraag: datum, is: [later]}", "toonAls: {alle: [{vraag: datum, is: [later]}, {vraag: datum, is: [ja]}]}",
                   "alle: [{vraag: datum", "wanneer", "kan nooit verschijnen"),
    "never true two steps away": ("toonAls: {vraag: datum, is: [later]}",
                                  "toonAls: {alle: [{vraag: datum, is: [later]}, {vraag: raakt, is: [onbekend]}]}",
                                  "is: [onbekend]", "wanneer", "kan nooit verschijnen"),
    "a heavier answer hides a question": ("toonAls: {vraag: raakt, is: [ja]}\n        opties: [{code: nee, tekst: Nee, niveau: 0}, {code: meer",
                                          "toonAls: {vraag: koppelingen, is: [oud]}\n        opties: [{code: nee, tekst: Nee, niveau: 0}, {code: meer",
                                          "toonAls: {vraag: koppelingen, is: [oud]}", "mensen", "antwoord op 'koppelingen' (nieuw) verbergt"),
    "never true of a list": ("is: [oud, nieuw, onbekend]}]", "is: [oud]}, {vraag: koppelingen, is: [onbekend]}]",
                             "is: [oud]", "aantal", "kan nooit verschijnen"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_names_its_place(name):
    old, new, place, question, words = BROKEN[name]
    assert SMALL.count(old) >= 1, "the sample changed"
    text = SMALL.replace(old, new, 1)
    found = [
        fault
        for fault in faults_of(text)
        if fault.file == FILE and fault.question == question and any(word in fault.message for word in words.split("|"))
    ]
    assert found, "\n".join(map(str, faults_of(text)))
    # Faults of the whole questionnaire point at its first line.
    assert line_of(text, place) in {fault.line for fault in found}


def test_two_wishes_about_a_list_can_be_met_together():
    text = SMALL.replace("is: [oud, nieuw, onbekend]}]", "is: [oud]}, {vraag: koppelingen, is: [nieuw]}]")
    assert load_rubric(text.encode(), [FILE]).question("aantal").condition is not None


def test_a_level_condition_on_a_list_can_be_met():
    text = SMALL.replace("{vraag: koppelingen, is: [oud, nieuw, onbekend]}", "{vraag: koppelingen, niveauVanaf: 2}")
    assert load_rubric(text.encode(), [FILE])


LEAF = "{vraag: raakt, is: [ja]}"


def any_of(count):
    return "een: [" + ", ".join([LEAF] * count) + "]"


@pytest.mark.parametrize(
    "condition",
    [
        any_of(600),
        f"alle: [{{{any_of(30)}}}, {{{any_of(30)}}}]",
        f"alle: [{{{any_of(600)}}}]",
        f"een: [{{{any_of(600)}}}]",
        f"alle: [{{{any_of(30)}}}, {{{any_of(30)}}}, {LEAF}]",
    ],
    ids=["any", "all of any", "inside all", "inside any", "and one more"],
)
def test_a_condition_too_large_to_work_out_is_refused(condition):
    text = SMALL.replace("toonAls: {vraag: datum, is: [later]}", f"toonAls: {{{condition}}}")
    assert any("te ingewikkeld" in fault.message and fault.question == "wanneer" for fault in faults_of(text))


def test_all_faults_come_at_once():
    text = (
        SMALL.replace("is: [later]", "is: [nooit]")
        .replace("maximum: 100", "maximum: -101")
        .replace("levert: omvang", "levert: alternatief")
    )
    assert {fault.question for fault in faults_of(text)} >= {"wanneer", "fte", "aantal", "anders"}


def test_faults_of_shape_come_at_once_from_both_files():
    with pytest.raises(RubricFaults) as caught:
        load_rubric(bundle(b"code: A\n", b"code: B\nx: 1\n"), ["een.yaml", "twee.yaml"])
    assert {(fault.file, fault.line) for fault in caught.value.faults} >= {
        ("een.yaml", 1),
        ("twee.yaml", 1),
        ("twee.yaml", 2),
    }


def test_a_list_instead_of_a_questionnaire():
    (fault,) = faults_of("- a\n- b\n")
    assert "blok" in fault.message
