"""A demonstration parliament: invented people, bills, amendments and answers, brought in through the use cases.

Everything here is made up, and every page of the demonstration says so. The dossier numbers (99 001 and up) and the
parliamentary groups do not exist; the agencies do, but never said any of this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from uitvoeringsscan.amendments.amendment import Amendment, Submitter
from uitvoeringsscan.assessments.answers import only_visible, read_answers
from uitvoeringsscan.assessments.look_back import Came
from uitvoeringsscan.errors import InvalidInput
from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.people.people import SERVICE, Actor, Role, actor_of_person
from uitvoeringsscan.scans.outcome import OutcomeKind
from uitvoeringsscan.use_cases import (
    accounts,
    answering,
    coordinating,
    looking_back,
    outcomes,
    publishing,
    reacting,
    signing_keys,
    submitting,
)
from uitvoeringsscan.use_cases.ports import Desk
from uitvoeringsscan.use_cases.submitting import SubmitScan

# name, role, agency
PEOPLE: tuple[tuple[str, Role, str | None], ...] = (
    ("M. ter Voorbeeld", Role.SUBMITTER, None),
    ("A. Denkbeeldig", Role.SUBMITTER, None),
    ("C. de Planner", Role.COORDINATOR, None),
    ("L. Lezer", Role.READER, None),
    ("B. Beheerder", Role.ADMIN, None),
    ("O. Organisator", Role.AGENCY_ADMIN, "uwv"),
    *(
        person
        for code, respondent, approver in (
            ("svb", "S. Bakker", "E. de Goedkeurder"),
            ("uwv", "U. Werker", "V. Vaststeller"),
            ("gemeenten", "G. Gemeentewerker", "R. Raadgever"),
            ("dienst-toeslagen", "T. Toeslag", "D. Tekenaar"),
            ("belastingdienst", "F. Fiscus", "P. Paraaf"),
            ("cak", "K. Zorg", "Z. Zegel"),
        )
        for person in ((respondent, Role.RESPONDENT, code), (approver, Role.APPROVER, code))
    ),
)

_CARE_TITLE = (
    "Wijziging van de Participatiewet en de Algemene Ouderdomswet in verband met mantelzorg (Wet voorbeeld mantelzorg)"
)
_SCHOOLING_TITLE = (
    "Wijziging van de Werkloosheidswet en de Participatiewet in verband met scholing (Wet voorbeeld langer leren)"
)
_COUNTER_TITLE = "Wijziging van de Werkloosheidswet in verband met vereenvoudiging (Wet voorbeeld eenvoudige uitkering)"


def _text(number: str, heading: str, submitter: str, changes: str, note: str) -> str:
    return (
        f"Nr. {number}\n{heading} VAN HET LID {submitter.upper()}\n\nOntvangen 20 november 2026\n\n"
        f"De ondergetekende stelt het volgende amendement voor:\n\n{changes}\n\nToelichting\n\n{note}\n\n{submitter}\n"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Story:
    """One amendment and how far it has come. `days` is the vote, counted from today; answers are per agency.

    ago, published_ago  days since it was submitted and asked, and since it was published
    reaction            what the submitter says of it
    outcome, came       what the House did at the vote, and by agency what came of the estimate since
    """

    dossier: str
    paper: str | None
    title: str
    text: str
    submitter: str
    asked: tuple[str, ...] = ()
    answers: Mapping[str, Mapping[str, Any] | str] | None = None
    handed_in: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    close: str | None = None
    publish: bool = False
    days: int | None = None
    confidential: bool = False
    withdraw: str | None = None
    kind: str = "amendement"
    replaces: str | None = None
    ago: int = 4
    published_ago: int = 0
    reaction: str | None = None
    outcome: OutcomeKind | None = None
    came: Mapping[str, Came] | None = None


_LIGHT = {
    "raakt": "ja",
    "gevolgen": "Wij passen een bedrag en twee brieven aan. De beslissing blijft hetzelfde.",
    "omvang": {"laag": 4000, "hoog": 6000},
    "aannames": "Wij gaan uit van het aantal aanvragen van vorig jaar.",
    "it-aanpassing": "parameter",
    "it-planning": "ja",
    "it-release": "2027-1",
    "gegevens-nodig": "nee",
    "extra-werk": "past",
    "fte-jaarlijks": 0,
    "fte-eenmalig": 0.5,
    "datum-haalbaar": "ja",
    "kosten-eenmalig": 60000,
    "kosten-jaarlijks": 0,
    "handhaafbaar": "ja",
    "oordeel": "uitvoerbaar",
}
_HEAVY = {
    "raakt": "ja",
    "gevolgen": "Wij moeten elke maand het inkomen van iedere ontvanger opnieuw bekijken. Nu doen wij dat een keer per jaar.",
    "omvang": {"laag": 30000, "hoog": 45000},
    "aannames": "Wij gaan uit van 37.000 ontvangers en van de gegevens die wij nu al krijgen.",
    "it-aanpassing": "nieuw-systeem",
    "it-planning": "later-jaar",
    "it-release": "2028-1",
    "gegevens-nodig": "nieuwe-koppeling",
    "gegevens-partners": "Belastingdienst",
    "gegevens-grondslag": "besluit-of-regeling",
    "extra-werk": "extra-mensen",
    "fte-jaarlijks": {"laag": 14, "hoog": 22},
    "fte-eenmalig": {"laag": 6, "hoog": 9},
    "datum-haalbaar": "later",
    "haalbaar-vanaf": "2028-07-01",
    "prijs-van-de-datum": "Op 1 januari 2027 kan het alleen met een half jaar handwerk. Mensen wachten dan langer.",
    "kosten-eenmalig": {"laag": 9000000, "hoog": 14000000},
    "kosten-jaarlijks": {"laag": 2500000, "hoog": 3100000},
    "handhaafbaar": "deels",
    "oordeel": "uitvoerbaar-mits",
    "voorwaarden": "De ingangsdatum wordt 1 juli 2028.\nDe grondslag voor het delen van inkomensgegevens staat in de wet.",
    "alternatief": "Vervang «1 januari 2027» door «1 juli 2028», en «maandelijks» door «jaarlijks».",
}
_MIDDLE = _LIGHT | {
    "gevolgen": "Wij moeten een nieuwe regel toepassen bij elke aanvraag en onze mensen daarvoor opleiden.",
    "it-aanpassing": "opbouw",
    "it-planning": "ander-werk-opschuiven",
    "extra-werk": "extra-mensen",
    "fte-jaarlijks": {"laag": 20, "hoog": 38},
    "fte-eenmalig": 4,
    "kosten-eenmalig": {"laag": 400000, "hoog": 900000},
    "kosten-jaarlijks": {"laag": 1500000, "hoog": 2800000},
    "datum-haalbaar": "met-concessies",
    "prijs-van-de-datum": "De eerste maanden duurt een beslissing twee weken langer.",
}

_TIGHT = _MIDDLE | {"it-release": "2027-2"}

# Amendments to one bill that are voted on together, and one that was changed: for versions and stacking.
_SCHOOLING: tuple[_Story, ...] = (
    _Story(
        dossier="99010",
        paper="6",
        title=_SCHOOLING_TITLE,
        submitter="Ter Voorbeeld",
        text=_text(
            "6",
            "AMENDEMENT",
            "Ter Voorbeeld",
            "I\n\nIn artikel I, onderdeel A, wordt in artikel 76 van de Werkloosheidswet «acht weken» vervangen door «twintig "
            "weken».\n\nII\n\nIn artikel IV wordt «1 juli 2027» vervangen door «1 januari 2027».",
            "Mensen met een uitkering van het UWV mogen langer een opleiding volgen.",
        ),
        asked=("uwv",),
        answers={"uwv": _HEAVY},
        publish=True,
        days=8,
        ago=9,
        published_ago=6,
    ),
    _Story(
        dossier="99010",
        paper="12",
        title=_SCHOOLING_TITLE,
        submitter="Denkbeeldig",
        text=_text(
            "12",
            "AMENDEMENT",
            "Denkbeeldig",
            "In artikel I, onderdeel C, wordt in artikel 35 van de Werkloosheidswet «maandelijks» vervangen door «wekelijks».",
            "Het UWV betaalt de uitkering tijdens een opleiding elke week.",
        ),
        asked=("uwv", "svb"),
        answers={"uwv": _TIGHT, "svb": _LIGHT},
        publish=True,
        days=8,
    ),
    _Story(
        dossier="99010",
        paper="11",
        title=_SCHOOLING_TITLE,
        submitter="Ter Voorbeeld",
        kind="gewijzigd amendement",
        replaces="6",
        text=_text(
            "11",
            "GEWIJZIGD AMENDEMENT",
            "Ter Voorbeeld",
            "I\n\nIn artikel I, onderdeel A, wordt in artikel 76 van de Werkloosheidswet «acht weken» vervangen door «zestien "
            "weken».\n\nII\n\nIn artikel IV wordt «1 juli 2027» vervangen door «1 oktober 2027».",
            "Mensen met een uitkering van het UWV mogen langer een opleiding volgen. De ingangsdatum is een half jaar later.",
        ),
        asked=("uwv",),
        answers={"uwv": _TIGHT},
        publish=True,
        days=8,
    ),
    _Story(
        dossier="99010",
        paper="9",
        title=_SCHOOLING_TITLE,
        submitter="Denkbeeldig",
        text=_text(
            "9",
            "AMENDEMENT",
            "Denkbeeldig",
            "In artikel II, onderdeel A, wordt in artikel 31, tweede lid, van de Participatiewet «een jaar» vervangen door «twee "
            "jaar».",
            "Gemeenten laten een vergoeding voor een opleiding twee jaar buiten de bijstand.",
        ),
        asked=("gemeenten",),
        answers={"gemeenten": _LIGHT},
        days=8,
        ago=7,
    ),
    _Story(
        dossier="99010",
        paper="15",
        title=_SCHOOLING_TITLE,
        submitter="Ter Voorbeeld",
        kind="subamendement",
        text=_text(
            "15",
            "SUBAMENDEMENT",
            "Ter Voorbeeld",
            "In artikel I, onderdeel C, wordt in artikel 35 van de Werkloosheidswet «wekelijks» vervangen door «tweewekelijks».",
            "Om de week is genoeg.",
        ),
        asked=("uwv",),
        answers={"uwv": _LIGHT},
        publish=True,
        days=8,
    ),
    _Story(
        dossier="99010",
        paper="18",
        title=_SCHOOLING_TITLE,
        submitter="Denkbeeldig",
        kind="gewijzigd amendement",
        replaces="9",
        text=_text(
            "18",
            "GEWIJZIGD AMENDEMENT",
            "Denkbeeldig",
            "In artikel II, onderdeel A, wordt in artikel 31, tweede lid, van de Participatiewet «een jaar» vervangen door "
            "«achttien maanden».",
            "Gemeenten laten een vergoeding voor een opleiding anderhalf jaar buiten de bijstand.",
        ),
        asked=("gemeenten",),
        days=8,
    ),
)

STORIES: tuple[_Story, ...] = (
    _Story(
        dossier="99012",
        paper="5",
        title="Wijziging van de Werkloosheidswet in verband met brieven (Wet voorbeeld begrijpelijke brieven)",
        submitter="Denkbeeldig",
        text=_text(
            "5",
            "AMENDEMENT",
            "Denkbeeldig",
            "In artikel I, onderdeel A, wordt in artikel 25 van de Werkloosheidswet «vier weken» vervangen door «zes weken».",
            "Mensen krijgen langer de tijd om het UWV iets door te geven.",
        ),
        asked=("uwv", "svb"),
        answers={"uwv": _MIDDLE, "svb": _LIGHT},
        publish=True,
        days=-394,
        ago=400,
        published_ago=397,
        outcome=OutcomeKind.ADOPTED,
        came={
            "uwv": Came(
                costs_once=1_150_000,
                costs_yearly=1_900_000,
                fte_yearly=Decimal("31.5"),
                levels={"it-systemen": 2, "gegevensuitwisseling": 0, "personeel": 2, "tijdlijn": 2},
                explanation="Het aanpassen van de brieven kostte meer dan wij dachten: er waren 40 brieven in plaats van 25. "
                "De kosten per jaar vielen binnen de schatting.",
            )
        },
    ),
    *_SCHOOLING,
    _Story(
        dossier="99001",
        paper="14",
        title=_CARE_TITLE,
        submitter="Ter Voorbeeld",
        text=_text(
            "14",
            "AMENDEMENT",
            "Ter Voorbeeld",
            "I\n\nIn artikel I, onderdeel B, wordt artikel 22a van de Participatiewet als volgt gewijzigd:\n\n"
            "1. In het tweede lid wordt «jaarlijks» vervangen door «maandelijks».\n\n"
            "2. Er wordt een lid toegevoegd, luidende:\n\n5. Het college van burgemeester en wethouders laat het inkomen "
            "van de mantelzorger buiten beschouwing.\n\nII\n\nIn artikel II wordt na artikel 9 van de Algemene Ouderdomswet "
            "een artikel ingevoegd, luidende:\n\nArtikel 9c\n\nDe Sociale verzekeringsbank kent aan de mantelzorger "
            "ambtshalve een toeslag toe met ingang van 1 januari 2027.",
            "Mantelzorgers vragen de toeslag nu zelf aan. Dit amendement regelt dat de Sociale verzekeringsbank de toeslag "
            "vanzelf toekent. Gemeenten laten het inkomen van de mantelzorger buiten beschouwing.",
        ),
        asked=("svb", "gemeenten", "uwv", "dienst-toeslagen"),
        answers={"svb": _HEAVY, "gemeenten": _MIDDLE, "uwv": "geen-gevolgen"},
        close="De stemming is dinsdag. Dienst Toeslagen kon niet op tijd antwoorden.",
        publish=True,
        days=6,
        reaction="Mantelzorgers wachten al jaren. Wij kiezen daarom bewust voor 1 januari 2027, en praten graag verder over "
        "het alternatief van de SVB.",
    ),
    _Story(
        dossier="99001",
        paper="17",
        title=_CARE_TITLE,
        submitter="Denkbeeldig",
        text=_text(
            "17",
            "AMENDEMENT",
            "Denkbeeldig",
            "In artikel I, onderdeel C, wordt in artikel 31, tweede lid, van de Participatiewet «1 januari» vervangen "
            "door «1 april».",
            "Gemeenten kijken dan naar het inkomen op 1 april. Dat sluit beter aan bij de aangifte.",
        ),
        asked=("gemeenten", "belastingdienst"),
        answers={"gemeenten": _LIGHT},
        handed_in=("belastingdienst",),
        days=6,
    ),
    _Story(
        dossier="99004",
        paper="22",
        title=_COUNTER_TITLE,
        submitter="Ter Voorbeeld",
        text=_text(
            "22",
            "AMENDEMENT",
            "Ter Voorbeeld",
            "In artikel I, onderdeel D, wordt in artikel 35 van de Werkloosheidswet na «schriftelijk» ingevoegd: of langs "
            "elektronische weg.",
            "Het UWV neemt aanvragen ook digitaal in behandeling.",
        ),
        asked=("uwv",),
        drafts=("uwv",),
        days=9,
    ),
    _Story(
        dossier="99004",
        paper="8",
        title=_COUNTER_TITLE,
        submitter="Denkbeeldig",
        text=_text(
            "8",
            "AMENDEMENT",
            "Denkbeeldig",
            "In artikel I, onderdeel A, wordt in artikel 16 van de Werkloosheidswet «acht weken» vervangen door «zes weken».",
            "Mensen weten dan eerder of zij een uitkering van het UWV krijgen.",
        ),
        asked=("uwv",),
        answers={"uwv": _MIDDLE},
        days=6,
    ),
    _Story(
        dossier="99004",
        paper="23",
        title=_COUNTER_TITLE,
        submitter="Ter Voorbeeld",
        text=_text(
            "23",
            "AMENDEMENT",
            "Ter Voorbeeld",
            "In artikel VI wordt «vijf jaar» vervangen door «drie jaar».",
            "De evaluatie van deze wet komt twee jaar eerder.",
        ),
        days=9,
    ),
    _Story(
        dossier="99007",
        paper=None,
        title="Wijziging van de Wet langdurige zorg in verband met de eigen bijdrage (Wet voorbeeld eigen bijdrage)",
        submitter="Denkbeeldig",
        text=(
            "AMENDEMENT VAN HET LID DENKBEELDIG\n\nDe ondergetekende stelt het volgende amendement voor:\n\nIn artikel I, "
            "onderdeel B, wordt artikel 3.2.5 van de Wet langdurige zorg gewijzigd: het CAK stelt de eigen bijdrage "
            "elk kwartaal opnieuw vast.\n\nToelichting\n\nDe bijdrage volgt zo sneller het inkomen.\n\nDenkbeeldig\n"
        ),
        asked=("cak",),
        confidential=True,
    ),
    _Story(
        dossier="99001",
        paper="9",
        title=_CARE_TITLE,
        submitter="Ter Voorbeeld",
        text=_text(
            "9",
            "AMENDEMENT",
            "Ter Voorbeeld",
            "In artikel I, onderdeel B, vervalt artikel 22a, derde lid, van de Participatiewet.",
            "Dit lid is niet meer nodig.",
        ),
        withdraw="De indieners werken verder aan nummer 14.",
    ),
)


def fill(desk: Desk, watched: Callable[[Sequence[_Story]], Iterable[_Story]] = iter) -> bool:
    """Fill an empty database; False, and nothing done, when anybody or anything is in it already.

    watched  gives the stories back one by one, so that somebody can see how far it is
    """
    with desk.reading() as work:
        if work.people.every():
            return False
    signing_keys.ensure(desk)
    actors: dict[tuple[Role, str | None], Actor] = {}
    submitters: list[Actor] = []
    for name, role, agency in PEOPLE:
        email = f"{name.lower().replace(' ', '').replace('.', '-')}@voorbeeld.example"
        person = accounts.add_person(desk, SERVICE, name=name, email=email, roles=frozenset({role}), agency=agency)
        actors.setdefault((role, agency), actor_of_person(person))
        if role is Role.SUBMITTER:
            submitters.append(actor_of_person(person))
    for story in watched(STORIES):
        _tell(desk, story, submitters[0 if "Voorbeeld" in story.submitter else 1], actors)
    return True


def _tell(desk: Desk, story: _Story, submitter: Actor, actors: Mapping[tuple[Role, str | None], Actor]) -> None:
    now = desk.now()
    asked_at = now - timedelta(days=story.ago)
    earlier = replace(desk, now=lambda: asked_at, today=asked_at.date)
    coordinator = actors[Role.COORDINATOR, None]
    amendment = Amendment(
        text=story.text,
        title=story.title,
        dossier_number=story.dossier,
        paper_number=story.paper,
        kind=story.kind,
        received=earlier.today(),
        replaces=story.replaces,
        submitters=(
            Submitter(
                name=story.submitter, party="Fractie Aurora" if "Voorbeeld" in story.submitter else "Fractie Bries"
            ),
        ),
    )
    command = SubmitScan(amendment=amendment, vote=_vote(now, story.days), confidential=story.confidential)
    scan = submitting.submit_scan(earlier, submitter, command)
    if story.withdraw:
        submitting.withdraw_scan(earlier, submitter, scan.id, None, story.withdraw)
        return
    if not story.asked:
        return
    changed = set(story.asked) != set(scan.routing.asked)
    coordinating.confirm_routing(
        earlier,
        coordinator,
        scan.id,
        None,
        story.asked,
        explanation="De coördinator vulde het voorstel aan met organisaties die de gegevens leveren."
        if changed
        else None,
    )
    for code, answer in (story.answers or {}).items():
        _answer(earlier, scan.id, code, answer, actors, approve=True)
    for code in story.handed_in:
        _answer(earlier, scan.id, code, _MIDDLE, actors, approve=False)
    for code in story.drafts:
        values = dict(list(_LIGHT.items())[:6])
        answering.save_answers(earlier, actors[Role.RESPONDENT, code], f"{scan.id}-{code}", None, values, {})
    if story.close:
        coordinating.close_round(desk, coordinator, scan.id, None, story.close)
    if story.publish:
        on_time = replace(desk, now=lambda: now - timedelta(days=story.published_ago))
        if story.reaction:
            reacting.react(on_time, submitter, scan.id, None, story.reaction)
        publishing.publish(on_time, coordinator, scan.id, None)
    if story.outcome and command.vote:
        source = "Stemmingsuitslag (demonstratie)"
        outcomes.record_outcome(desk, coordinator, scan.id, None, story.outcome, command.vote, source)
        looking_back.sweep(desk, now)
    for code, came in (story.came or {}).items():
        identifier = f"{scan.id}-{code}"
        looking_back.hand_in(desk, actors[Role.RESPONDENT, code], identifier, None, came)
        looking_back.approve(desk, actors[Role.APPROVER, code], identifier, None)


def _answer(
    desk: Desk,
    scan: str,
    code: str,
    answer: Mapping[str, Any] | str,
    actors: Mapping[tuple[Role, str | None], Actor],
    *,
    approve: bool,
) -> None:
    respondent, identifier = actors[Role.RESPONDENT, code], f"{scan}-{code}"
    if isinstance(answer, str):
        reason = "Onze uitkeringen veranderen hierdoor niet, en wij leveren geen andere gegevens."
        answering.hand_in_no_impact(desk, respondent, identifier, None, reason)
    else:
        values = _fitting(desk, AgencyCode(code), answer)
        answering.save_answers(desk, respondent, identifier, None, values, {})
        answering.hand_in(desk, respondent, identifier, None)
    if approve:
        answering.approve(desk, actors[Role.APPROVER, code], identifier, None)


def _fitting(desk: Desk, code: AgencyCode, answer: Mapping[str, Any]) -> dict[str, Any]:
    """The answers, with "onbekend" for what this agency's own questionnaire asks on top of the basis."""
    rubric = desk.library.for_agency(code)
    values, _ = only_visible(rubric, answer, {})
    while True:
        try:
            read_answers(rubric, values, {}, complete=True)
            return values
        except InvalidInput as error:
            unanswered = [problem.question for problem in error.problems if problem.question not in values]
            if not unanswered:
                raise
            values |= {code: "onbekend" for code in unanswered if code is not None}


def _vote(now: datetime, days: int | None) -> datetime | None:
    """A vote at four in the afternoon, UTC+1 or thereabouts: in a demonstration the exact hour does not matter."""
    if days is None:
        return None
    return (now + timedelta(days=days)).replace(hour=15, minute=0, second=0, microsecond=0)
