"""Working on one file with several people of one agency: comments beside answers, and who has which part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from uitvoeringsscan.assessments import comments as notes
from uitvoeringsscan.assessments.assessment import Assessment, Signature
from uitvoeringsscan.assessments.comments import Comment
from uitvoeringsscan.assessments.tasks import Task, check_task, colleagues
from uitvoeringsscan.errors import InvalidInput, Problem, WrongState
from uitvoeringsscan.events import CommentClosed, Commented, CommentReopened, TaskGiven
from uitvoeringsscan.identifiers import PersonId, ScanId
from uitvoeringsscan.people.people import Actor, Person
from uitvoeringsscan.people.permissions import Action, may, require
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.use_cases.access import find_assessment
from uitvoeringsscan.use_cases.journal import looking_at_file
from uitvoeringsscan.use_cases.knowledge import rubric_of
from uitvoeringsscan.use_cases.ports import Desk, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What colleagues put around a file."""

    comments: Sequence[Comment]
    tasks: Sequence[Task]
    colleagues: Sequence[Person]

    @property
    def open_comments(self) -> list[Comment]:
        return [comment for comment in self.comments if comment.open]


NOTHING = Around(comments=(), tasks=(), colleagues=())


def around(desk: Desk, actor: Actor, identifier: str) -> Around:
    """For people of the agency. Forbidden for whoever may read the file without being one of them."""
    with looking_at_file(desk, actor, identifier) as (work, _, file, ties):
        require(actor, Action.ANSWER, ties)
        return _around(work, file)


def around_if_ours(desk: Desk, actor: Actor, identifier: str) -> Around:
    """The same for a page: nothing at all for somebody from elsewhere."""
    with looking_at_file(desk, actor, identifier) as (work, _, file, ties):
        return _around(work, file) if may(actor, Action.ANSWER, ties) else NOTHING


def own_tasks(desk: Desk, actor: Actor, scans: Sequence[ScanId]) -> Sequence[Task]:
    """What lies with somebody of the actor's agency, in these scans."""
    if actor.agency is None:
        return ()
    with desk.reading() as work:
        return work.tasks.of_agency(actor.agency, scans) if scans else ()


def comment(desk: Desk, actor: Actor, identifier: str, question: str, text: str) -> Comment:
    """Write something beside a question, for colleagues."""
    words = notes.checked_comment(text)
    with desk.writing() as work:
        file = _ours(work, actor, identifier)
        if question not in rubric_of(desk, work, file.rubric).by_code:
            message = "Deze vraag staat niet in de vragenlijst."
            raise InvalidInput([Problem(code="onbekende-vraag", field="vraag", message=message)])
        made = Comment(
            scan=file.scan,
            agency=file.agency,
            number=len(work.comments.of_file(file.scan, file.agency)) + 1,
            question=question,
            text=words,
            by=_signature(desk, actor),
        )
        work.comments.add(made)
        work.journal.add(actor, Commented(scan=file.scan, agency=file.agency, question=question), desk.now())
    return made


def close_comment(desk: Desk, actor: Actor, identifier: str, number: int, *, closed: bool = True) -> Comment:
    """Mark a comment as done with, or (not `closed`) as open again. Doing so twice changes nothing."""
    with desk.writing() as work:
        file = _ours(work, actor, identifier)
        found = next((c for c in work.comments.of_file(file.scan, file.agency) if c.number == number), None)
        if found is None:
            message = "Deze opmerking is er niet."
            raise InvalidInput([Problem(code="onbekende-opmerking", field="nummer", message=message)])
        if found.open != closed:
            return found
        changed = notes.resolve(found, _signature(desk, actor)) if closed else notes.open_again(found)
        work.comments.save(changed)
        happened = CommentClosed if closed else CommentReopened
        work.journal.add(actor, happened(scan=file.scan, agency=file.agency, question=found.question), desk.now())
    return changed


def give_task(
    desk: Desk, actor: Actor, identifier: str, section: str | None, person: str | None, line: str
) -> Task | None:
    """Put a section (None: the whole file) on a colleague's desk; without a person it is taken back."""
    with desk.writing() as work:
        file = _ours(work, actor, identifier)
        words = check_task(rubric_of(desk, work, file.rubric), section, line)
        if person is None:
            if work.tasks.remove(file.scan, file.agency, section):
                _told(desk, work, actor, file, section, None)
            return None
        to = next((p for p in colleagues(work.people.of_agency(file.agency), file.agency) if p.id == person), None)
        if to is None:
            message = "Kies een collega van uw eigen organisatie."
            raise InvalidInput([Problem(code="onbekende-collega", field="aan", message=message)])
        task = Task(
            scan=file.scan,
            agency=file.agency,
            section=section,
            person=PersonId(to.id),
            name=to.name,
            line=words,
            by=_signature(desk, actor),
        )
        work.tasks.put(task)
        _told(desk, work, actor, file, section, to.name)
    return task


def _around(work: Work, file: Assessment) -> Around:
    return Around(
        comments=work.comments.of_file(file.scan, file.agency),
        tasks=work.tasks.of_file(file.scan, file.agency),
        colleagues=colleagues(work.people.of_agency(file.agency), file.agency),
    )


def _ours(work: Work, actor: Actor, identifier: str) -> Assessment:
    scan, file, ties = find_assessment(work, actor, identifier, lock=True)
    require(actor, Action.ANSWER, ties)
    if scan.state not in (ScanState.IN_ASSESSMENT, ScanState.ASSESSED):
        raise WrongState(f"Dit kan nu niet: de status van deze scan is '{scan.state.value}'.")
    return file


def _told(desk: Desk, work: Work, actor: Actor, file: Assessment, section: str | None, to: str | None) -> None:
    event = TaskGiven(scan=file.scan, agency=file.agency, section=section, to=to)
    work.journal.add(actor, event, desk.now())


def _signature(desk: Desk, actor: Actor) -> Signature:
    return Signature(principal=actor.principal, name=actor.name, at=desk.now())
