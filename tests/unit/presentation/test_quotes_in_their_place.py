"""A quote is shown within what stands around it: whole words, and dots only where the text goes on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.amendments.amendment import Source, Span
from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.presentation.routing_view import AROUND, ReasonView, routing_view
from uitvoeringsscan.routing.register import Register
from uitvoeringsscan.routing.routing import Advice, Evidence, Proposal, Routing


class NoNames:
    """A register that knows nobody: the view then shows the code."""

    def agency(self, _code: str) -> None:
        return None


def shown(text: str, begin: int, end: int) -> ReasonView:
    evidence = Evidence(
        signal="x",
        explanation="Uitleg.",
        quote=text[begin:end],
        source=Source.NOTE,
        span=Span(begin, end),
        decisive=True,
    )
    proposal = Proposal(agency=AgencyCode("uwv"), advice=Advice.ASK, evidence=(evidence,))
    routing = Routing(proposals=(proposal,), nobody=None, register_sha256="0")
    register: Register = NoNames()  # type: ignore[assignment]
    return routing_view(routing, text, "", register).proposals[0].reasons[0]


def test_no_word_is_cut_in_two() -> None:
    text = "lettergreep " * 20 + "Het UWV betaalt. " + "woordenschat " * 20
    at = text.index("UWV")
    reason = shown(text, at, at + 3)
    assert set(reason.before.split()) == {"…", "lettergreep", "Het"}
    assert set(reason.after.split()) == {"betaalt.", "woordenschat", "…"}


@pytest.mark.parametrize(("text", "before", "after"), [("Het UWV betaalt.", "Het ", " betaalt."), ("UWV", "", "")])
def test_a_short_text_is_shown_whole_and_without_dots(text: str, before: str, after: str) -> None:
    at = text.index("UWV")
    reason = shown(text, at, at + 3)
    assert (reason.before, reason.after) == (before, after)


@given(st.text(" a\n", max_size=200), st.text(" b\n", max_size=200))
def test_what_stands_around_is_from_the_text(left: str, right: str) -> None:
    reason = shown(f"{left}UWV{right}", len(left), len(left) + 3)
    assert reason.before.removeprefix("… ").strip() in " ".join(left.split())
    assert reason.after.removesuffix(" …").strip() in " ".join(right.split())
    assert len(reason.before) <= AROUND + 2
    assert len(reason.after) <= AROUND + 2
