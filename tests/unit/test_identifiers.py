"""The names things go by: what they look like, and that taking them apart and putting them together agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.identifiers import (
    AgencyCode,
    ScanId,
    assessment_id,
    is_code,
    is_scan_id,
    publication_number,
    split_assessment_id,
)

scan_ids = st.from_regex(r"[0-9]{4}-[0-9]{4,9}", fullmatch=True).filter(str.isascii).map(ScanId)
codes = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True).filter(str.isascii).map(AgencyCode)


@given(scan_ids, codes)
def test_a_file_is_named_by_its_scan_and_agency(scan: ScanId, agency: AgencyCode) -> None:
    assert split_assessment_id(assessment_id(scan, agency)) == (scan, agency)


@given(st.text(max_size=40))
def test_taking_apart_never_fails_and_never_guesses(text: str) -> None:
    parts = split_assessment_id(text)
    assert parts is None or assessment_id(*parts) == text


@given(scan_ids)
def test_scan_ids(scan: ScanId) -> None:
    assert is_scan_id(scan)
    assert not is_scan_id(f"{scan}\n")
    assert not is_scan_id(f" {scan}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-",
        "2026-123",
        "2026-1234567890",
        "26-1234",
        "2026-12a4",
        "२०२६-1234",
        "2026-1234-uwv",
        "2026_1234",
    ],
)
def test_what_is_no_scan_id(text: str) -> None:
    assert not is_scan_id(text)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        *((text, True) for text in ("uwv", "dienst-toeslagen", "a1-2b", "a" * 64)),
        *((text, False) for text in ("a" * 65, "", "UWV", "1a", "a--b", "-a", "a-", "a_b", "é", "uwv\n", "a b")),
    ],
)
def test_codes(text: str, good: bool) -> None:
    assert is_code(text) is good


def test_publication_numbers() -> None:
    assert publication_number(ScanId("2026-0012"), 3) == "2026-0012-v3"
