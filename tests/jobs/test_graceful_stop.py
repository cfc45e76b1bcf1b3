"""Asked to end, the service answers what was asked and finishes what it was doing; and of several one does the work."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.support.desk import COORDINATOR, TEXT, TITLE, opened
from tests.support.service import SERVE, running
from tests.support.work import client
from uitvoeringsscan.adapters.webhooks import Webhooks
from uitvoeringsscan.storage.engine import open_engine
from uitvoeringsscan.use_cases import webhooks

pytestmark = pytest.mark.slow

PATIENCE = 40


def until(reached: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def test_a_request_under_way_is_answered(sqlite_url: str, tmp_path: Path) -> None:
    body = json.dumps({"titel": TITLE, "tekst": TEXT, "dossiernummer": "99001"}).encode()
    with running(tmp_path, {"UITVOERINGSSCAN_DATABASE_URL": sqlite_url}) as service:
        address = ("127.0.0.1", int(service.url.rsplit(":", 1)[1]))
        head = (
            "POST /api/v1/routeringen HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        with socket.create_connection(address, timeout=PATIENCE) as asking:
            asking.sendall(head.encode() + body[:20])
            time.sleep(0.3)  # for the server to have begun; if it had not, it would refuse the connection below
            service.process.send_signal(signal.SIGTERM)
            until(lambda: not _answers(address))  # nobody new is let in
            asking.sendall(body[20:])
            answer = asking.recv(65536)
        assert answer.startswith(b"HTTP/1.1 200")
        service.process.wait(PATIENCE)


def _answers(address: tuple[str, int]) -> bool:
    try:
        socket.create_connection(address, timeout=1).close()
    except OSError:
        return False
    return True


def test_work_under_way_is_finished(sqlite_url: str, tmp_path: Path) -> None:
    """A receiver that takes its time has a webhook in hand when the service is asked to end."""
    asked, may_answer = threading.Event(), threading.Event()

    class Slow(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            asked.set()
            may_answer.wait(PATIENCE)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    receiver = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=receiver.serve_forever, daemon=True).start()
    try:
        with opened(sqlite_url) as world:
            allowed = replace(world.desk, post=Webhooks(["127.0.0.1"]))
            address = f"http://127.0.0.1:{receiver.server_port}/"
            webhooks.add(allowed, COORDINATOR, name="Traag", url=address, types=())
            world.submitted()
            given = {"UITVOERINGSSCAN_DATABASE_URL": sqlite_url, "UITVOERINGSSCAN_WEBHOOK_HOSTS": '["127.0.0.1"]'}
            with running(tmp_path, given) as service:
                assert asked.wait(PATIENCE)
                service.process.send_signal(signal.SIGTERM)
                time.sleep(0.3)
                assert service.process.poll() is None
                may_answer.set()
                service.process.wait(PATIENCE)
            with world.desk.reading() as work:
                [one] = work.receivers.every()
                assert {line.state.value for line in work.deliveries.page(one.id, None, 10)} == {"afgeleverd"}
            assert client(world.engine).list_workflows(status="PENDING") == []
    finally:
        may_answer.set()
        receiver.shutdown()
        receiver.server_close()


def test_of_several_processes_one_works_and_another_takes_its_seat(sqlite_url: str, tmp_path: Path) -> None:
    given = {"UITVOERINGSSCAN_DATABASE_URL": sqlite_url}
    with running(tmp_path, given, (*SERVE, "--workers", "2")) as service:
        engine = open_engine(sqlite_url)

        def workers() -> set[str]:
            """Whoever did any work: a sweep is done as soon as somebody works."""
            found = client(engine).list_workflows(name="sweep", status="SUCCESS", load_input=False)
            return {str(one.executor_id) for one in found}

        try:
            until(lambda: workers())
            before = workers()
            assert len(before) == 1
            for child in _children(service.process.pid):
                os.kill(child, signal.SIGKILL)
            with opened(sqlite_url) as world, world.desk.writing() as work:
                work.outbox.enqueue("webhook", "later", {"delivery": "die er niet is"})
            until(lambda: client(engine).list_workflows(workflow_ids=["webhook:later"], status="SUCCESS"))
            [done] = client(engine).list_workflows(workflow_ids=["webhook:later"])
            assert done.executor_id not in before
        finally:
            engine.dispose()


def _children(process: int) -> list[int]:
    """The server's own processes; beside them the standard library runs one that keeps track."""
    found = subprocess.run(
        ["pgrep", "-P", str(process), "-f", "spawn_main"], capture_output=True, text=True, check=True
    )
    return [int(line) for line in found.stdout.split()]
