"""Traces by OpenTelemetry, sent to a collector over OTLP (HTTP, protobuf). Loaded only where an address is configured.

A trace begins where the caller's ends (W3C Trace Context). A span carries the route and the status, never what was asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from uitvoeringsscan.correlation import request_id


class Tracing:
    """`endpoint` is the collector's address, as `http://127.0.0.1:4318`."""

    def __init__(self, endpoint: str, version: str) -> None:
        resource = Resource.create({"service.name": "uitvoeringsscan", "service.version": version})
        self._provider = TracerProvider(resource=resource)
        exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces", timeout=5)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("uitvoeringsscan")
        self._context = TraceContextTextMapPropagator()

    @contextmanager
    def request(self, method: str, traceparent: str | None) -> Iterator[Callable[[str, int], None]]:
        parent = self._context.extract({"traceparent": traceparent}) if traceparent else None
        with self._tracer.start_as_current_span(method, context=parent, kind=SpanKind.SERVER) as span:
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
        with self._tracer.start_as_current_span(kind, kind=SpanKind.CONSUMER) as span:
            span.set_attribute("uitvoeringsscan.work", key)
            span.set_attribute("uitvoeringsscan.request_id", request_id() or "")
            yield

    def close(self) -> None:
        """Send what was not sent yet."""
        self._provider.shutdown()
