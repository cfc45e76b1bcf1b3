"""The ways out as a test sees them: a mailer that keeps letters in its hands, and people who belong to the actors of `desk`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from tests.support.desk import World
from uitvoeringsscan.adapters.webhooks import Webhooks
from uitvoeringsscan.notices.letter import Letter
from uitvoeringsscan.people.people import OF_AN_AGENCY, SERVICE, Person, Role
from uitvoeringsscan.presentation.mail_view import Written, written
from uitvoeringsscan.use_cases import accounts, mailing, telling, webhooks
from uitvoeringsscan.use_cases.ports_outside import MailDelayed, MailRefused

SITE = "https://scan.example"


@dataclass(slots=True)
class KeptMail:
    """Fits `Mailer`. `faults` are raised for the next letters, one by one."""

    letters: list[Letter] = field(default_factory=list)
    faults: list[MailDelayed | MailRefused] = field(default_factory=list)

    def send(self, letter: Letter, at: datetime) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.letters.append(letter)

    def to(self, name: str) -> list[Letter]:
        return [letter for letter in self.letters if letter.name == name]

    @property
    def words(self) -> list[Written]:
        return [written(letter, SITE) for letter in self.letters]


@dataclass(slots=True)
class Outside:
    """A world with people in it and ways out of it."""

    world: World
    mail: KeptMail
    people: dict[str, Person]

    def pass_time(self, **by: float) -> None:
        """Let time pass and the sweeps of mail and webhooks look once, with all work done before and after."""
        self.world.work_off()
        self.world.clock.forward(**by)
        self.look()

    def look(self) -> None:
        self.world.work_off()
        for sweep in (telling.sweep, mailing.sweep, webhooks.sweep):
            sweep(self.world.desk, self.world.clock.at)
        self.world.work_off()


def with_outside(world: World) -> Outside:
    """People with the addresses of `desk`'s actors: one of each role, for uwv, svb and cak, and a second coordinator."""
    mail = KeptMail()
    world.desk = replace(
        world.desk, mailer=mail, post=Webhooks(["127.0.0.1"]), source="urn:nld:voorbeeld.uitvoeringsscan", address=SITE
    )
    people = {}
    for role in Role:
        for agency in ("uwv", "svb", "cak") if role in OF_AN_AGENCY else (None,):
            name = "-".join(filter(None, (role.value, agency)))
            people[name] = _person(world, name, role, agency)
    people["tweede-coordinator"] = _person(world, "tweede-coordinator", Role.COORDINATOR, None)
    world.work_off()
    return Outside(world=world, mail=mail, people=people)


def _person(world: World, name: str, role: Role, agency: str | None) -> Person:
    return accounts.add_person(
        world.desk, SERVICE, name=name, email=f"{name}@voorbeeld.example", roles=frozenset({role}), agency=agency
    )
