"""The scan: one amendment's dossier. Transition functions return the changed scan; the lifecycle table decides."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from uitvoeringsscan.amendments.amendment import Amendment, ParsedAmendment
from uitvoeringsscan.amendments.intended import Intended
from uitvoeringsscan.assessments.assessment import Assessment, Signature, required_reason
from uitvoeringsscan.errors import WrongState
from uitvoeringsscan.identifiers import AgencyCode, Principal, ScanId
from uitvoeringsscan.routing.routing import Routing
from uitvoeringsscan.scans.lifecycle import ScanState, Step, after
from uitvoeringsscan.scans.outcome import VoteOutcome
from uitvoeringsscan.scans.reaction import Reaction


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingDecision:
    """Whom the coordinator asked, and why that differs from the proposal where it does."""

    agencies: tuple[AgencyCode, ...]
    explanation: str | None
    by: Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """
    owner        who submitted: only they (and the coordinator) may withdraw it
    vote         the moment of the vote as known now; it moves
    confidential a concept: seen by its owner, the coordinator and the agencies asked, by nobody else
    respond_by   until when agencies may answer, as set at the last routing
    round_closed why the round was closed before everyone had answered
    withdrawn    why it was withdrawn
    correction   why it is being corrected; None unless a correction is under way
    replaced_by  the scan of the amendment that came in its place
    outcome      what the House did with it, and when; None while nothing is known
    intended     when it is to be in force, where somebody said so instead of its text
    reaction     the submitter's, for the next publication; None once they have none
    by_hand      the coordinator set `respond_by`; otherwise it was reckoned, and moves with the vote
    closes_itself  the coordinator wants the round closed at its deadline without looking on
    version      grows with every save; a writer says which version was seen
    """

    id: ScanId
    state: ScanState
    amendment: Amendment
    parsed: ParsedAmendment
    routing: Routing
    decision: RoutingDecision | None = None
    vote: datetime | None = None
    confidential: bool = False
    owner: Principal
    owner_name: str
    created_at: datetime
    respond_by: datetime | None = None
    round_closed: str | None = None
    withdrawn: str | None = None
    correction: str | None = None
    replaced_by: ScanId | None = None
    publications: int = 0
    outcome: VoteOutcome | None = None
    intended: Intended | None = None
    reaction: Reaction | None = None
    by_hand: bool = False
    closes_itself: bool = False
    version: int = 1

    @property
    def paper(self) -> str | None:
        """The parliamentary paper it is about, as people write it: "36410-XV, nr. 25"; None while it has no dossier."""
        amendment = self.amendment
        if amendment.dossier_number is None:
            return None
        dossier = "-".join(filter(None, (amendment.dossier_number, amendment.dossier_suffix)))
        return f"{dossier}, nr. {amendment.paper_number}" if amendment.paper_number else dossier


def submit(scan: Scan) -> Scan:
    return replace(scan, state=after(scan.state, Step.SUBMIT))


def route(scan: Scan, decision: RoutingDecision, respond_by: datetime | None, *, by_hand: bool = False) -> Scan:
    """Confirm who is asked. Without any agency ("geen uitvoerder") there is nothing to wait for: it is assessed at once."""
    state = after(scan.state, Step.ROUTE)
    if not decision.agencies:
        state = after(state, Step.SETTLE)
    return replace(scan, state=state, decision=decision, respond_by=respond_by, by_hand=by_hand)


def settle(scan: Scan, assessments: Collection[Assessment]) -> Scan:
    """Move on when the last file is settled; the same scan when somebody is still at work."""
    if scan.state is ScanState.IN_ASSESSMENT and assessments and all(a.settled for a in assessments):
        return replace(scan, state=after(scan.state, Step.SETTLE))
    return scan


def close_round(scan: Scan, explanation: str | None) -> Scan:
    """Stop waiting. The reason is published beside whoever did not answer."""
    return replace(scan, state=after(scan.state, Step.CLOSE_ROUND), round_closed=required_reason(explanation))


def choose_closing(scan: Scan, *, itself: bool) -> Scan:
    """Leave it to the clock to close the round, or not, as long as there is a round to come or under way."""
    if scan.state not in (ScanState.SUBMITTED, ScanState.IN_ASSESSMENT):
        raise WrongState(f"Dit kan nu niet: de status van deze scan is '{scan.state.value}'.")
    return replace(scan, closes_itself=itself)


def reopen(scan: Scan) -> Scan:
    """A file goes back to its agency, so the round is open again."""
    if scan.state is ScanState.IN_ASSESSMENT:
        return scan
    return replace(scan, state=after(scan.state, Step.REOPEN), round_closed=None)


def publish(scan: Scan) -> Scan:
    if scan.confidential:
        raise WrongState(
            "Deze scan is vertrouwelijk. Publiceren kan pas als de indiener het amendement openbaar heeft gemaakt.",
            code="vertrouwelijk",
        )
    return replace(scan, state=after(scan.state, Step.PUBLISH), publications=scan.publications + 1, correction=None)


def correct(scan: Scan, reason: str | None) -> Scan:
    """Open a published scan for a new version. What was published stays public, and says it is being corrected."""
    return replace(scan, state=after(scan.state, Step.CORRECT), correction=required_reason(reason))


def withdraw(scan: Scan, reason: str | None) -> Scan:
    return replace(scan, state=after(scan.state, Step.WITHDRAW), withdrawn=required_reason(reason))


def replace_by(scan: Scan, newer: ScanId) -> Scan:
    return replace(scan, state=after(scan.state, Step.REPLACE), replaced_by=newer)


def disclose(scan: Scan, paper_number: str | None) -> Scan:
    """The submitter's act after filing: the amendment is public, so its scan may be too."""
    if not scan.confidential:
        raise WrongState("Deze scan is al openbaar.")
    amendment = replace(scan.amendment, paper_number=paper_number or scan.amendment.paper_number)
    return replace(scan, confidential=False, amendment=amendment)


def move_vote(scan: Scan, vote: datetime | None) -> Scan:
    """Note when the vote is, as long as the scan is alive."""
    if scan.state in (ScanState.WITHDRAWN, ScanState.REPLACED):
        raise WrongState(f"De stemming verzetten kan niet meer: de status van deze scan is '{scan.state.value}'.")
    return replace(scan, vote=vote)


def newly_asked(scan: Scan, codes: Iterable[AgencyCode], assessments: Collection[Assessment]) -> tuple[AgencyCode, ...]:
    """Of `codes`, those that have no file yet: nobody is asked twice."""
    present = {a.agency for a in assessments}
    return tuple(dict.fromkeys(code for code in codes if code not in present))
