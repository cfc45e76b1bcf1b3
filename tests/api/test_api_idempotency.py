"""Idempotency-Key: the same call twice is done once and answered the same, to the byte."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from api_callers import ANY, Api, body, problem
from test_api_errors import make_api_with

from tests.support.desk import meeting, together

KEY = {"Idempotency-Key": "sleutel-1"}


def _same(first: Any, second: Any) -> None:
    assert second.status_code == first.status_code
    assert second.content == first.content
    for name in ("content-type", "etag", "location"):
        assert second.headers.get(name) == first.headers.get(name)


def test_the_same_call_is_done_once(api: Api) -> None:
    first = api("indiener", "POST", "/scans", body(), KEY)
    assert first.status_code == 201
    before = api.world.contents()
    _same(first, api("indiener", "POST", "/scans", body(), KEY))
    assert api.world.contents() == before
    assert api.world.counts()["scans"] == 1


def test_another_body_under_the_same_key_is_refused(api: Api) -> None:
    api.ok("indiener", "POST", "/scans", body(), headers=KEY)
    before = api.world.contents()
    problem(api("indiener", "POST", "/scans", body(titel="Een andere wet"), KEY), 422)
    scan = api.world.contents()["scans"][0][0]
    problem(api("indiener", "POST", f"/scans/{scan}/intrekking", {"toelichting": "Reden."}, {**ANY, **KEY}), 422)
    assert api.world.contents() == before


def test_keys_belong_to_whoever_uses_them(api: Api) -> None:
    for who in ("indiener", "andere-indiener"):
        assert api(who, "POST", "/scans", body(), KEY).status_code == 201
    assert api.world.counts()["scans"] == 2


def test_a_call_that_fails_leaves_the_key_unused(api: Api) -> None:
    problem(api("indiener", "POST", "/scans", body(titel=""), KEY), 400)
    problem(api("lezer", "POST", "/scans", body(), KEY), 403)
    problem(api(None, "POST", "/scans", body(), KEY), 401)
    assert api.world.counts()["replies"] == 0
    assert api("indiener", "POST", "/scans", body(), KEY).status_code == 201


@pytest.mark.parametrize("key", ["", " ", "met spatie", "é", "x" * 256, "a\tb"])
def test_a_key_has_a_form(small_api: Api, key: str) -> None:
    answer = small_api("indiener", "POST", "/scans", body(), {"Idempotency-Key": key.encode()})
    problem(answer, 400)
    assert small_api.world.counts()["scans"] == 0


def test_every_step_of_the_road_can_be_repeated(api: Api) -> None:
    """Also when, done for real a second time, it would be refused."""
    scan = api.routed("uwv", "svb")
    file = f"/uitvragen/{scan}-uwv"
    reason = {"toelichting": "Dit is de reden."}
    steps: list[tuple[str, str, Any]] = [
        ("behandelaar-uwv", f"{file}/geen-gevolgen", reason),
        ("vaststeller-uwv", f"{file}/terugzending", reason),
        ("behandelaar-uwv", f"{file}/niet-van-toepassing", reason),
        ("vaststeller-uwv", f"{file}/vaststelling", None),
        ("coordinator", f"/scans/{scan}/afronding", reason),
        ("coordinator", f"/scans/{scan}/publicaties", None),
        ("coordinator", f"/scans/{scan}/rectificatie", reason),
        ("indiener", f"/scans/{scan}/intrekking", reason),
    ]
    for number, (who, path, sent) in enumerate(steps):
        key = {"Idempotency-Key": f"stap-{number}", **ANY}
        first = api(who, "POST", path, sent, key)
        assert first.status_code in (200, 201), first.text
        before = api.world.contents()
        _same(first, api(who, "POST", path, sent, key))
        assert api.world.contents() == before
        problem(api(who, "POST", path, sent, ANY), 409)  # without the key it is another call
    assert api.world.counts()["publications"] == 1


def test_the_same_key_twice_at_the_same_moment(api: Api) -> None:
    answers = together(*[lambda: api("indiener", "POST", "/scans", body(), KEY)] * 4)
    assert [answer.status_code for answer in answers] == [201] * 4
    for answer in answers:
        _same(answers[0], answer)
    assert api.world.counts()["scans"] == 1
    assert api.world.counts()["replies"] == 1


def test_publishing_twice_at_the_same_moment_under_one_key(api: Api) -> None:
    """Both have rendered before either writes; rendering holds no transaction."""
    scan = api.assessed("uwv")
    meet = meeting(2)
    desk = api.world.desk

    def render(document: bytes) -> bytes:
        meet()
        return desk.render_pdf(document)

    doors = make_api_with(api, replace(desk, render_pdf=render))
    answers = together(
        *[lambda: doors("coordinator", "POST", f"/scans/{scan}/publicaties", headers={**KEY, **ANY})] * 2
    )
    assert [answer.status_code for answer in answers] == [201, 201]
    _same(*answers)
    assert api.world.counts()["publications"] == 1


def test_publishers_with_and_without_a_key_do_not_wait_for_each_other(api: Api) -> None:
    scan = api.assessed("uwv")
    other = api.assessed("uwv", ondernummer="15")
    meet = meeting(3)
    desk = api.world.desk

    def render(document: bytes) -> bytes:
        meet()
        return desk.render_pdf(document)

    doors = make_api_with(api, replace(desk, render_pdf=render))
    answers = together(
        lambda: doors("coordinator", "POST", f"/scans/{scan}/publicaties", headers={**KEY, **ANY}),
        lambda: doors("coordinator", "POST", f"/scans/{scan}/publicaties", headers=ANY),
        lambda: doors("coordinator", "POST", f"/scans/{other}/publicaties", headers=ANY),
    )
    assert sorted(answer.status_code for answer in answers) == [201, 201, 412]
    assert api.world.counts()["publications"] == 2
