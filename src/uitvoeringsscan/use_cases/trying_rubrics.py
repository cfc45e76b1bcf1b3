"""What an author of questionnaires does before releasing one: see it, fill in examples, see the score. Nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence

from uitvoeringsscan.errors import NotFound
from uitvoeringsscan.people.people import Actor
from uitvoeringsscan.people.permissions import Action, require
from uitvoeringsscan.rubrics.document import read_document
from uitvoeringsscan.rubrics.library import Library
from uitvoeringsscan.rubrics.loading import bundle, load_rubric
from uitvoeringsscan.rubrics.model import Rubric
from uitvoeringsscan.rubrics.source import Fault, RubricFaults
from uitvoeringsscan.scoring.examples import Example
from uitvoeringsscan.use_cases.access import known
from uitvoeringsscan.use_cases.ports import Desk

OWN_FILE, BASIS_FILE = "uw bestand", "de basis"


def every_rubric(desk: Desk, actor: Actor) -> Sequence[tuple[Rubric, Sequence[Example]]]:
    """Every questionnaire that there is, with the examples of its authors."""
    _allowed(actor)
    return [(rubric, desk.examples.get(rubric.ref, ())) for rubric in desk.library]


def one_rubric(desk: Desk, actor: Actor, code: str, version: str) -> tuple[Rubric, Sequence[Example]]:
    """Raises NotFound."""
    _allowed(actor)
    rubric = desk.library.get(code, version)
    return rubric, desk.examples.get(rubric.ref, ())


def own_file(desk: Desk, actor: Actor, body: bytes) -> Rubric:
    """A file that is not released yet, with the released questionnaire that it extends, if any.

    Raises RubricFaults with every fault, also those that it would bring among the other questionnaires.
    """
    _allowed(actor)
    file = read_document(OWN_FILE, body)
    extends = file.document.extends
    if extends is None:
        rubric = load_rubric(body, [OWN_FILE])
    else:
        try:
            base = desk.library.get(extends.code, extends.version)
        except NotFound as error:
            line = file.source.line(("breidtUit",))
            raise RubricFaults([Fault(OWN_FILE, line, "", f"'breidtUit': {error.message}")]) from error
        rubric = load_rubric(bundle(base.source, body), [BASIS_FILE, OWN_FILE])
    others = [one for one in desk.library if (one.ref.code, one.ref.version) != (rubric.ref.code, rubric.ref.version)]
    Library.of([*others, rubric])
    return rubric


def _allowed(actor: Actor) -> None:
    known(actor)
    require(actor, Action.TRY_RUBRIC)
