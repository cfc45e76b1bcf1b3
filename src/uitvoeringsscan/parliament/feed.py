"""The SyncFeed: one page of changes, each entry the whole of one entity as it is now, or the word that it is gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Category(StrEnum):
    """The entities that are followed, in the order in which they are polled: cases first, so that what hangs on a case
    finds it known."""

    CASE = "Zaak"
    CASE_ACTOR = "ZaakActor"
    DOCUMENT = "Document"
    AGENDA_ITEM = "Agendapunt"
    ACTIVITY = "Activiteit"
    DECISION = "Besluit"
    VOTE = "Stemming"


HANGS_ON: dict[Category, tuple[str, ...]] = {
    Category.CASE: ("vervangenVanuit",),
    Category.CASE_ACTOR: ("zaak",),
    Category.DOCUMENT: ("zaak",),
    Category.AGENDA_ITEM: (),
    Category.ACTIVITY: ("vervangenVanuit",),
    Category.DECISION: ("zaak",),
    Category.VOTE: ("besluit",),
}
"""The references that say whose case changes. Not all do: a whole voting day hangs on one activity, and a motion on that day
is no reason to read its amendments anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """
    id       of the entity, a GUID in lower case
    token    where the feed goes on after this entry
    at       when the change came into the feed
    deleted  the entity is gone; then there are no fields and no refs
    fields   name -> text, names as in the feed (`soort`, `nummer`); what is nil is left out
    refs     name -> ids of entities that it points at
    """

    id: str
    token: int
    at: datetime | None = None
    deleted: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)
    refs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def concerns(self, category: Category) -> set[str]:
        """The entities whose case changes with this one: itself, and what it hangs on."""
        return {self.id, *(one for name in HANGS_ON[category] for one in self.refs.get(name, ()))}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPage:
    """
    entries     in the order of the feed
    token       where to go on; None where the feed says nothing about it: then the place stays
    caught_up   there is nothing after this page now
    tag         the validator with which the same page can be asked for only if it changed
    unreadable  what stood there and could not be read, one line each
    """

    entries: tuple[Entry, ...] = ()
    token: int | None = None
    caught_up: bool = False
    tag: str | None = None
    unreadable: tuple[str, ...] = ()
