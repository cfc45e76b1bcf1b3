"""Choosing mail, turning it off from a mail, and other systems that get events: as a browser without script has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
from starlette.testclient import TestClient

from tests.support.receiver import ReceiverThere, receiver, signature_holds
from tests.support.site import forms
from uitvoeringsscan.adapters.webhooks import Webhooks
from uitvoeringsscan.identifiers import PersonId
from uitvoeringsscan.notices.kinds import EVERYTHING, OPTIONAL, Kind
from uitvoeringsscan.use_cases import mailing, telling, webhooks
from uitvoeringsscan.use_cases.ports import JournalFilter
from uitvoeringsscan.use_cases.ports_outside import MailRefused

if TYPE_CHECKING:
    from conftest import Parliament


@pytest.fixture
def there(parliament: Parliament) -> Iterator[ReceiverThere]:
    site = parliament.app.state.site
    parliament.app.state.site = replace(site, desk=replace(site.desk, post=Webhooks(["127.0.0.1"])))
    with receiver() as found:
        yield found


@dataclass
class Refusing:
    def send(self, letter: Any, at: Any) -> None:
        raise MailRefused("550 5.1.1 <script>bestaat niet</script>")


def tell(parliament: Parliament, **desk: Any) -> None:
    """Announce everything that the demonstration did, and send what it leads to."""
    used = replace(parliament.desk, **desk)
    with used.reading() as work:
        lines = [line for line in work.journal.page(JournalFilter(), None, 500) if line.event in telling.ANNOUNCED]
    for line in reversed(lines):
        telling.announce(used, "", {"sequence": line.sequence})
    with used.reading() as work:
        waiting = [one for person in work.people.every() for one in work.notices.waiting(person.id)]
    for moment in sorted({one.send_at for one in waiting}):
        telling.sweep(used, moment)
    with used.reading() as work:
        mails = [mail for person in work.people.every() for mail in work.mails.of_person(person.id, 9)]
    for mail in mails:
        mailing.deliver(used, "", {"mail": mail.id})


# --- choosing ---


def test_somebody_chooses_what_they_get_and_sees_what_was_told(parliament: Parliament) -> None:
    tell(parliament)
    site = parliament.site("V. Vaststeller")
    page = site.get("/mijn-account/berichten")
    assert "Uw organisatie is gevraagd om te reageren." in page.text
    assert re.search(r'href="/uitvragen/2026-\d+-uwv', page.text)
    offered = {value for form in forms(page) for name, value in form["fields"] if name == "bericht"}
    assert Kind.COMMENT.value in offered
    assert Kind.ALL_IN.value not in offered, "that is the coordinator's"
    site.send("/mijn-account/berichten", {"bericht": [Kind.COMMENT.value]})
    assert site.page is not None
    assert site.page.text.count(" checked") == 1
    muted = mailing.correspondence(parliament.desk, PersonId(parliament.person("V. Vaststeller"))).mailbox.muted
    assert muted == {kind for kind in OPTIONAL if kind.value in offered} - {Kind.COMMENT}


def test_pages_of_a_notice_are_there_for_who_gets_it(parliament: Parliament) -> None:
    """Every link in every notice of the demonstration opens, for that person."""
    tell(parliament)
    with parliament.desk.reading() as work:
        people = [person for person in work.people.every() if person.active]
        notices = {person: work.notices.of_person(person.id, 200) for person in people}
    seen: set[Kind] = set()
    for person, found in notices.items():
        chosen = {(notice.kind, notice.scan): notice for notice in found}
        if not chosen:
            continue
        site = parliament.site(person.name)
        for notice in list(chosen.values())[:12]:
            page = site.get(notice.place)
            assert (page.status_code, page.url.path) == (200, notice.place.partition("#")[0].partition("?")[0]), notice
            anchor = notice.place.partition("#")[2]
            assert not anchor or f'id="{anchor}"' in page.text, notice
            seen.add(notice.kind)
    assert seen >= {Kind.ASKED, Kind.SUBMITTED, Kind.TO_APPROVE, Kind.CONFIRMED, Kind.PUBLISHED}


def test_a_refused_address_is_shown_to_its_owner_and_to_the_administrator(parliament: Parliament) -> None:
    tell(parliament, mailer=Refusing())
    person = parliament.person("C. de Planner")
    admin = parliament.site("B. Beheerder")
    assert "mail geweigerd" in admin.get("/beheer").text
    page = admin.get(f"/beheer/mensen/{person}")
    assert "550 5.1.1 &lt;script&gt;" in page.text
    own = parliament.site("C. de Planner")
    assert "Uw mail komt niet aan" in own.get("/mijn-account/berichten").text
    own.send("/mijn-account/berichten/opnieuw")
    assert "Uw mail komt niet aan" not in own.get("/mijn-account/berichten").text
    assert "Mail aan dit adres is geweigerd" not in admin.get(f"/beheer/mensen/{person}").text
    other = parliament.person("U. Werker")
    admin.get(f"/beheer/mensen/{other}")
    admin.send(f"/beheer/mensen/{other}/adres")
    assert mailing.correspondence(parliament.desk, PersonId(other)).mailbox.refused is None


# --- turning off, from a mail ---


def test_a_link_in_a_mail_asks_first_and_then_turns_off(parliament: Parliament) -> None:
    person = PersonId(parliament.person("U. Werker"))
    path = mailing.turn_off_path(parliament.desk, person, Kind.COMMENT.value)
    site = parliament.site()
    page = site.get(path)
    assert "Geen mail meer?" in page.text
    assert mailing.correspondence(parliament.desk, person).mailbox.muted == frozenset()
    site.send(path)
    assert site.page is not None
    assert "U bent afgemeld" in site.page.text
    assert mailing.correspondence(parliament.desk, person).mailbox.muted == {Kind.COMMENT}


def test_a_mail_program_turns_off_in_one_click(parliament: Parliament) -> None:
    """RFC 8058: a POST from nowhere in particular, without a cookie, an origin or a token of a form."""
    person = PersonId(parliament.person("U. Werker"))
    path = mailing.turn_off_path(parliament.desk, person, EVERYTHING)
    answer = TestClient(parliament.app, base_url="http://testserver", follow_redirects=False).post(
        path, content=b"List-Unsubscribe=One-Click", headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 200
    assert mailing.correspondence(parliament.desk, person).mailbox.muted == set(OPTIONAL)


def test_a_link_that_was_not_made_here_opens_nothing(parliament: Parliament) -> None:
    person = parliament.person("U. Werker")
    site = parliament.site()
    made = mailing.turn_off_path(parliament.desk, PersonId(person), Kind.COMMENT.value)
    for path in (made[:-1] + ("0" if made[-1] != "0" else "1"), made.replace("opmerking", "gevraagd"), f"{made}x"):
        assert site.get(path).status_code == 404
        assert site.client.post(path).status_code == 404


# --- other systems ---


def test_a_receiver_from_beginning_to_end(
    parliament: Parliament, there: ReceiverThere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "PAGE", 20)
    site = parliament.site("C. de Planner")
    site.get("/ontvangers")
    page = site.send("/ontvangers", {"naam": "<b>Griffie</b>", "adres": there.url})
    assert page.status_code == 200
    (secret,) = re.findall(r"whsec_[A-Za-z0-9+/=]{44}", page.text)
    assert "&lt;b&gt;Griffie&lt;/b&gt;" in page.text
    (path,) = set(re.findall(r'formaction="(/ontvangers/[^/"]+)/proef"', page.text))
    assert secret not in site.get(path).text
    csrf = {"csrf": next(value for form in forms(site.get(path)) for name, value in form["fields"] if name == "csrf")}

    page = site.client.post(f"{path}/proef", data=csrf)
    assert "Het proefbericht is aangenomen" in page.text
    assert signature_holds(there.got[0], secret)
    there.answers = [503]
    page = site.client.post(f"{path}/proef", data=csrf)
    assert "Het proefbericht is niet aangenomen" in page.text
    assert "503" in page.text

    page = site.client.post(f"{path}/pauzeren", data=csrf)
    assert "Gepauzeerd" in page.text
    assert "Hervat" in page.text
    page = site.client.post(f"{path}/hervatten", data=csrf)
    assert "Pauzeer" in page.text

    site.get(path)
    page = site.send(f"{path}/opnieuw", {"dag": "1 januari 2020", "tijd": ""})
    assert page.status_code == 200
    count = int(re.findall(r"Het gaat om (\d+) gebeurtenissen", page.text)[0])
    desk = parliament.app.state.site.desk
    assert count > 20
    webhooks.sweep(desk, desk.now())
    identifier = path.rsplit("/", 1)[1]
    with desk.reading() as work:
        waiting = work.deliveries.unfinished(identifier)
    for delivery in waiting:
        webhooks.deliver(desk, "", {"delivery": delivery.id})
    assert len(there.ids) == count + 1  # and the test that was taken
    page = site.get(path)
    assert page.text.count("Verstuur opnieuw<span") == 20
    assert "Oudere bezorgingen" in page.text
    numbers = set()
    while following := re.findall(r'href="([^"]+)">Oudere bezorgingen', page.text):
        numbers |= set(re.findall(r"\(nr\. (\d+)\)", page.text))
        page = site.get(following[0])
    numbers |= set(re.findall(r"\(nr\. (\d+)\)", page.text))
    assert numbers == {str(number) for number in range(1, count + 1)}

    new = re.findall(r"whsec_[A-Za-z0-9+/=]{44}", site.client.post(f"{path}/geheim", data=csrf).text)
    assert new
    assert new != [secret]
    page = site.client.post(f"{path}/verwijderen", data=csrf)
    assert page.url.path == "/ontvangers"
    assert "Er zijn nog geen ontvangers." in page.text
    assert site.get(path).status_code == 404


@pytest.mark.parametrize("day", ["", "gisteren", "31 februari 2026"])
def test_a_moment_that_cannot_be_read_is_said_beside_the_field(
    parliament: Parliament, there: ReceiverThere, day: str
) -> None:
    made, _ = webhooks.add(
        parliament.app.state.site.desk, _coordinator(parliament), name="Griffie", url=there.url, types=()
    )
    site = parliament.site("B. Beheerder")
    site.get(f"/ontvangers/{made.id}")
    page = site.send(f"/ontvangers/{made.id}/opnieuw", {"dag": day})
    assert page.status_code == 400
    assert 'href="#veld-dag"' in page.text


def test_an_address_inside_is_refused_with_words(parliament: Parliament) -> None:
    site = parliament.site("B. Beheerder")
    site.get("/ontvangers")
    page = site.send("/ontvangers", {"naam": "Griffie", "adres": "https://169.254.169.254/latest/meta-data"})
    assert page.status_code == 400
    assert "afgesloten netwerk" in page.text
    assert 'value="https://169.254.169.254/latest/meta-data"' in page.text


def _coordinator(parliament: Parliament) -> Any:
    from uitvoeringsscan.people.people import actor_of_person

    with parliament.desk.reading() as work:
        return next(actor_of_person(one) for one in work.people.every() if one.name == "C. de Planner")
