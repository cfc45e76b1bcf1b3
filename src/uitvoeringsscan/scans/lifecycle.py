"""The road of a scan: one table of (state, step) -> state. What does not stand here cannot happen.

The picture in the README is drawn from this table.
"""

from __future__ import annotations

from enum import StrEnum

from uitvoeringsscan.errors import WrongState


class ScanState(StrEnum):
    DRAFT = "concept"
    SUBMITTED = "ingediend"
    IN_ASSESSMENT = "in-behandeling"
    ASSESSED = "beoordeeld"
    PUBLISHED = "gepubliceerd"
    WITHDRAWN = "ingetrokken"
    REPLACED = "vervangen"


class Step(StrEnum):
    """What can be done to a scan, in the words its error messages use."""

    SUBMIT = "indienen"
    ROUTE = "uitvragen"
    SETTLE = "alle antwoorden binnen"
    CLOSE_ROUND = "ronde afronden"
    PUBLISH = "publiceren"
    CORRECT = "rectificeren"
    REOPEN = "heropenen"
    WITHDRAW = "intrekken"
    REPLACE = "vervangen"


_S, _T = ScanState, Step

ALLOWED: dict[tuple[ScanState, Step], ScanState] = {
    (_S.DRAFT, _T.SUBMIT): _S.SUBMITTED,
    (_S.SUBMITTED, _T.ROUTE): _S.IN_ASSESSMENT,
    (_S.IN_ASSESSMENT, _T.ROUTE): _S.IN_ASSESSMENT,  # an extra agency during the round
    (_S.IN_ASSESSMENT, _T.SETTLE): _S.ASSESSED,
    (_S.IN_ASSESSMENT, _T.CLOSE_ROUND): _S.ASSESSED,
    (_S.ASSESSED, _T.REOPEN): _S.IN_ASSESSMENT,
    (_S.ASSESSED, _T.PUBLISH): _S.PUBLISHED,
    (_S.PUBLISHED, _T.CORRECT): _S.ASSESSED,
    (_S.DRAFT, _T.WITHDRAW): _S.WITHDRAWN,
    (_S.SUBMITTED, _T.WITHDRAW): _S.WITHDRAWN,
    (_S.IN_ASSESSMENT, _T.WITHDRAW): _S.WITHDRAWN,
    (_S.ASSESSED, _T.WITHDRAW): _S.WITHDRAWN,
    (_S.PUBLISHED, _T.WITHDRAW): _S.WITHDRAWN,
    (_S.SUBMITTED, _T.REPLACE): _S.REPLACED,
    (_S.IN_ASSESSMENT, _T.REPLACE): _S.REPLACED,
    (_S.ASSESSED, _T.REPLACE): _S.REPLACED,
    (_S.PUBLISHED, _T.REPLACE): _S.REPLACED,
}


def after(state: ScanState, step: Step) -> ScanState:
    """The state that `step` leads to; WrongState when the table does not allow it from here."""
    try:
        return ALLOWED[state, step]
    except KeyError:
        raise WrongState(f"Dit kan nu niet ({step.value}): de status van deze scan is '{state.value}'.") from None
