"""Composing: who says what, what is missing, and that nothing internal ever passes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.need import ROOT
from uitvoeringsscan.amendments.amendment import Amendment, Found, ParsedAmendment, Source, Span, Submitter
from uitvoeringsscan.assessments.answers import Answers, read_answers
from uitvoeringsscan.assessments.assessment import Assessment, AssessmentState, Outcome, Signature
from uitvoeringsscan.errors import WrongState
from uitvoeringsscan.identifiers import AgencyCode, Principal, ScanId
from uitvoeringsscan.publication.composing import AgencyFile, compose
from uitvoeringsscan.publication.record import seal
from uitvoeringsscan.publication.summary import ImpactSummary, read_sealed
from uitvoeringsscan.publication.verification import verify
from uitvoeringsscan.routing.register import Agency
from uitvoeringsscan.routing.routing import Advice, Evidence, Proposal, Routing
from uitvoeringsscan.rubrics.loading import load_rubric
from uitvoeringsscan.rubrics.model import Rubric
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.scan import RoutingDecision, Scan
from uitvoeringsscan.scoring.rules import score

NOW = datetime(2026, 12, 4, 9, 5, 7, 123456, tzinfo=UTC)
SCAN = ScanId("2026-4821")
BASIS = load_rubric((ROOT / "rubrics" / "basis-1.0.yaml").read_bytes())

FULL: dict[str, Any] = {
    "raakt": "ja",
    "wijzigingen": "I en II",
    "gevolgen": "Wij kennen de toeslag straks zonder aanvraag toe.",
    "omvang": {"laag": 12000, "hoog": 15500},
    "aannames": "De aantallen van vorig jaar.",
    "it-aanpassing": "opbouw",
    "it-planning": "later-jaar",
    "it-namen": "GEHEIM-systeem",
    "it-release": "juli 2028",
    "gegevens-nodig": "bestaande-koppeling",
    "gegevens-partners": "Dienst Toeslagen",
    "gegevens-grondslag": "wet",
    "extra-werk": "extra-mensen",
    "fte-jaarlijks": {"laag": 2, "hoog": 4.5},
    "fte-eenmalig": 3,
    "datum-haalbaar": "later",
    "haalbaar-vanaf": "2028-07-01",
    "prijs-van-de-datum": "Een half jaar met de hand beslissen.",
    "beslissen-voor": "2027-03-01",
    "kosten-eenmalig": {"laag": 1200000, "hoog": 3000000},
    "kosten-jaarlijks": 400000,
    "handhaafbaar": "deels",
    "lasten": "Niets extra.",
    "oordeel": "uitvoerbaar-mits",
    "voorwaarden": "- De grondslag staat in de wet.\n- Verrekenen mag achteraf.",
    "alternatief": "Laat het lid ingaan op 1 juli 2028.",
}
EXPLAINED = {
    "it-aanpassing": "Er komt een nieuwe beschikking.",
    "it-namen": "GEHEIM-uitleg",
    "handhaafbaar": "Met steekproeven.",
}


def answers(rubric: Rubric = BASIS, explained: dict[str, str] | None = None, **changed: Any) -> Answers:
    given = {**FULL, **{code.replace("_", "-"): value for code, value in changed.items()}}
    given = {code: value for code, value in given.items() if value is not None}
    return read_answers(rubric, given, EXPLAINED if explained is None else explained, complete=True)


def an_agency(code: str, name: str) -> Agency:
    return Agency.model_validate(
        {
            "code": code,
            "naam": name,
            "korteNaam": name[:3].upper(),
            "soort": "zbo",
            "ministerie": "SZW",
            "bron": "algemeen bekend",
        }
    )


def a_file(code: str, name: str, *, given: Answers | None = None, rubric: Rubric = BASIS, **changed: Any) -> AgencyFile:
    """An approved file with full answers, unless changed."""
    said = given if given is not None else answers()
    signed = Signature(principal=Principal("v@voorbeeld.nl"), name="Vera Vaststeller", at=NOW - timedelta(days=1))
    assessment = Assessment(
        **{
            "scan": SCAN,
            "agency": AgencyCode(code),
            "rubric": rubric.ref,
            "state": AssessmentState.APPROVED,
            "outcome": Outcome.ANSWERED,
            "asked_at": NOW - timedelta(days=7),
            "respond_by": NOW - timedelta(hours=12),
            "submitted": Signature(
                principal=Principal("b@voorbeeld.nl"), name="Bas Behandelaar", at=NOW - timedelta(days=2)
            ),
            "approved": signed,
            **changed,
        }
    )
    answered = assessment.outcome is Outcome.ANSWERED and assessment.state is AssessmentState.APPROVED
    return AgencyFile(
        assessment=assessment,
        agency=an_agency(code, name),
        rubric=rubric,
        answers=said if answered else None,
        score=score(rubric, said) if answered else None,
    )


def lapsed(code: str, name: str) -> AgencyFile:
    return a_file(code, name, state=AssessmentState.LAPSED, outcome=None, submitted=None, approved=None)


def quick(code: str, name: str, outcome: Outcome, **changed: Any) -> AgencyFile:
    return a_file(code, name, outcome=outcome, reason="Onze uitkering verandert niet.", **changed)


TEXT = "In artikel 1 wordt SVB vervangen."
PARSED = ParsedAmendment(
    dossier_number=None, dossier_suffix=None, paper_number=None, kind=Found(value="amendement", span=None), replaces=None,
    submitters=(), received=None, title=None, budget=False, instructions=(), laws=(), note=None,
)  # fmt: skip


def a_scan(*codes: str, **changed: Any) -> Scan:
    proposals = tuple(
        Proposal(
            agency=AgencyCode(code),
            advice=Advice.ASK,
            evidence=(
                Evidence(signal=f"naam:{code}", explanation=f"De tekst noemt {code}.", quote="SVB", source=Source.INSTRUCTION,
                         span=Span(19, 22), decisive=True),
            ),
        )
        for code in (*codes, "duo")
    )  # fmt: skip
    return Scan(
        **{
            "id": SCAN,
            "state": ScanState.ASSESSED,
            "amendment": Amendment(
                text=TEXT, title="Mantelzorgtoeslag automatisch toekennen", dossier_number="99001", paper_number="14",
                submitters=(Submitter(name="Ter Voorbeeld", party="Fractie Aurora"),), received=date(2026, 11, 26),
            ),
            "parsed": PARSED,
            "routing": Routing(proposals=proposals, nobody=None, register_sha256="cd" * 32),
            "decision": RoutingDecision(
                agencies=tuple(AgencyCode(code) for code in codes),
                explanation="DUO doet hier niets.",
                by=Signature(principal=Principal("c@voorbeeld.nl"), name="Carla Coordinator", at=NOW - timedelta(days=7)),
            ),
            "vote": NOW + timedelta(days=4),
            "owner": Principal("i@voorbeeld.nl"),
            "owner_name": "Ine Indiener",
            "created_at": NOW - timedelta(days=8),
            "round_closed": "De stemming is morgen.",
            **changed,
        }
    )  # fmt: skip


def composed(*files: AgencyFile, scan: Scan | None = None, **changed: Any) -> ImpactSummary:
    about = scan or a_scan(*(file.agency.code for file in files))
    return compose(about, files, **{"version": 1, "published_at": NOW, "previous": None, **changed})


SVB = a_file("svb", "Sociale Verzekeringsbank")
MIXED = (
    SVB,
    a_file(
        "uwv",
        "uitvoeringsinstituut",
        given=answers(
            kosten_eenmalig="onbekend", oordeel="niet-uitvoerbaar", voorwaarden=None, oordeel_reden="Dat kan niet."
        ),
    ),
    quick("cak", "Administratiekantoor", Outcome.NO_IMPACT),
    quick("rdw", "Dienst Wegverkeer", Outcome.NOT_OURS, ask_instead="De SVB"),
    lapsed("gemeenten", "Gemeenten"),
)


# --- the whole -----------------------------------------------------------------------------------------------------


def test_one_full_answer_arrives_whole():
    [part] = composed(SVB).agencies
    assert (part.status, part.verdict) == ("vastgesteld", "uitvoerbaar-mits")
    assert [(d.dimension, d.level) for d in part.dimensions] == [
        ("it-systemen", 2), ("gegevensuitwisseling", 3), ("personeel", 2), ("tijdlijn", 2),
    ]  # fmt: skip
    assert part.dimensions[0].explanation == "Er komt een nieuwe beschikking."
    assert part.changes == FULL["gevolgen"]
    assert (part.size.low, part.size.high) == (12000, 15500)
    assert part.conditions == ("De grondslag staat in de wet.", "Verrekenen mag achteraf.")
    assert part.alternative == FULL["alternatief"]
    assert part.price_of_date == FULL["prijs-van-de-datum"]
    assert (part.costs.once.low, part.costs.once.high, part.costs.yearly.low) == (1_200_000, 3_000_000, 400_000)
    assert (part.staff.yearly.low, part.staff.yearly.high) == (2.0, 4.5)
    assert part.feasible_from == date(2028, 7, 1)
    assert part.assumptions == FULL["aannames"]
    assert part.reason is None
    assert [(e.question, e.text) for e in part.explanations] == [("handhaafbaar", "Met steekproeven.")]
    assert {a.question: a.value for a in part.answers} == {
        "wijzigingen": "I en II",
        "it-release": "juli 2028",
        "gegevens-partners": "Dienst Toeslagen",
        "beslissen-voor": "2027-03-01",
        "handhaafbaar": "deels",
        "lasten": "Niets extra.",
    }
    assert ("it-aanpassing", "opbouw", 2) in [(t.question, t.option, t.level) for t in part.trace]
    assert [(e.quote, e.begin, e.end) for e in part.why_asked] == [("SVB", 19, 22)]
    assert TEXT[19:22] == "SVB"
    assert part.approved_at == (NOW - timedelta(days=1)).replace(microsecond=0)


def test_the_whole_takes_the_worst_the_strictest_and_the_sums():
    summary = composed(*MIXED)
    assert summary.verdict == "niet-uitvoerbaar"
    assert [(line.level, line.at_least, line.count, line.of) for line in summary.impact] == [
        (2, True, 3, 4), (3, True, 3, 4), (2, True, 3, 4), (2, True, 3, 4),
    ]  # fmt: skip
    assert summary.impact[0].decided_by == ("svb", "uwv")
    assert (summary.costs.once.low, summary.costs.once.high) == (1_200_000, 3_000_000)
    assert (summary.costs.yearly.low, summary.costs.incomplete) == (800_000, ("gemeenten", "uwv"))
    assert (summary.staff.yearly.high, summary.staff.incomplete) == (9.0, ("gemeenten",))
    assert summary.introduction.feasible_from == date(2028, 7, 1)
    assert not summary.complete


def test_organisations_stand_by_name_whatever_the_order_they_came_in():
    names = [part.name for part in composed(*MIXED).agencies]
    assert names == [
        "Administratiekantoor",
        "Dienst Wegverkeer",
        "Gemeenten",
        "Sociale Verzekeringsbank",
        "uitvoeringsinstituut",
    ]
    scan = a_scan(*(file.agency.code for file in MIXED))
    digests = {seal(composed(*order, scan=scan)).sha256 for order in list(permutations(MIXED))[::17]}
    assert len(digests) == 1


def test_each_state_says_what_it_is():
    parts = {part.code: part for part in composed(*MIXED).agencies}
    assert {code: part.status for code, part in parts.items()} == {
        "svb": "vastgesteld",
        "uwv": "vastgesteld",
        "cak": "geen-gevolgen",
        "rdw": "niet-van-toepassing",
        "gemeenten": "geen-reactie",
    }
    assert [d.level for d in parts["cak"].dimensions] == [0, 0, 0, 0]
    assert parts["cak"].reason == parts["rdw"].reason == "Onze uitkering verandert niet."
    assert parts["uwv"].reason == "Dat kan niet."
    assert parts["rdw"].dimensions == ()
    silent = parts["gemeenten"]
    assert (silent.dimensions, silent.verdict, silent.costs.once, silent.approved_at) == ((), None, None, None)
    assert silent.closed_because == "De stemming is morgen."
    assert parts["cak"].closed_because is None


def test_answers_can_say_by_themselves_that_there_is_nothing_to_do():
    no_impact = read_answers(BASIS, {"raakt": "geen-gevolgen", "reden": "Er verandert niets."}, {}, complete=True)
    not_ours = read_answers(BASIS, {"raakt": "niet-onze-taak", "reden": "De SVB doet dit."}, {}, complete=True)
    summary = composed(a_file("cak", "Kantoor", given=no_impact), a_file("rdw", "Wegverkeer", given=not_ours))
    assert [(p.status, p.reason) for p in summary.agencies] == [
        ("geen-gevolgen", "Er verandert niets."),
        ("niet-van-toepassing", "De SVB doet dit."),
    ]
    assert [(line.level, line.of) for line in summary.impact] == [(0, 1)] * 4
    assert summary.verdict is None
    assert summary.complete


def test_nobody_asked_is_complete_and_explained():
    scan = a_scan(routing=Routing(proposals=(), nobody="Alleen de citeertitel verandert.", register_sha256="cd" * 32))
    summary = composed(scan=replace(scan, decision=replace(scan.decision, explanation=None)))
    assert [line.level for line in summary.impact] == [None] * 4
    assert (summary.verdict, summary.complete, summary.agencies) == (None, True, ())
    assert summary.routing.no_agency.why == "Alleen de citeertitel verandert."


@pytest.mark.parametrize("state", [AssessmentState.OPEN, AssessmentState.SUBMITTED])
def test_a_file_that_is_still_open_cannot_be_published(state):
    with pytest.raises(WrongState):
        composed(SVB, a_file("uwv", "UWV", state=state, approved=None))


@pytest.mark.parametrize(
    ("vote", "before"),
    [(None, None), (NOW + timedelta(seconds=1), True), (NOW, False), (NOW - timedelta(days=1), False)],
)
def test_before_the_vote(vote, before):
    assert composed(SVB, scan=a_scan("svb", vote=vote)).before_vote is before


def test_whom_was_asked_and_whom_not():
    routing = composed(SVB, not_asked=[an_agency("duo", "Dienst Uitvoering Onderwijs")]).routing
    assert (routing.proposed, routing.asked) == (("svb", "duo"), ("svb",))
    assert [(n.code, n.name) for n in routing.not_asked] == [("duo", "Dienst Uitvoering Onderwijs")]
    assert routing.explanation == "DUO doet hier niets."


# --- the chain and the wire ------------------------------------------------------------------------------------------


def test_publications_form_one_chain_over_all_scans():
    first = seal(composed(SVB))
    other = seal(composed(SVB, scan=a_scan("svb", id=ScanId("2026-9999")), previous=first))
    correction = seal(
        composed(*MIXED[:2], scan=a_scan("svb", "uwv", correction="Een bedrag was fout."), version=2, previous=other)
    )
    assert [p.sequence for p in (first, other, correction)] == [1, 2, 3]
    assert (first.previous, first.previous_sha256) == (None, None)
    assert (correction.previous, correction.previous_sha256) == (other.number, other.sha256)
    assert (correction.number, read_sealed(correction.document).correction) == ("2026-4821-v2", "Een bedrag was fout.")
    assert verify([(p.number, p.document) for p in (first, other, correction)], head=correction.sha256) == []


def test_the_wire_is_the_contract():
    wire = json.loads(seal(composed(*MIXED)).document)
    assert set(wire) >= {
        "nummer", "scan", "versie", "gepubliceerdOp", "voorStemming", "stemming", "amendement", "volledig", "oordeel",
        "impactbeeld", "kosten", "personeel", "invoering", "organisaties", "routering", "vorige", "vorigeSha256", "sha256",
        "schema", "verklaring",
    }  # fmt: skip
    assert wire["schema"] == 1
    assert wire["gepubliceerdOp"] == "2026-12-04T09:05:07Z"
    assert wire["amendement"]["indieners"] == [{"naam": "Ter Voorbeeld", "fractie": "Fractie Aurora"}]
    assert wire["amendement"]["ontvangen"] == "2026-11-26"
    assert [line["dimensie"] for line in wire["impactbeeld"]] == [
        "it-systemen",
        "gegevensuitwisseling",
        "personeel",
        "tijdlijn",
    ]
    assert set(wire["impactbeeld"][0]) >= {"dimensie", "niveau", "bepaaldDoor"}
    assert wire["kosten"] == {
        "incidenteel": {"laag": 1200000, "hoog": 3000000},
        "structureel": {"laag": 800000, "hoog": 800000},
        "onvolledig": ["gemeenten", "uwv"],
    }
    assert wire["personeel"]["structureel"] == {"laag": 4, "hoog": 9}
    assert wire["invoering"] == {
        "beoogd": None, "beoogdVolgens": None, "haalbaarVanaf": "2028-07-01", "bepaaldDoor": ["svb", "uwv"],
    }  # fmt: skip
    assert set(wire["organisaties"][0]) >= {
        "code", "naam", "status", "oordeel", "dimensies", "voorwaarden", "alternatief", "kosten", "personeel", "haalbaarVanaf",
        "vragenlijst", "vastgesteldOp",
    }  # fmt: skip
    assert set(wire["routering"]) >= {"voorgesteld", "gevraagd", "toelichting"}


def test_a_sealed_document_reads_back_to_what_was_sealed():
    summary = composed(*MIXED)
    sealed = seal(summary)
    back = read_sealed(sealed.document)
    assert back.sha256 == sealed.sha256
    assert ImpactSummary.model_validate(back.model_dump(exclude={"sha256"})) == summary


# --- what never passes -----------------------------------------------------------------------------------------------


def test_names_of_people_at_agencies_never_pass():
    document = seal(composed(*MIXED)).document.decode()
    for name in ("Vera", "Vaststeller", "Bas", "Behandelaar", "Carla", "Ine", "@voorbeeld.nl"):
        assert name not in document


def test_internal_answers_and_explanations_never_pass():
    assert "GEHEIM" not in seal(composed(*MIXED)).document.decode()


def with_private(*codes: str) -> Rubric:
    """The basic questionnaire with these questions marked as internal."""
    sections = tuple(
        section.model_copy(
            update={
                "questions": tuple(
                    question.model_copy(update={"public": False}) if question.code in codes else question
                    for question in section.questions
                )
            }
        )
        for section in BASIS.sections
    )
    return Rubric(ref=BASIS.ref, title=BASIS.title, agencies=(), short=False, sections=sections, source=BASIS.source)


MARKED = {
    question.code: f"GEHEIM-{question.code}"
    for question in BASIS.questions
    if question.kind == "tekst" and question.code in FULL
}
FIGURES = {
    "kosten-eenmalig": 76543211,
    "kosten-jaarlijks": 76543222,
    "fte-jaarlijks": 76543.3,
    "fte-eenmalig": 86543.4,
    "omvang": 76543233,
}
UNIQUE_DATES = {"haalbaar-vanaf": "2031-03-04", "beslissen-voor": "2031-05-06"}


@given(st.sets(st.sampled_from([question.code for question in BASIS.questions]), min_size=1))
def test_whatever_a_questionnaire_calls_internal_stays_inside(codes):
    """Texts, figures, dates and explanations that occur nowhere else: none of an internal question is in the document,
    and no sum over agencies gives a figure away."""
    rubric = with_private(*codes)
    explained = {code: f"UITLEG-{code}-EINDE" for code in FULL}
    given_answers = read_answers(rubric, {**FULL, **MARKED, **FIGURES, **UNIQUE_DATES}, explained, complete=True)
    ones = dict.fromkeys(("kosten-eenmalig", "kosten-jaarlijks", "fte-jaarlijks", "fte-eenmalig"), 1)
    other = read_answers(rubric, {**FULL, **ones}, {}, complete=True)
    file = a_file("svb", "Sociale Verzekeringsbank", given=given_answers, rubric=rubric)
    document = seal(composed(file, a_file("uwv", "UWV", given=other, rubric=rubric))).document.decode()
    for code in codes | {"it-namen"}:
        assert f"UITLEG-{code}-EINDE" not in document
        if code in MARKED:
            assert f'GEHEIM-{code}"' not in document
        if code in FIGURES:
            assert str(FIGURES[code]) not in document
            assert str(FIGURES[code] + 1) not in document
        if code in UNIQUE_DATES:
            assert UNIQUE_DATES[code] not in document
        assert f'"vraag":"{code}"' not in document
    public = [code for code in FULL if code not in codes and code != "it-namen"]
    assert all(f"UITLEG-{code}-EINDE" in document for code in public)


def test_an_internal_verdict_is_no_verdict():
    rubric = with_private("oordeel", "kosten-eenmalig")
    summary = composed(a_file("svb", "SVB", given=answers(rubric), rubric=rubric))
    assert summary.verdict is None
    assert (summary.costs.once, summary.costs.incomplete) == (None, ("svb",))


def test_a_warning_about_an_internal_answer_stays_inside():
    light = answers(kosten_eenmalig="onbekend", kosten_jaarlijks="onbekend")
    assert "it-zonder-kosten" in [w.code for w in composed(a_file("svb", "SVB", given=light)).agencies[0].warnings]
    rubric = with_private("kosten-jaarlijks")
    hidden = composed(a_file("svb", "SVB", given=light, rubric=rubric)).agencies[0].warnings
    assert "it-zonder-kosten" not in [w.code for w in hidden]


def test_a_draft_left_behind_by_a_quick_way_out_stays_inside():
    """The agency had filled in everything, and then said in one sentence that there are no consequences."""
    left = replace(quick("svb", "SVB", Outcome.NO_IMPACT), answers=answers(), score=score(BASIS, answers()))
    [part] = composed(left).agencies
    assert (part.changes, part.trace, part.answers, part.verdict) == (None, (), (), None)
    assert part.reason == "Onze uitkering verandert niet."


def test_a_lapsed_file_brings_nothing_even_when_it_was_scored_before():
    before = replace(lapsed("svb", "SVB"), answers=answers(), score=score(BASIS, answers()))
    [part] = composed(before).agencies
    assert (part.status, part.changes, part.dimensions, part.costs.once) == ("geen-reactie", None, (), None)
    assert MappingProxyType(FULL)["gevolgen"] not in seal(composed(before)).document.decode()
