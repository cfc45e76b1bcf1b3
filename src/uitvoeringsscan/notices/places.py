"""Where a notice leads: the very page, and on it the very question, for the person who gets it."""

from __future__ import annotations

from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.notices.happened import Happened


def of_owner(happened: Happened, agency: AgencyCode | None) -> str:
    return f"/mijn-scans/{happened.scan_id}"


def of_coordinator(happened: Happened, agency: AgencyCode | None) -> str:
    return f"/coordinatie/scans/{happened.scan_id}"


def of_file(happened: Happened, agency: AgencyCode | None) -> str:
    return f"/uitvragen/{happened.scan_id}-{agency}"


def of_signing(happened: Happened, agency: AgencyCode | None) -> str:
    return f"{of_file(happened, agency)}/nakijken#tekenen"


def of_remarks(happened: Happened, agency: AgencyCode | None) -> str:
    """The first question with a remark; the file itself where the remark is on the whole."""
    file = happened.file(agency)
    for code in file.question_remarks if file else ():
        if code in happened.sections:
            return f"{of_file(happened, agency)}/onderdeel/{happened.sections[code]}#veld-{code}"
    return of_file(happened, agency)


def of_task(happened: Happened, agency: AgencyCode | None) -> str:
    section = happened.details.get("section")
    known = section in happened.sections.values()
    return f"{of_file(happened, agency)}/onderdeel/{section}" if known else of_file(happened, agency)


def of_comment(happened: Happened, agency: AgencyCode | None) -> str:
    question = happened.details.get("question")
    found = [one.number for one in happened.comments if one.question == question and one.by.at == happened.at]
    anchor = f"#opmerking-{found[-1]}" if found else ""
    return f"{of_file(happened, agency)}/opmerkingen?vraag={question}{anchor}"


def of_look_back(happened: Happened, agency: AgencyCode | None) -> str:
    return f"/terugblikken/{happened.scan_id}-{agency}"


def of_publication(happened: Happened, agency: AgencyCode | None) -> str:
    return f"/publicaties/{happened.details.get('publication')}"


def of_proposals(happened: Happened, agency: AgencyCode | None) -> str:
    """The list, whichever of them came: so a hundred at once are one thing to look at."""
    return "/coordinatie/kamer"


def of_receiver(happened: Happened, agency: AgencyCode | None) -> str:
    return f"/ontvangers/{happened.details.get('receiver')}"
