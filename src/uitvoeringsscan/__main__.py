"""The command line. Names of commands are English (operators type them); what people read is Dutch.

Each command imports what it needs when it runs, so that reading an amendment never waits for a web server to load.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from uitvoeringsscan import __version__
from uitvoeringsscan.errors import DomainError, InvalidInput

if TYPE_CHECKING:
    from uitvoeringsscan.use_cases.ports import Desk

USAGE_ERROR = 2
TRY_LATER = 75


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 when all went well, 1 when not, 2 when the command itself is wrong."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except InvalidInput as error:
        for problem in error.problems:
            print(f"{problem.field or problem.question or '-'}: {problem.message}", file=sys.stderr)
        return 1
    except DomainError as error:
        print(error.message, file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="uitvoeringsscan", description="Uitvoeringsscan op amendementen.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="start de website en de API")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--workers", type=int, default=1)
    serve.set_defaults(run=_serve)

    commands.add_parser("worker", help="doe het werk op de achtergrond: mail, webhooks, termijnen").set_defaults(
        run=_worker
    )
    commands.add_parser("migrate", help="breng de database naar het nieuwste schema").set_defaults(run=_migrate)
    backup = commands.add_parser("backup", help="maak een kopie van de hele database, terwijl de dienst doorgaat")
    backup.add_argument("file", type=Path)
    backup.set_defaults(run=_backup)
    restore = commands.add_parser("restore", help="zet een kopie terug in een lege database, en reken alles na")
    restore.add_argument("file", type=Path)
    restore.set_defaults(run=_restore)
    commands.add_parser("demo", help="vul een lege database met een demonstratie").set_defaults(run=_demo)

    for name, explanation, run in (
        ("parse", "lees een amendement", _parse),
        ("route", "zoek wie een amendement moet uitvoeren, met de onderbouwing", _route),
    ):
        reader = commands.add_parser(name, help=explanation)
        reader.add_argument(
            "file", nargs="?", default="-", help="tekst, .docx, .pdf, .odt of .xml; - is standaardinvoer"
        )
        reader.add_argument("--jsonl", action="store_true", help="een JSON-object per regel, in en uit")
        reader.add_argument("--wetsvoorstel", metavar="FILE", help="de tekst van het wetsvoorstel dat wordt gewijzigd")
        reader.add_argument("--title", "--titel", default=None, help="titel van het wetsvoorstel")
        reader.set_defaults(run=run)

    dossiers = commands.add_parser("dossiers", help="wetsvoorstellen").add_subparsers(required=True, metavar="ACTION")
    bill = dossiers.add_parser("wetsvoorstel", help="bewaar de tekst van een wetsvoorstel; de nieuwste telt")
    bill.add_argument("number", metavar="NUMMER", help="36410, of 36410-XV bij een begroting")
    bill.add_argument("file", metavar="FILE", help="tekst, .docx, .pdf, .odt of .xml")
    bill.add_argument("--versie", help="zoals: nota van wijziging 7")
    bill.add_argument("--datum", type=date.fromisoformat, help="dag van die versie, zoals 2026-11-25")
    bill.set_defaults(run=_dossiers_bill)

    routing = commands.add_parser("routing", help="hoe goed voorstellen zijn").add_subparsers(
        required=True, metavar="ACTION"
    )
    review = routing.add_parser("review", help="wat het register kan leren van correcties door de coördinator")
    review.add_argument("--json", action="store_true", help="als JSON, met alle getallen")
    review.add_argument("--least", type=int, default=1, metavar="N", help="alleen wat minstens N keer voorkwam")
    review.set_defaults(run=_routing_review)

    rubrics = commands.add_parser("rubrics", help="controleer vragenlijsten").add_subparsers(
        required=True, metavar="ACTION"
    )
    for name, explanation, run in (
        ("check", "controleer elke vragenlijst en het register", _rubrics_check),
        ("freeze", "leg de controlegetallen van uitgebrachte vragenlijsten vast", _rubrics_freeze),
    ):
        action = rubrics.add_parser(name, help=explanation)
        action.add_argument("directory", nargs="?", type=Path, default=None)
        action.set_defaults(run=run)
    rubrics.add_parser("schema", help="het JSON Schema van een vragenlijst").set_defaults(run=_rubrics_schema)

    people = commands.add_parser("people", help="mensen").add_subparsers(required=True, metavar="ACTION")
    person = people.add_parser("add", help="maak iemand bekend")
    person.add_argument("name")
    person.add_argument("--email", required=True)
    person.add_argument("--role", required=True, action="append", choices=_roles())
    person.add_argument("--agency")
    person.set_defaults(run=_people_add)
    people.add_parser("list", help="wie er bekend is").set_defaults(run=_people_list)
    for name, explanation, run in (
        ("close", "sluit iemands account af; wie is ingelogd, is meteen overal uitgelogd", _people_close),
        ("export", "alles wat onder iemands naam bewaard is, als JSON", _people_export),
        ("erase", "wis iemands naam en adres, als het account is afgesloten", _people_erase),
    ):
        action = people.add_parser(name, help=explanation)
        action.add_argument("email")
        action.set_defaults(run=run)
    handover = people.add_parser("hand-over", help="geef iemands scans en taken aan een collega")
    handover.add_argument("email")
    handover.add_argument("--to", required=True, metavar="EMAIL")
    handover.set_defaults(run=_people_hand_over)

    clients = commands.add_parser("clients", help="machines die de API gebruiken")
    actions = clients.add_subparsers(required=True, metavar="ACTION")
    client = actions.add_parser("add", help="maak een client; drukt zijn geheim eenmaal af")
    client.add_argument("name")
    client.add_argument("--role", required=True, choices=_roles())
    client.add_argument("--agency")
    client.add_argument("--owner", help="e-mailadres van wie ervoor instaat")
    client.add_argument("--expires-days", type=int, metavar="N", help="zoveel dagen geldt zijn geheim")
    client.add_argument(
        "--scope", action="append", choices=_scopes(), help="houd de client aan dit deel van de rol; mag vaker"
    )
    client.set_defaults(run=_clients_add)
    actions.add_parser("list", help="welke clients er zijn").set_defaults(run=_clients_list)
    rotate = actions.add_parser("rotate", help="geef een client een nieuw geheim; het oude werkt meteen niet meer")
    rotate.add_argument("name")
    rotate.add_argument(
        "--expires-days", type=int, metavar="N", help="zoveel dagen geldt het nieuwe; anders als het oude"
    )
    rotate.set_defaults(run=_clients_rotate)
    revoke = actions.add_parser("revoke", help="trek een client in")
    revoke.add_argument("name")
    revoke.set_defaults(run=_clients_revoke)

    keys = commands.add_parser("keys", help="sleutels waarmee publicaties worden ondertekend")
    of_keys = keys.add_subparsers(required=True, metavar="ACTION")
    of_keys.add_parser("list", help="welke sleutels er zijn; de laatste is in gebruik").set_defaults(run=_keys_list)
    of_keys.add_parser(
        "rotate", help="neem een nieuwe sleutel in gebruik; wat al is ondertekend, blijft te controleren"
    ).set_defaults(run=_keys_rotate)

    journal = commands.add_parser("journal", help="het journaal: wie deed wat").add_subparsers(
        required=True, metavar="ACTION"
    )
    chain = journal.add_parser("verify", help="reken na of er niets uit het journaal is gehaald of veranderd")
    chain.add_argument("--head", metavar="SHA256", help="een eerder genoteerd controlegetal, dat erin moet voorkomen")
    chain.set_defaults(run=_journal_verify)
    journal.add_parser("export", help="elke regel als een JSON-object").set_defaults(run=_journal_export)

    mail = commands.add_parser("mail", help="mail die terugkomt").add_subparsers(required=True, metavar="ACTION")
    bounce = mail.add_parser(
        "bounce", help="lees een bezorgmelding van standaardinvoer, en noteer wie geen mail krijgt"
    )
    bounce.add_argument("--maildir", type=Path, metavar="DIR", help="lees alle nieuwe meldingen in deze Maildir")
    bounce.set_defaults(run=_mail_bounce)

    retention = commands.add_parser(
        "retention", help="gooi weg wat lang genoeg bewaard is; de dienst doet dit ook zelf"
    )
    retention.add_argument("--dry-run", action="store_true", help="zeg alleen wat er weg zou gaan")
    retention.set_defaults(run=_retention)

    parliament = commands.add_parser("parliament", help="de open data van de Tweede Kamer").add_subparsers(
        required=True, metavar="ACTION"
    )
    follow = parliament.add_parser("import", help="lees wat er veranderde; een scan begint er nooit vanzelf door")
    follow.add_argument("--once", action="store_true", help="tot alles gelezen is, en stop dan")
    follow.set_defaults(run=_parliament_import)

    publications = commands.add_parser("publications", help="publicaties")
    records = publications.add_subparsers(required=True, metavar="ACTION")
    verify = records.add_parser("verify", help="reken elk controlegetal, de keten en de handtekeningen na")
    verify.add_argument("files", nargs="*", type=Path, metavar="FILE")
    verify.add_argument("--jwks", type=Path, metavar="FILE", help="openbare sleutels, voor de handtekeningen (.jws)")
    verify.set_defaults(run=_publications_verify)
    export = records.add_parser("export", help="schrijf elke publicatie met haar handtekening in een map")
    export.add_argument("directory", type=Path)
    export.set_defaults(run=_publications_export)
    return parser


def _roles() -> list[str]:
    from uitvoeringsscan.people.people import Role

    return [role.value for role in Role]


def _scopes() -> list[str]:
    from uitvoeringsscan.people.people import Scope

    return [scope.value for scope in Scope]


# --- the service -----------------------------------------------------------------------------------------------------


def _serve(options: argparse.Namespace) -> int:
    import uvicorn

    from uitvoeringsscan import bootstrap
    from uitvoeringsscan.adapters.slow_callers import AT_ONCE, Patient
    from uitvoeringsscan.settings import UnsafeSettings

    try:
        settings = bootstrap.settings_from_environment()
        bootstrap.configure_logs(settings)
        bootstrap.prepare(settings)
    except UnsafeSettings as error:
        print(error, file=sys.stderr)
        return 1
    uvicorn.run(
        "uitvoeringsscan.bootstrap:app_from_environment",
        factory=True,
        host=options.host,
        port=options.port,
        workers=options.workers,
        server_header=False,
        access_log=False,
        log_config=None,
        proxy_headers=False,
        timeout_graceful_shutdown=10,
        http=Patient,
        limit_concurrency=AT_ONCE,
    )
    return 0


def _worker(_options: argparse.Namespace) -> int:
    """Works until it is asked to end; then finishes what is under way, or leaves it to another."""
    import signal

    from uitvoeringsscan import bootstrap
    from uitvoeringsscan.settings import UnsafeSettings

    try:
        settings = bootstrap.settings_from_environment()
        bootstrap.configure_logs(settings)
        tracing = bootstrap.make_tracing(settings)
        worker = bootstrap.make_worker(settings, tracing)
    except UnsafeSettings as error:
        print(error, file=sys.stderr)
        return 1
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, lambda *_: worker.ask_to_stop())
    worker.run_alone(tracing.close if tracing else lambda: None)
    return 0


def _migrate(_options: argparse.Namespace) -> int:
    from uitvoeringsscan import bootstrap
    from uitvoeringsscan.storage import schema

    schema.upgrade(bootstrap.settings_from_environment().database_url)
    return 0


def _backup(options: argparse.Namespace) -> int:
    from uitvoeringsscan import bootstrap
    from uitvoeringsscan.storage.copies import CopyRefused, back_up

    try:
        size = back_up(bootstrap.settings_from_environment().database_url, options.file)
    except CopyRefused as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{options.file}: {size} bytes")
    return 0


def _restore(options: argparse.Namespace) -> int:
    """A copy is worth what can be shown of it, so the publications and the journal in it are checked at once."""
    from uitvoeringsscan import bootstrap
    from uitvoeringsscan.storage.copies import CopyRefused, restore

    try:
        restore(bootstrap.settings_from_environment().database_url, options.file)
    except CopyRefused as error:
        print(error, file=sys.stderr)
        return 1
    publications = _publications_verify(argparse.Namespace(files=[], jwks=None))
    return _journal_verify(argparse.Namespace(head=None)) or publications


def _demo(_options: argparse.Namespace) -> int:
    from uitvoeringsscan.adapters.progress import counted
    from uitvoeringsscan.demo import fill

    if not fill(_desk(), lambda stories: counted(stories, "amendementen", len(stories))):
        print("De database is niet leeg: de demonstratie is niet toegevoegd.", file=sys.stderr)
        return 1
    return 0


def _desk() -> Desk:
    """A Desk over the configured database, brought to the newest schema first."""
    from uitvoeringsscan import bootstrap
    from uitvoeringsscan.storage import schema
    from uitvoeringsscan.storage.engine import open_engine

    settings = bootstrap.settings_from_environment()
    schema.upgrade(settings.database_url)
    return bootstrap.make_desk(settings, open_engine(settings.database_url))


# --- reading and routing ---------------------------------------------------------------------------------------------


def _parse(options: argparse.Namespace) -> int:
    return _read(options, _parse_one)


def _route(options: argparse.Namespace) -> int:
    return _read(options, _route_one)


def _parse_one(text: str, title: str | None) -> dict[str, Any]:
    from uitvoeringsscan.amendments import wire
    from uitvoeringsscan.amendments.bill import with_bill
    from uitvoeringsscan.amendments.parsing import parse

    parsed = parse(text, _register().law_index(), title)
    return wire.to_wire(with_bill(parsed, text, _known["bill"]) if "bill" in _known else parsed, text)


def _route_one(text: str, title: str | None) -> dict[str, Any]:
    from uitvoeringsscan.amendments.parsing import parse
    from uitvoeringsscan.routing import wire
    from uitvoeringsscan.routing.matching import propose

    register = _register()
    parsed = parse(text, register.law_index(), title)
    return wire.to_wire(propose(text, title, parsed, register, _known.get("bill")), register)


_known: dict[str, Any] = {}
"""What this process has read: the register, and the table of the bill when one was given."""


def _register() -> Any:
    if "register" not in _known:
        from uitvoeringsscan.adapters.register_files import read_register
        from uitvoeringsscan.resources import rubrics_dir

        _known["register"] = read_register(rubrics_dir() / "register")
    return _known["register"]


Reader = Callable[[str, str | None], dict[str, Any]]


def _read(options: argparse.Namespace, read: Reader) -> int:
    from uitvoeringsscan.adapters.documents import read_document

    if options.wetsvoorstel:
        from uitvoeringsscan.amendments.bill import read_bill

        bill = read_bill(
            read_document(_bytes_of(Path(options.wetsvoorstel)), options.wetsvoorstel), _register().law_index()
        )
        if not bill.articles:
            raise DomainError(f"In {options.wetsvoorstel} lezen we geen artikelen die een wet wijzigen.")
        _known["bill"] = bill
    if options.jsonl:
        return _read_lines(options.file, read)
    data = sys.stdin.buffer.read() if options.file == "-" else _bytes_of(Path(options.file))
    text = read_document(data, None if options.file == "-" else options.file)
    print(json.dumps(read(text, options.title), ensure_ascii=False, indent=2))
    return 0


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: OSError) -> DomainError:
    return DomainError(f"Dit bestand kan niet worden gelezen: {path} ({error.strerror}).")


def _read_lines(file: str, read: Reader) -> int:
    """One answer per line, in order. A line that cannot be read is answered with `fout`, and the rest goes on."""
    if file == "-":
        return _answer_all(sys.stdin.fileno(), read)
    try:
        source = os.open(file, os.O_RDONLY)
    except OSError as error:
        raise _unreadable(Path(file), error) from None
    try:
        return _answer_all(source, read)
    finally:
        os.close(source)


def _answer_all(source: int, read: Reader) -> int:
    from functools import partial

    from uitvoeringsscan.adapters.many_lines import answer_lines
    from uitvoeringsscan.adapters.progress import counted

    _register()  # before other processes are made, so that they have it too
    faults = 0
    answers = answer_lines(source, partial(_read_line, read))
    # Where the answers themselves come on the screen, they are the progress.
    for answer in answers if sys.stdout.isatty() else counted(answers, "regels beantwoord"):
        faults += answer.startswith(_FAULT)
        sys.stdout.buffer.write(answer[1:])
        sys.stdout.buffer.flush()
    return 1 if faults else 0


_FAULT, _FINE = b"!", b"."


def _read_line(read: Reader, line: bytes) -> bytes:
    """The answer as a line of JSON, behind a sign that tells whether it is a fault."""
    identifier: Any = None
    answer: dict[str, Any]
    try:
        given = json.loads(line)
        if not isinstance(given, dict):
            answer = {"id": None, "fout": "Deze regel is geen JSON-object."}
        else:
            identifier = given.get("id")
            answer = {"id": identifier, **_read_given(given, read)}
    except (ValueError, RecursionError):
        answer = {"id": identifier, "fout": "Deze regel is geen geldige JSON in UTF-8."}
    sign = _FAULT if "fout" in answer else _FINE
    return sign + json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _read_given(given: dict[str, Any], read: Reader) -> dict[str, Any]:
    text, title = given.get("tekst"), given.get("titel")
    if not isinstance(text, str) or not text.strip():
        return {"fout": "Het veld tekst ontbreekt of is leeg."}
    if title is not None and not isinstance(title, str):
        return {"fout": "Het veld titel is geen tekst."}
    return read(text, title or None)


# --- bills and the register -------------------------------------------------------------------------------------------


def _dossiers_bill(options: argparse.Namespace) -> int:
    from uitvoeringsscan.people.people import SERVICE
    from uitvoeringsscan.use_cases.bills import add_bill

    desk = _desk()
    text = desk.read_document(_bytes_of(Path(options.file)), options.file, None)
    added = add_bill(desk, SERVICE, options.number, text, label=options.versie, dated=options.datum)
    for article in added.bill.table.articles:
        print(f"artikel {article.number}\t{article.law}\t{article.bwb or '-'}")
    if not added.new:
        print("Deze tekst kenden we al: er is niets veranderd.", file=sys.stderr)
    return 0


def _routing_review(options: argparse.Namespace) -> int:
    from uitvoeringsscan.people.people import SERVICE
    from uitvoeringsscan.presentation.corrections import review_lines, review_to_wire
    from uitvoeringsscan.use_cases.corrections import review_register

    desk = _desk()
    found = review_register(desk, SERVICE)
    if options.json:
        print(json.dumps(review_to_wire(found, desk.register), ensure_ascii=False, indent=2))
    else:
        print("\n".join(review_lines(found, desk.register, options.least)))
    return 0


# --- questionnaires --------------------------------------------------------------------------------------------------


def _rubrics_check(options: argparse.Namespace) -> int:
    from uitvoeringsscan.adapters import register_files, rubric_files
    from uitvoeringsscan.resources import rubrics_dir

    directory = options.directory or rubrics_dir()
    faults = [str(fault) for fault in rubric_files.check(directory)]
    if (directory / "register").is_dir():
        try:
            register_files.read_register(directory / "register")
        except ValueError as error:
            faults.append(str(error))
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        print("Alle vragenlijsten en het register zijn in orde.")
    return 1 if faults else 0


def _rubrics_freeze(options: argparse.Namespace) -> int:
    from uitvoeringsscan.adapters import rubric_files
    from uitvoeringsscan.resources import rubrics_dir

    rubric_files.freeze(options.directory or rubrics_dir())
    return 0


def _rubrics_schema(_options: argparse.Namespace) -> int:
    from uitvoeringsscan.rubrics.document import json_schema

    print(json.dumps(json_schema(), ensure_ascii=False, indent=2))
    return 0


# --- people and clients ----------------------------------------------------------------------------------------------


def _people_add(options: argparse.Namespace) -> int:
    from uitvoeringsscan.people.people import SERVICE, Role
    from uitvoeringsscan.use_cases.accounts import add_person

    roles = frozenset(Role(role) for role in options.role)
    add_person(_desk(), SERVICE, name=options.name, email=options.email, roles=roles, agency=options.agency)
    return 0


def _people_list(_options: argparse.Namespace) -> int:
    with _desk().reading() as work:
        for person in work.people.every():
            roles = ",".join(sorted(role.value for role in person.roles))
            print("\t".join((person.email, person.name, roles, person.agency or "-")))
    return 0


def _people_close(options: argparse.Namespace) -> int:
    from uitvoeringsscan.people.people import SERVICE, address
    from uitvoeringsscan.use_cases.accounts import change_person

    desk = _desk()
    with desk.reading() as work:
        person = work.people.by_email(address(options.email))
    if person is None:
        print("Dit e-mailadres is niet bekend.", file=sys.stderr)
        return 1
    change_person(desk, SERVICE, person.id, roles=person.roles, agency=person.agency, active=False)
    return 0


def _people_hand_over(options: argparse.Namespace) -> int:
    from uitvoeringsscan.people.people import SERVICE
    from uitvoeringsscan.use_cases.leaving import hand_over

    print(f"{hand_over(_desk(), SERVICE, options.email, options.to)} scans of taken overgedragen.")
    return 0


def _people_export(options: argparse.Namespace) -> int:
    from uitvoeringsscan.people.people import SERVICE
    from uitvoeringsscan.use_cases.leaving import export_person

    print(json.dumps(export_person(_desk(), SERVICE, options.email), ensure_ascii=False, indent=2))
    return 0


def _people_erase(options: argparse.Namespace) -> int:
    from uitvoeringsscan.people.people import SERVICE
    from uitvoeringsscan.use_cases.leaving import erase_person

    erase_person(_desk(), SERVICE, options.email)
    return 0


def _clients_add(options: argparse.Namespace) -> int:
    from uitvoeringsscan.people.people import SERVICE, Role, Scope
    from uitvoeringsscan.use_cases.accounts import add_client

    _, secret = add_client(
        _desk(),
        SERVICE,
        name=options.name,
        role=Role(options.role),
        agency=options.agency,
        owner=options.owner,
        expires_days=options.expires_days,
        scopes=frozenset(map(Scope, options.scope)) if options.scope else None,
    )
    print(secret)
    return 0


def _clients_list(_options: argparse.Namespace) -> int:
    desk = _desk()
    with desk.reading() as work:
        for client in work.clients.every():
            state = "ingetrokken" if client.revoked_at else "actief" if client.opens(desk.now()) else "verlopen"
            used = client.used_at.isoformat() if client.used_at else "-"
            scopes = "-" if client.scopes is None else " ".join(sorted(client.scopes))
            print("\t".join((client.name, client.role.value, client.agency or "-", state, used, client.id, scopes)))
    return 0


def _clients_rotate(options: argparse.Namespace) -> int:
    from uitvoeringsscan.people.people import SERVICE
    from uitvoeringsscan.use_cases.accounts import rotate_client

    print(rotate_client(_desk(), SERVICE, options.name, options.expires_days))
    return 0


def _clients_revoke(options: argparse.Namespace) -> int:
    from uitvoeringsscan.people.people import SERVICE
    from uitvoeringsscan.use_cases.accounts import revoke_client

    revoke_client(_desk(), SERVICE, options.name)
    return 0


def _retention(options: argparse.Namespace) -> int:
    from uitvoeringsscan.use_cases import retention

    desk = _desk()
    now = desk.now()
    for what, many in retention.due(desk, now).items():
        print(f"{many}\t{what}")
    if not options.dry_run:
        retention.sweep(desk, now)
    return 0


# --- mail that comes back --------------------------------------------------------------------------------------------


def _mail_bounce(options: argparse.Namespace) -> int:
    """What a mail server pipes into us: 0 when it was judged, 1 when it changed nothing because it is not about our mail, and
    75 when it must be offered again later, as mail servers understand it (EX_TEMPFAIL)."""
    from uitvoeringsscan.notices.bounce import MOST, Verdict
    from uitvoeringsscan.use_cases import mailing

    words = {
        Verdict.REFUSED: "Genoteerd: dit adres neemt geen mail aan.",
        Verdict.UNDELIVERED: "Genoteerd: deze mail is niet bezorgd. Het adres kan goed zijn.",
        Verdict.UNDER_WAY: "Niets genoteerd: deze mail is nog onderweg, of aangekomen.",
    }
    try:
        desk = _desk()
        if options.maildir is None:
            print(words[mailing.came_back(desk, sys.stdin.buffer.read(MOST + 1))])
            return 0
        for path in sorted((options.maildir / "new").iterdir()):
            with path.open("rb") as message:
                raw = message.read(MOST + 1)
            try:
                print(f"{path.name}: {words[mailing.came_back(desk, raw)]}")
            except DomainError as error:
                print(f"{path.name}: {error.message}", file=sys.stderr)
            path.rename(options.maildir / "cur" / f"{path.name.partition(':')[0]}:2,S")
    except DomainError:
        raise
    except Exception as error:  # noqa: BLE001  whatever it is, the mail server keeps the report until it is mended
        print(f"Nu niet te lezen, later weer ({type(error).__name__}).", file=sys.stderr)
        return TRY_LATER
    return 0


# --- signing keys ----------------------------------------------------------------------------------------------------


def _keys_list(_options: argparse.Namespace) -> int:
    from uitvoeringsscan.use_cases import signing_keys

    found = signing_keys.every(_desk())
    for key in found:
        print("\t".join((key.kid, key.made_at.isoformat(), "in gebruik" if key == found[-1] else "vervangen")))
    return 0


def _keys_rotate(_options: argparse.Namespace) -> int:
    """In production only with a SECRET_KEY that is one: the new key is kept under it."""
    from uitvoeringsscan import bootstrap
    from uitvoeringsscan.people.people import SERVICE
    from uitvoeringsscan.settings import UnsafeSettings, check_production
    from uitvoeringsscan.use_cases import signing_keys

    try:
        check_production(bootstrap.settings_from_environment())
    except UnsafeSettings as error:
        print(error, file=sys.stderr)
        return 1
    print(signing_keys.rotate(_desk(), SERVICE).kid)
    return 0


# --- the House's open data -------------------------------------------------------------------------------------------


def _parliament_import(options: argparse.Namespace) -> int:
    """Turn after turn, with a line for each page. With --once the exit status says whether everything could be read."""
    import time

    from uitvoeringsscan.use_cases.importing import follow

    desk = _desk()
    if desk.parliament is None:
        print("Zet UITVOERINGSSCAN_PARLIAMENT_URL: waar de open data staat.", file=sys.stderr)
        return 1
    while True:
        done = follow(desk, say=lambda line: print(line, file=sys.stderr, flush=True))
        print(
            f"{done.entries} berichten, {done.read} zaken en wetsvoorstellen gelezen, {done.faults} fouten", flush=True
        )
        if options.once and (done.complete or done.faults or not (done.entries or done.read)):
            return 0 if done.complete and not done.faults else 1
        if done.complete or done.faults or not (done.entries or done.read):
            time.sleep(desk.parliament.every.total_seconds())


# --- the journal -----------------------------------------------------------------------------------------------------


def _journal_verify(options: argparse.Namespace) -> int:
    from uitvoeringsscan.adapters.progress import counted
    from uitvoeringsscan.use_cases.journal_chain import faults
    from uitvoeringsscan.use_cases.ports import JournalFilter

    with _desk().reading() as work:
        last = work.journal.page(JournalFilter(), None, 1)
        every = counted(work.journal.every(), "regels nagerekend", last[0].sequence if last else 0)
        found = list(faults(every, options.head))
        newest = work.journal.page(JournalFilter(), None, 1)
    for fault in found:
        print(fault, file=sys.stderr)
    if found:
        return 1
    count, head = (newest[0].sequence, newest[0].sha256) if newest else (0, None)
    print(f"{count} regels nagerekend: het journaal sluit aan. Laatste controlegetal: {head or '-'}")
    return 0


def _journal_export(_options: argparse.Namespace) -> int:
    from uitvoeringsscan.adapters.progress import counted
    from uitvoeringsscan.use_cases.journal_chain import content

    with _desk().reading() as work:
        every = work.journal.every()
        for line in every if sys.stdout.isatty() else counted(every, "regels geschreven"):
            print(json.dumps({**content(line), "sha256": line.sha256}, ensure_ascii=False))
    return 0


# --- publications ----------------------------------------------------------------------------------------------------

ADDENDUM = "aanvulling-"
"""How the files of addenda begin in an export."""
JWKS = "jwks.json"
"""What `export` calls the public keys; `verify` takes a file of this name for keys, not for a publication."""


def _publications_verify(options: argparse.Namespace) -> int:
    """Recompute everything. Of a database the journal says what the newest publication must be; of files only the files."""
    from uitvoeringsscan.adapters.progress import counted
    from uitvoeringsscan.adapters.signature_check import ed25519
    from uitvoeringsscan.publication.keys import key_set
    from uitvoeringsscan.publication.signatures import read_keys, verify_signatures
    from uitvoeringsscan.publication.verification import verify, verify_addenda
    from uitvoeringsscan.use_cases.reacting import last_digest

    head = last = None
    listed = _bytes_of(options.jwks) if options.jwks else None
    signed: list[tuple[str, bytes, str | None]]
    beside: list[tuple[str, bytes, str | None]]
    if options.files:
        listed = listed or next((_bytes_of(path) for path in options.files if path.name == JWKS), None)
        given = [(str(path), _bytes_of(path), _beside(path)) for path in options.files if path.name != JWKS]
        beside = [one for one in given if Path(one[0]).name.startswith(ADDENDUM)]
        signed = [one for one in given if one not in beside]
    else:
        with _desk().reading() as work:
            signed = [(made.number, made.document, made.signature) for made in work.publications.every()]
            newest = work.journal.newest("ScanPublished")
            head = str(newest.details["sha256"]) if newest else None
            beside = [(f"{ADDENDUM}{one.sequence}", one.document, one.signature) for one in work.addenda.every()]
            last = last_digest(work)
            listed = listed or json.dumps(key_set(work.keys.every())).encode()
    counting = counted(signed, "publicaties nagerekend", len(signed))
    findings = verify(((name, document) for name, document, _ in counting), head=head)
    findings += verify_addenda([document for _, document, _ in beside], _digests(signed), head=last)
    # An export may be passed on without its signatures or keys: then these are not checked, and that is said.
    every = [*signed, *beside]
    wanted = [one for one in every if one[2] is not None or not options.files]
    if listed is not None:
        try:
            findings += verify_signatures(wanted, read_keys(listed), ed25519)
        except ValueError as error:
            raise DomainError(str(error)) from None
    for finding in findings:
        print(finding, file=sys.stderr)
    if any(finding.serious for finding in findings):
        return 1
    checked = len(wanted) if listed is not None else 0
    print(f"{len(signed)} publicaties nagerekend: wat hier na te rekenen is, klopt.")
    if beside:
        print(f"{len(beside)} {'aanvulling' if len(beside) == 1 else 'aanvullingen'} bij publicaties nagerekend.")
    print(f"{checked} van {len(every)} handtekeningen gecontroleerd.")
    return 0


def _digests(signed: list[tuple[str, bytes, str | None]]) -> dict[str, str]:
    """Number -> digest, as the documents themselves say it: whether that is true was checked before."""
    found = {}
    for _, document, _ in signed:
        with suppress(ValueError, KeyError, TypeError):
            content = json.loads(document)
            found[str(content["nummer"])] = str(content["sha256"])
    return found


def _beside(path: Path) -> str | None:
    """The signature that lies beside an exported publication, if it does."""
    signature = path.with_suffix(".jws")
    return _bytes_of(signature).decode("utf-8", "replace") if signature.is_file() else None


def _publications_export(options: argparse.Namespace) -> int:
    from uitvoeringsscan.adapters.progress import counted
    from uitvoeringsscan.publication.keys import key_set

    options.directory.mkdir(parents=True, exist_ok=True)
    with _desk().reading() as work:
        every = work.publications.every()
        for publication in counted(every, "publicaties geschreven", len(every)):
            (options.directory / f"{publication.number}.json").write_bytes(publication.document)
            if publication.signature is not None:
                (options.directory / f"{publication.number}.jws").write_text(publication.signature, "ascii")
        for addendum in work.addenda.every():
            (options.directory / f"{ADDENDUM}{addendum.sequence}.json").write_bytes(addendum.document)
            if addendum.signature is not None:
                (options.directory / f"{ADDENDUM}{addendum.sequence}.jws").write_text(addendum.signature, "ascii")
        keys = json.dumps(key_set(work.keys.every()), indent=2)
        (options.directory / JWKS).write_text(keys + "\n", "ascii")
    return 0


if __name__ == "__main__":
    sys.exit(main())
