"""Figures for who watches over the service, in the text form that Prometheus reads.

What happened in this process is counted here; what waits or failed is asked of the database at the moment somebody looks, so
that every process gives the same answer about that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from uitvoeringsscan.use_cases.health import Gauge

CONTENT_TYPE = CONTENT_TYPE_LATEST

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Metrics:
    """One per process. `gauges` is called at each look."""

    def __init__(self, gauges: Callable[[], Iterator[Gauge]]) -> None:
        self._registry = CollectorRegistry()
        self._seconds = Histogram(
            "uitvoeringsscan_request_seconds",
            "How long answering took, from the first byte read to the last byte given to the server.",
            ("method", "route"),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._answers = Counter(
            "uitvoeringsscan_answers",
            "Answers given, by route and status.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._registry.register(_Gauges(gauges))

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """One answer. `route` is the pattern, never the address itself: there are few of those, and they name nobody."""
        self._seconds.labels(method, route).observe(seconds)
        self._answers.labels(method, route, str(status)).inc()

    def page(self) -> bytes:
        return generate_latest(self._registry)


class _Gauges(Collector):
    def __init__(self, gauges: Callable[[], Iterator[Gauge]]) -> None:
        self._gauges = gauges

    def describe(self) -> list[Metric]:
        return []  # or the registry would look in the database before anybody asked

    def collect(self) -> Iterator[Metric]:
        families: dict[str, GaugeMetricFamily] = {}
        for gauge in self._gauges():
            family = families.setdefault(
                gauge.name, GaugeMetricFamily(f"uitvoeringsscan_{gauge.name}", gauge.meaning, labels=list(gauge.labels))
            )
            family.add_metric(list(gauge.labels.values()), gauge.value)
        yield from families.values()
