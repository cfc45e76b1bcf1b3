"""Traces by OpenTelemetry, sent to a collector over OTLP (HTTP, protobuf). Loaded only where an address is configured.

A trace begins where the caller's ends (W3C Trace Context). A span carries the route and the status, never what was asked: of
what went wrong its kind alone, because the words of a fault can hold what somebody wrote.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from uitvoeringsscan.correlation import request_id

LAST = 2.0
"""Seconds that a process waits at its end for the collector to take the last spans."""


class Tracing:
    """`endpoint` is the collector's address, as `http://127.0.0.1:4318`."""

    def __init__(self, endpoint: str, version: str) -> None:
        resource = Resource.create({"service.name": "uitvoeringsscan", "service.version": version})
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces", timeout=5)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("uitvoeringsscan")
        self._context = TraceContextTextMapPropagator()

    @contextmanager
    def request(self, method: str, traceparent: str | None) -> Iterator[Callable[[str, int], None]]:
        parent = self._context.extract({"traceparent": traceparent}) if traceparent else None
        with self._span(method, SpanKind.SERVER, parent) as span:
            span.set_attribute("http.request.method", method)
            span.set_attribute("uitvoeringsscan.request_id", request_id() or "")

            def ended(route: str, status: int) -> None:
                span.update_name(f"{method} {route}")
                span.set_attribute("http.route", route)
                span.set_attribute("http.response.status_code", status)
                if status >= 500:
                    span.set_status(Status(StatusCode.ERROR))

            yield ended

    @contextmanager
    def work(self, kind: str, key: str) -> Iterator[None]:
        with self._span(kind, SpanKind.CONSUMER) as span:
            span.set_attribute("uitvoeringsscan.work", key)
            span.set_attribute("uitvoeringsscan.request_id", request_id() or "")
            yield

    @contextmanager
    def _span(self, name: str, kind: SpanKind, parent: Context | None = None) -> Iterator[Span]:
        with self._tracer.start_as_current_span(
            name, context=parent, kind=kind, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield span
            except Exception as error:
                span.set_status(Status(StatusCode.ERROR, type(error).__name__))
                raise

    def close(self) -> None:
        """Send what was not sent yet; what a collector does not take within `LAST` is lost."""
        last = threading.Thread(target=self._provider.shutdown, name="last spans", daemon=True)
        last.start()
        last.join(LAST)
