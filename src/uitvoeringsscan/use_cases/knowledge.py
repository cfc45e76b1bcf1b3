"""The questionnaire a file was sent with: from this version's library, or from the text that was kept when it was sent."""

from __future__ import annotations

from uitvoeringsscan.identifiers import RubricRef
from uitvoeringsscan.rubrics.loading import load_rubric
from uitvoeringsscan.rubrics.model import Rubric
from uitvoeringsscan.use_cases.ports import Desk, Work


def rubric_of(desk: Desk, work: Work, ref: RubricRef) -> Rubric:
    """The pinned rubric. A deploy that dropped it changes nothing: its bytes were stored when it was sent."""
    for rubric in desk.library:
        if rubric.ref == ref:
            return rubric
    body = work.texts.get(ref.sha256)
    if body is None:
        raise LookupError(f"questionnaire {ref.code} {ref.version} ({ref.sha256}) is neither known nor stored")
    return load_rubric(body)
