"""The service as an operator starts it: a process of its own, on a free port of the loopback address."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.need import ROOT

SERVE = (sys.executable, "-m", "uitvoeringsscan", "serve")
START_SECONDS = 90
STOP_SECONDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A running service: its address without a slash at the end, its process, and the file with what it printed."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path


# Starts one more service with these environment variables.
LiveServer = Callable[[Mapping[str, str]], Service]


@contextmanager
def running(folder: Path, environment: Mapping[str, str], command: Sequence[str] = SERVE) -> Iterator[Service]:
    """Starts `command --host 127.0.0.1 --port N`, waits until /health/ready answers 200, and ends it by its own pid.

    `folder` takes the log. `environment` comes on top of this process's own, from which every UITVOERINGSSCAN_ variable is
    left out: a test says itself what it relies on. RuntimeError with the log when the service does not come up.
    """
    port = _free_port()
    log = folder / f"service-{port}.log"
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("UITVOERINGSSCAN_")}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port)],
            cwd=ROOT,
            env={
                **inherited,
                "UITVOERINGSSCAN_PUBLIC_URL": f"http://127.0.0.1:{port}",
                "UITVOERINGSSCAN_RATE_LIMITS": "off",
                **environment,
            },
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    service = Service(url=f"http://127.0.0.1:{port}", process=process, log=log)
    try:
        _wait(service)
        yield service
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Asks the process to end, and ends it when it does not."""
    process.terminate()
    try:
        process.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(service: Service) -> None:
    end = time.monotonic() + START_SECONDS
    while not _ready(service.url):
        if service.process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"the service did not start:\n{service.log.read_text(errors='replace')}")
        time.sleep(0.05)


def _ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health/ready", timeout=5) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError as error:
        error.close()  # it answers, but is not ready yet
        return False
    except OSError:
        return False
