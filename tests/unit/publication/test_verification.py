"""Whatever is done to an exported publication, or to a set of them, is found; what is sound gives no finding."""

from __future__ import annotations

import json
import math

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tests.publication_samples import PUBLISHED, chain, nobody, summary
from uitvoeringsscan.publication.record import Publication, seal, with_pdf
from uitvoeringsscan.publication.verification import Kind, canonical, verify


def exported(publications: list[Publication]) -> list[tuple[str, bytes]]:
    return [(f"{p.number}.json", p.document) for p in publications]


def kinds(findings) -> set[Kind]:
    return {finding.kind for finding in findings if finding.serious}


FIVE = chain(5)


def test_a_sound_chain_gives_no_findings_in_any_order():
    assert verify(exported(FIVE)) == []
    assert verify(reversed(exported(FIVE)), head=FIVE[-1].sha256) == []


def test_every_flipped_bit_of_an_exported_publication_is_found():
    """The smallest publication, so that all bits can be tried one by one."""
    document = seal(nobody()).document
    unnoticed = []
    for at in range(len(document)):
        for bit in range(8):
            flipped = bytearray(document)
            flipped[at] ^= 1 << bit
            if not kinds(verify([("2026-4821-v1.json", bytes(flipped))])):
                unnoticed.append((at, bit))
    assert unnoticed == []


@given(st.data())
def test_any_byte_changed_inserted_or_removed_is_found(data):
    document = FIVE[1].document
    at = data.draw(st.integers(0, len(document) - 1))
    instead = data.draw(st.binary(max_size=3))
    changed = document[:at] + instead + document[at + 1 :]
    if changed == document:
        return
    assert kinds(verify([(FIVE[1].number, changed)]))


def test_layout_that_keeps_the_content_is_told_apart_from_a_change():
    pretty = json.dumps(json.loads(FIVE[0].document), indent=2, ensure_ascii=False).encode()
    assert kinds(verify([("eerste.json", pretty)])) == {Kind.NOT_CANONICAL}


def test_a_field_that_stands_there_twice_is_found():
    """Readers differ in which of the two they take, so one could be shown and the other be checked."""
    document = FIVE[0].document
    twice = document.replace(b'"oordeel":"uitvoerbaar-mits"', b'"oordeel":"uitvoerbaar","oordeel":"uitvoerbaar-mits"')
    assert twice != document
    assert kinds(verify([("eerste.json", twice)])) == {Kind.NOT_CANONICAL}


def test_a_changed_answer_is_found_and_named():
    changed = FIVE[2].document.replace(b'"oordeel":"uitvoerbaar-mits"', b'"oordeel":"uitvoerbaar"')
    findings = verify([*exported(FIVE[:2]), ("derde.json", changed)])
    assert [(f.kind, f.name) for f in findings] == [(Kind.CHANGED, "derde.json")]
    assert str(findings[0]).startswith("derde.json: gewijzigd: De inhoud past niet bij het controlegetal")


def test_a_changed_document_with_a_fresh_digest_breaks_the_chain():
    """Who recomputes the digest after a change is betrayed by the publication that came after."""
    forged = seal(summary(**_place(FIVE[2]), verdict="uitvoerbaar"))
    findings = verify([*exported(FIVE[:2]), ("derde.json", forged.document), *exported(FIVE[3:])])
    assert (Kind.BROKEN, f"{FIVE[3].number}.json") in [(f.kind, f.name) for f in findings]


def test_a_rewritten_tail_is_found_with_the_head_known_from_elsewhere():
    tail = seal(summary(**_place(FIVE[4]), verdict="uitvoerbaar"))
    rewritten = [*exported(FIVE[:4]), ("vijfde.json", tail.document)]
    assert verify(rewritten) == []
    assert kinds(verify(rewritten, head=FIVE[4].sha256)) == {Kind.MISSING}


def test_a_gap_is_missing_when_the_head_is_known_and_unchecked_when_it_is_only_an_export():
    without_third = exported(FIVE[:2] + FIVE[3:])
    partial = verify(without_third)
    assert [(f.kind, f.serious, f.name) for f in partial] == [(Kind.UNCHECKED, False, f"{FIVE[3].number}.json")]
    assert FIVE[2].number in partial[0].message
    assert kinds(verify(without_third, head=FIVE[4].sha256)) == {Kind.MISSING}


def test_a_single_export_says_which_link_it_cannot_show():
    assert [(f.kind, f.serious) for f in verify(exported(FIVE[3:4]))] == [(Kind.UNCHECKED, False)]
    assert verify(exported(FIVE[:1])) == []


def test_a_truncated_chain_is_found_with_the_head():
    assert verify(exported(FIVE[:4])) == []
    assert kinds(verify(exported(FIVE[:4]), head=FIVE[4].sha256)) == {Kind.MISSING}
    assert kinds(verify([], head=FIVE[4].sha256)) == {Kind.MISSING}


def test_publications_after_the_head_are_newer_and_need_no_excuse():
    assert verify(exported(FIVE), head=FIVE[2].sha256) == []


def test_two_documents_under_each_others_name_are_found():
    swapped = [(FIVE[0].number, FIVE[1].document), (FIVE[1].number, FIVE[0].document), *exported(FIVE[2:])]
    assert kinds(verify(swapped)) == {Kind.MISNAMED}


def test_the_same_publication_twice_is_found():
    findings = verify([*exported(FIVE), ("kopie.json", FIVE[1].document)])
    assert [(f.kind, f.name) for f in findings] == [(Kind.DUPLICATE, "kopie.json")]


def test_a_fork_is_found():
    other = seal(summary(number="2026-9999-v1", scan="2026-9999", sequence=3, previous=FIVE[1].number,
                         previous_sha256=FIVE[1].sha256, published_at=FIVE[2].published_at))  # fmt: skip
    assert Kind.FORKED in kinds(verify([*exported(FIVE), ("tak.json", other.document)]))


def test_two_first_publications_are_a_fork():
    other = seal(summary(number="2026-9999-v1", scan="2026-9999"))
    assert Kind.FORKED in kinds(verify([*exported(FIVE), ("tak.json", other.document)]))


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": "2026-4803-v2"},
        {"sequence": 0},
        {"sequence": 1},
        {"previous": None},
        {"previous_sha256": None},
    ],
)
def test_a_well_sealed_document_that_contradicts_itself_is_found(wrong):
    document = seal(summary(**{**_place(FIVE[2]), **wrong})).document
    assert Kind.BROKEN in kinds(verify([("derde.json", document)]))


def test_time_that_runs_backwards_is_found():
    early = seal(summary(**{**_place(FIVE[4]), "published_at": PUBLISHED.replace(year=2025)}))
    assert kinds(verify([*exported(FIVE[:4]), ("vijfde.json", early.document)])) == {Kind.BROKEN}


def test_a_version_that_goes_back_is_found():
    first = seal(summary(number="2026-4821-v2", version=2, correction="Een bedrag was fout."))
    second = seal(summary(sequence=2, previous=first.number, previous_sha256=first.sha256))
    assert kinds(verify(exported([first, second]))) == {Kind.BROKEN}


@pytest.mark.parametrize(
    "junk",
    [
        b"",
        b"\xff",
        b"null",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"sha256":"x","sha256":"x"}',
        b'{"sha256":"x","nummer":NaN}',
        b'{"sha256":"x","nummer":' + b"9" * 5000 + b"}",
        b'{"sha256":"\\ud800"}',
    ],
)
def test_what_is_no_publication_is_unreadable_and_never_an_exception(junk):
    assert kinds(verify([("x.json", junk)])) == {Kind.UNREADABLE}


def test_the_pdf_is_no_part_of_the_digest():
    sealed = seal(summary())
    assert with_pdf(sealed, b"%PDF").sha256 == sealed.sha256
    assert with_pdf(sealed, b"%PDF").document == sealed.document


# --- the two canonical forms, written apart, say the same -----------------------------------------------------------

_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(_values)
def test_canonical_is_what_the_publisher_writes(value):
    assert canonical(value) == rfc8785.dumps(value)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_canonical_number_reads_back(value):
    assert float(canonical(value)) == value


@pytest.mark.parametrize(
    ("value", "written"),
    [
        # the examples of RFC 8785, appendix B
        (-0.0, "0"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (9007199254740992.0, "9007199254740992"),
        (295147905179352830000.0, "295147905179352830000"),
        (9.999999999999997e22, "9.999999999999997e+22"),
        (1e21, "1e+21"),
        (999999999999999900000.0, "999999999999999900000"),
        (0.000001, "0.000001"),
        (1e-7, "1e-7"),
        (333333333.3333332, "333333333.3333332"),
        (-0.0000033333333333333333, "-0.0000033333333333333333"),
        (1424953923781206.2, "1424953923781206.2"),
    ],
)
def test_numbers_are_written_as_ecmascript_does(value, written):
    assert canonical(value).decode() == written


def test_names_are_ordered_by_utf_16_and_not_by_code_point():
    assert canonical({"\ufb33": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\ufb33":1}'.encode()


@pytest.mark.parametrize("value", [math.nan, math.inf, 2**53, "\ud800", object()])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(ValueError):
        canonical(value)


def _place(publication: Publication) -> dict[str, object]:
    return {
        "number": publication.number,
        "scan": publication.scan,
        "sequence": publication.sequence,
        "published_at": publication.published_at,
        "previous": publication.previous,
        "previous_sha256": publication.previous_sha256,
    }
