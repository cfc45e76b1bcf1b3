"""Every mail, webhook and event of a confidential scan, from its first line to its publication, searched for its words."""

from __future__ import annotations

import json
from datetime import timedelta

from sqlalchemy import select

from tests.support.desk import COORDINATOR, SUBMITTER, TEXT, VOTE, World, approver, file_of, respondent
from tests.support.outside import SITE, with_outside
from tests.support.receiver import receiver
from uitvoeringsscan.adapters.mail import composed
from uitvoeringsscan.amendments.amendment import Submitter
from uitvoeringsscan.notices import kinds
from uitvoeringsscan.notices.cloud_events import to_wire
from uitvoeringsscan.storage import tables
from uitvoeringsscan.use_cases import (
    answering,
    collaborating,
    coordinating,
    public_events,
    rounds,
    submitting,
    vote_moves,
    webhooks,
)

# Words that stand nowhere else: one for each thing somebody typed.
SECRETS = {
    "title": "Zonnebloemwet", "text": "kanarievogel", "submitter": "Boterbloem", "party": "Fractie Pimpelmees",
    "explanation": "waterlelie", "comment": "paardenbloem", "task": "klaproos", "remark": "vergeet-mij-nietje",
    "remark-on-question": "speenkruid", "reason": "madeliefje", "reopened": "korenbloem", "closed": "sneeuwklokje",
    "withdrawn": "hyacint", "answer": "dotterbloem", "dossier": "98765",
}  # fmt: skip


def test_no_word_of_a_confidential_scan_is_in_anything_that_leaves(world: World) -> None:
    outside = with_outside(world)
    desk, secret = world.desk, SECRETS
    with receiver() as there:
        webhooks.add(desk, COORDINATOR, name="Griffie", url=there.url, types=())
        scan = world.submitted(
            confidential=True, paper_number=None, dossier_number=secret["dossier"], title=secret["title"],
            text=TEXT + secret["text"], submitters=(Submitter(name=secret["submitter"], party=secret["party"]),),
        )  # fmt: skip
        coordinating.confirm_routing(
            desk, COORDINATOR, scan, None, ["uwv", "svb", "cak"], explanation=secret["explanation"]
        )
        uwv = file_of(scan, "uwv")
        collaborating.comment(desk, respondent("uwv"), uwv, "raakt", secret["comment"])
        to = outside.people["vaststeller-uwv"].id
        collaborating.give_task(desk, respondent("uwv"), uwv, None, to, secret["task"])
        world.handed_in(scan, "uwv", {"gevolgen": f"Er komt een {secret['answer']}."})
        answering.send_back(desk, approver("uwv"), uwv, None, secret["remark"], {"raakt": secret["remark-on-question"]})
        outside.pass_time(hours=1)
        answering.hand_in_not_ours(desk, respondent("svb"), file_of(scan, "svb"), None, secret["reason"], "cak")
        answering.approve(desk, approver("svb"), file_of(scan, "svb"), None)
        rounds.move_deadline(desk, COORDINATOR, uwv, None, world.clock.at + timedelta(days=2))
        vote_moves.move_vote(desk, COORDINATOR, scan, None, VOTE + timedelta(days=1))
        world.settle(scan, "uwv")
        rounds.reopen(desk, COORDINATOR, uwv, None, secret["reopened"])
        outside.pass_time(hours=1)
        coordinating.close_round(desk, COORDINATOR, scan, None, secret["closed"])
        outside.pass_time(hours=1)
        assert there.got == []
        submitting.withdraw_scan(desk, COORDINATOR, scan, None, secret["withdrawn"])
        outside.pass_time(days=1)
        assert there.got == []

        told = {item.kind for letter in outside.mail.letters for item in letter.items}
        assert told >= {
            kinds.Kind(kind)
            for kind in (
                "ingediend", "gevraagd", "bevestigd", "opmerking", "toegewezen", "vast-te-stellen", "teruggestuurd",
                "niet-voor-ons", "termijn-verzet", "stemming-verzet", "heropend", "ronde-gesloten", "alles-binnen",
                "ingetrokken",
            )
        }, "the story must lead to every kind of mail, or this test says little"  # fmt: skip
        left = [str(composed(letter, world.clock.at, "D <d@dienst.example>", SITE)) for letter in outside.mail.letters]
        left += [part for one in outside.mail.words for part in (one.subject, one.text, one.html)]

        # The next one is disclosed: what then goes out is numbers, as for every open scan.
        scan = world.assessed(
            "uwv", confidential=True, paper_number=None, dossier_number=secret["dossier"], title=secret["title"],
            text=TEXT + secret["text"],
        )  # fmt: skip
        submitting.disclose_scan(desk, SUBMITTER, scan, None, "14")
        outside.pass_time(days=1)
        assert there.got
        left += [got.body.decode() + repr(got.headers) + got.path for got in there.got]
    events, _ = public_events.after(desk, 0, 200)
    left += [json.dumps(to_wire(event, desk.source, desk.address)) for event in events]
    with world.engine.connect() as connection:
        for table in (tables.notices, tables.mails, tables.mailboxes, tables.deliveries, tables.public_events):
            left += [repr(tuple(row)) for row in connection.execute(select(table))]
    everything = "\n".join(left)
    assert len(outside.mail.letters) > 10
    found = {what: word for what, word in SECRETS.items() if word.casefold() in everything.casefold()}
    assert found == {}
