"""Hypothesis strategies for everything that is stored: odd texts, other time zones, whatever may be absent absent."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import Boolean, Date, Integer, LargeBinary, String, Table

from uitvoeringsscan.amendments.amendment import (
    Amendment,
    Found,
    Instruction,
    LawMention,
    ParsedAmendment,
    Source,
    Span,
    Submitter,
)
from uitvoeringsscan.amendments.intended import Intended, Origin, When
from uitvoeringsscan.assessments.assessment import (
    Assessment,
    AssessmentState,
    Outcome,
    RawAnswers,
    Signature,
    SignedBefore,
)
from uitvoeringsscan.identifiers import RubricRef
from uitvoeringsscan.people.people import Client, Person, Role, Scope
from uitvoeringsscan.publication.record import Publication
from uitvoeringsscan.routing.routing import Advice, Evidence, Proposal, Routing
from uitvoeringsscan.rubrics.values import Range
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.outcome import OutcomeKind, VoteOutcome
from uitvoeringsscan.scans.reaction import Reaction
from uitvoeringsscan.scans.scan import RoutingDecision, Scan
from uitvoeringsscan.scoring.score import AgencyScore
from uitvoeringsscan.storage import tables


def filled(table: Table, **given: Any) -> dict[str, Any]:
    """A row: what is given, and something or other of the right type in every other column that wants a value."""
    by_type: tuple[tuple[type, Any], ...] = (
        (tables.Moment, datetime(2026, 11, 30, tzinfo=UTC)),
        (Date, date(2026, 11, 30)),
        (Integer, 1),
        (Boolean, True),
        (LargeBinary, b"x"),
        (String, "x"),
    )
    found = dict(given)
    for column in table.columns:
        if column.name not in found and not column.nullable:
            found[column.name] = next(value for kind, value in by_type if isinstance(column.type, kind))
    return found


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12) | st.sampled_from(
    ["e\u0301\u200d\u202e", "\U0001f3f4\U000e0067", "İıßſ", '"\\\n\r\t\u2028', "ﬁ\ufeff", "{'schema': 9}"]
)
short = texts.map(lambda text: text[:20])
codes = st.sampled_from(["uwv", "svb", "dienst-toeslagen"])
numbers = st.integers(1, 2**31 - 1)
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(
    datetime(1900, 1, 1),  # noqa: DTZ001  the zone is drawn apart
    datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC) | offsets,
)
days = st.dates()
spans = st.builds(Span, st.integers(0, 500_000), st.integers(0, 500_000))


def maybe(values: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | values


def some(values: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(values, max_size=3).map(tuple)


def found(values: st.SearchStrategy) -> st.SearchStrategy:
    return st.builds(Found, value=values, span=maybe(spans))


amendments = st.builds(
    Amendment,
    text=texts,
    title=texts,
    dossier_number=maybe(short),
    dossier_suffix=maybe(short),
    paper_number=maybe(short),
    kind=texts,
    replaces=maybe(texts),
    submitters=some(st.builds(Submitter, name=texts, party=maybe(texts))),
    received=maybe(days),
    case_number=maybe(texts),
)
parsed = st.builds(
    ParsedAmendment,
    dossier_number=maybe(found(texts)),
    dossier_suffix=maybe(found(texts)),
    paper_number=maybe(found(texts)),
    kind=found(texts),
    replaces=maybe(found(texts)),
    submitters=some(found(texts)),
    received=maybe(found(days)),
    title=maybe(found(texts)),
    budget=st.booleans(),
    instructions=some(st.builds(Instruction, number=maybe(texts), span=spans, target=maybe(texts), quoted=some(spans))),
    laws=some(st.builds(LawMention, name=texts, bwb=maybe(texts), source=st.sampled_from(Source), span=spans)),
    note=maybe(spans),
)
evidence = st.builds(
    Evidence,
    signal=texts,
    explanation=texts,
    quote=texts,
    source=st.sampled_from(Source),
    span=spans,
    decisive=st.booleans(),
)
routings = st.builds(
    Routing,
    proposals=some(st.builds(Proposal, agency=codes, advice=st.sampled_from(Advice), evidence=some(evidence))),
    nobody=maybe(texts),
    register_sha256=texts,
)
signatures = st.builds(Signature, principal=texts, name=texts, at=moments)
scans = st.builds(
    Scan,
    id=st.integers(0, 9999).map(lambda n: f"2026-{n:04d}"),
    state=st.sampled_from(ScanState),
    amendment=amendments,
    parsed=parsed,
    routing=routings,
    decision=maybe(st.builds(RoutingDecision, agencies=some(codes), explanation=maybe(texts), by=signatures)),
    vote=maybe(moments),
    confidential=st.booleans(),
    owner=texts,
    owner_name=texts,
    created_at=moments,
    respond_by=maybe(moments),
    round_closed=maybe(texts),
    withdrawn=maybe(texts),
    correction=maybe(texts),
    replaced_by=maybe(st.just("2026-0001")),
    publications=st.integers(0, 99),
    outcome=maybe(st.builds(VoteOutcome, kind=st.sampled_from(OutcomeKind), at=moments, source=texts)),
    intended=maybe(
        st.builds(
            Intended,
            when=st.sampled_from(When),
            day=maybe(days),
            quote=texts,
            origin=st.sampled_from(Origin),
            span=maybe(spans),
            several=st.booleans(),
        )
    ),
    reaction=maybe(st.builds(Reaction, text=texts, at=moments)),
    by_hand=st.booleans(),
    closes_itself=st.booleans(),
    version=numbers,
)
plain = st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(-1e9, 1e9) | texts
json_values = plain | st.lists(plain, max_size=3) | st.dictionaries(texts, plain, max_size=2)
raw_answers = st.builds(
    RawAnswers,
    values=st.dictionaries(texts, json_values, max_size=3),
    explanations=st.dictionaries(texts, texts, max_size=3),
)
assessments = st.builds(
    Assessment,
    scan=st.just("2026-0001"),
    agency=codes,
    rubric=st.builds(RubricRef, code=short, version=short, sha256=short),
    state=st.sampled_from(AssessmentState),
    outcome=maybe(st.sampled_from(Outcome)),
    reason=maybe(texts),
    ask_instead=maybe(short),
    answers=raw_answers,
    remarks=maybe(texts),
    respond_by=maybe(moments),
    asked_at=moments,
    submitted=maybe(signatures),
    approved=maybe(signatures),
    origin=maybe(st.just("2026-0002")),
    question_remarks=st.dictionaries(codes, texts, max_size=3),
    copied=st.dictionaries(codes, st.just("2026-0003"), max_size=3),
    lapsed_because=maybe(texts),
    by_hand=st.booleans(),
    timed_at=maybe(moments),
    signed_before=maybe(
        st.builds(
            SignedBefore,
            outcome=st.sampled_from(Outcome),
            reason=maybe(texts),
            ask_instead=maybe(short),
            answers=raw_answers,
            submitted=signatures,
            approved=maybe(signatures),
            remarks=maybe(texts),
            question_remarks=st.dictionaries(codes, texts, max_size=3),
        )
    ),
    version=numbers,
)
publications = st.builds(
    Publication,
    number=short,
    scan=st.just("2026-0001"),
    version=numbers,
    sequence=numbers,
    published_at=moments,
    document=st.binary(max_size=20),
    sha256=short,
    previous=maybe(short),
    previous_sha256=maybe(short),
    pdf=st.binary(max_size=20),
    signature=maybe(texts),
)
amounts = st.decimals(-(10**12), 10**12, places=1)
st.register_type_strategy(Range, st.tuples(amounts, amounts).map(lambda pair: Range(min(pair), max(pair))))
scores = st.from_type(AgencyScore)
people = st.builds(
    Person,
    id=short,
    name=texts,
    email=short,
    roles=st.frozensets(st.sampled_from(Role)),
    agency=maybe(codes),
    active=st.booleans(),
    subject=maybe(short),
    closed_at=maybe(moments),
)
clients = st.builds(
    Client,
    id=short,
    name=short,
    role=st.sampled_from(Role),
    agency=maybe(codes),
    owner=maybe(short),
    secret_hash=short,
    created_at=moments,
    revoked_at=maybe(moments),
    expires_at=maybe(moments),
    used_at=maybe(moments),
    scopes=maybe(st.frozensets(st.sampled_from(Scope))),
)
