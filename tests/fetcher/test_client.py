"""The fetcher against a loopback site that logs every request."""

import asyncio
import gzip
from datetime import timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest

from newsdigest.errors import FetchError, Gone, Refused, TooLarge, UnsafeAddress
from newsdigest.fetcher.address import parse_target
from newsdigest.fetcher.body import Limits
from newsdigest.fetcher.connections import Connections, request_to
from newsdigest.fetcher.rounds import fetch_all
from newsdigest.ports import Request, Response, Validators
from tests.fetcher.site import AGENT, START, Answer, Seen, site_and_fetcher

HOST = "alba.replay.invalid"
FEED = f"https://{HOST}/feed"


def request(address: str = FEED, **options: object) -> Request:
    return Request(address, "alba", **options)  # type: ignore[arg-type]


async def error_of(fetcher: object, asked: Request) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetcher.fetch(asked)  # type: ignore[attr-defined]
    return caught.value


def test_validators_go_back_byte_for_byte_and_304_is_an_answer() -> None:
    tag, modified = 'W/"ä-1;x "', "Tue, 3 Mar 2026 9:01:00 GMT (odd)"

    def answer(seen: Seen) -> Answer:
        known = seen.headers.get("if-none-match") == tag and seen.headers.get("if-modified-since") == modified
        headers = {"ETag": tag, "Last-Modified": modified}
        return Answer(status=304, headers=headers) if known else Answer(b"<rss/>", headers=headers)

    async def run() -> None:
        async with site_and_fetcher() as (site, fetcher, _):
            site.routes["/feed"] = answer
            first = await fetcher.fetch(request())
            assert (first.status, first.body, first.not_modified) == (200, b"<rss/>", False)
            validators = Validators(first.header("ETag"), first.header("Last-Modified"))
            for _round in range(20):
                again = await fetcher.fetch(request(validators=validators))
                assert (again.status, again.body, again.not_modified) == (304, b"", True)
            assert "if-none-match" not in site.of("/feed")[0].headers
            assert len(site.of("/feed")) == 21

    asyncio.run(run())


def test_a_304_that_nobody_asked_for_is_an_error() -> None:
    async def run() -> None:
        async with site_and_fetcher() as (site, fetcher, _):
            site.routes["/feed"] = Answer(status=304)
            assert (await error_of(fetcher, request())).status == 304

    asyncio.run(run())


def test_headers_are_honest_and_nothing_tracks_us() -> None:
    async def run() -> None:
        async with site_and_fetcher() as (site, fetcher, _):
            site.routes["/feed"] = Answer(b"x", headers={"Set-Cookie": "id=1; Path=/", "Location": "/"})
            site.routes["/old"] = Answer(status=302, headers={"Location": "/feed", "Set-Cookie": "id=2"})
            await fetcher.fetch(request(f"https://{HOST}/old"))
            await fetcher.fetch(request())
            for seen in site.seen:
                assert seen.headers["user-agent"] == AGENT
                assert seen.headers["host"] == HOST
                assert not {"cookie", "referer", "authorization", "from"} & set(seen.headers)

    asyncio.run(run())


def test_one_request_at_a_time_and_a_pause_between_two() -> None:
    async def run() -> None:
        async with site_and_fetcher() as (site, fetcher, clock):
            addresses = [f"https://{host}/f{n}" for n in range(20) for host in (HOST, "office.go.jp.replay.invalid")]
            for n in range(20):
                site.routes[f"/f{n}"] = Answer(b"x")
            await asyncio.gather(*(fetcher.fetch(request(address)) for address in addresses))
            assert site.most_open[HOST] == 1
            arrivals = [seen.at for seen in site.seen if seen.host == HOST]
            assert len(arrivals) == 21
            assert all(later - earlier >= timedelta(seconds=2) for earlier, later in pairwise(arrivals))
            assert clock.slept

    asyncio.run(run())


def test_crawl_delay_is_kept_up_to_a_minute() -> None:
    async def run(stated: str, kept: float) -> None:
        async with site_and_fetcher() as (site, fetcher, clock):
            site.routes["/robots.txt"] = Answer(f"User-agent: *\nCrawl-delay: {stated}\n".encode())
            site.routes["/a"] = site.routes["/b"] = Answer(b"x")
            await fetcher.fetch(request(f"https://{HOST}/a", page=True))
            clock.slept.clear()
            await fetcher.fetch(request(f"https://{HOST}/b", page=True))
            assert clock.slept == [kept]

    asyncio.run(run("10", 10))
    asyncio.run(run("600", 60))
    asyncio.run(run("0.1", 2))


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_holds_for_the_whole_host(status: int, form: str) -> None:
    until = START + timedelta(hours=1)

    async def run() -> None:
        async with site_and_fetcher() as (site, fetcher, clock):
            value = "3600" if form == "seconds" else format_datetime(until, usegmt=True)
            site.routes["/feed"] = Answer(status=status, headers={"Retry-After": value})
            site.routes["/other"] = Answer(b"x")
            site.routes[("seret.replay.invalid", "/other")] = Answer(b"x")
            error = await error_of(fetcher, request())
            assert error.status == status
            assert error.retry_at is not None
            assert abs(error.retry_at - until) < timedelta(seconds=10)
            asked = len(site.seen)
            clock.pass_time(minutes=50)
            left_alone = await error_of(fetcher, request(f"https://{HOST}/other"))
            assert (left_alone.status, left_alone.retry_at) == (None, error.retry_at)
            assert len(site.seen) == asked
            await fetcher.fetch(request("https://seret.replay.invalid/other"))
            clock.pass_time(minutes=11)
            assert (await fetcher.fetch(request(f"https://{HOST}/other"))).body == b"x"

    asyncio.run(run())


@pytest.mark.parametrize("value", ["-5", "soon", "", "Mon, 01 Jan 2001 00:00:00 GMT", "0"])
def test_a_senseless_retry_after_is_no_promise(value: str) -> None:
    async def run() -> None:
        async with site_and_fetcher() as (site, fetcher, _):
            site.routes["/feed"] = Answer(status=429, headers={"Retry-After": value})
            assert (await error_of(fetcher, request())).retry_at is None

    asyncio.run(run())


def test_a_retry_after_of_years_is_cut_to_a_week() -> None:
    async def run() -> None:
        async with site_and_fetcher() as (site, fetcher, _):
            site.routes["/feed"] = Answer(status=503, headers={"Retry-After": "9" * 30})
            error = await error_of(fetcher, request())
            assert error.retry_at is not None
            assert timedelta(days=6) < error.retry_at - START < timedelta(days=7, minutes=1)

    asyncio.run(run())


def test_a_host_that_keeps_failing_is_left_alone_longer_and_longer() -> None:
    async def run() -> None:
        async with site_and_fetcher() as (site, fetcher, clock):
            site.routes["/feed"] = Answer(status=500)
            gaps = []
            for _round in range(2):
                assert (await error_of(fetcher, request())).status == 500
            for _round in range(9):
                assert (await error_of(fetcher, request())).status == 500
                before = clock.now()
                error = await error_of(fetcher, request())
                assert error.status is None
                assert error.retry_at is not None
                gaps.append(error.retry_at - before)
                clock.instant = error.retry_at
            assert gaps[0] >= timedelta(minutes=14)
            assert all(later > earlier for earlier, later in pairwise(gaps[:7]))
            assert max(gaps) <= timedelta(hours=24)
            site.routes["/feed"] = Answer(b"x")
            await fetcher.fetch(request())
            site.routes["/feed"] = Answer(status=500)
            assert (await error_of(fetcher, request())).status == 500
            assert (await error_of(fetcher, request())).status == 500

    asyncio.run(run())


def test_waits_survive_a_new_process() -> None:
    async def run() -> None:
        async with site_and_fetcher() as (site, fetcher, clock):
            site.routes["/feed"] = Answer(status=429, headers={"Retry-After": "600"})
            await error_of(fetcher, request())
            memory = fetcher.turns.memory()
        async with site_and_fetcher() as (site, fetcher, clock):
            fetcher.turns.recall(memory)
            assert (await error_of(fetcher, request())).retry_at is not None
            assert site.seen == []
            clock.pass_time(minutes=11)
            site.routes["/feed"] = Answer(b"x")
            await fetcher.fetch(request())

    asyncio.run(run())


@pytest.mark.parametrize(
    ("robots", "feed", "page"),
    [
        (Answer(b"User-agent: *\nDisallow: /closed"), True, True),
        (Answer(b"User-agent: newsdigest\nDisallow: /"), False, False),
        (Answer(b"<html>not found</html>"), True, True),
        (Answer(status=404), True, True),
        (Answer(status=403), True, True),
        (Answer(status=500), True, False),
        (Answer(status=302, headers={"Location": "/robots.txt"}), True, True),
        (Answer(status=301, headers={"Location": "/r2"}), False, False),
        (Answer(status=301, headers={"Location": "http://alba.replay.invalid/r2"}), True, True),
    ],
)
def test_robots_are_asked_before_pages_and_heeded(robots: Answer, feed: bool, page: bool) -> None:
    async def allowed(is_page: bool) -> bool:
        async with site_and_fetcher() as (site, fetcher, _):
            site.routes["/robots.txt"] = robots
            site.routes["/r2"] = Answer(b"User-agent: *\nDisallow: /")
            site.routes["/x"] = Answer(b"x")
            try:
                await fetcher.fetch(request(f"https://{HOST}/x", page=is_page))
            except FetchError:
                assert not site.of("/x")
                return False
            return True

    assert asyncio.run(allowed(False)) is feed
    assert asyncio.run(allowed(True)) is page


def test_robots_are_kept_for_a_day() -> None:
    async def run() -> None:
        async with site_and_fetcher() as (site, fetcher, clock):
            site.routes["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /closed")
            site.routes["/x"] = Answer(b"x")
            for _round in range(3):
                await fetcher.fetch(request(f"https://{HOST}/x", page=True))
                clock.pass_time(hours=7)
            assert len(site.of("/robots.txt")) == 1
            clock.pass_time(hours=4)
            await fetcher.fetch(request(f"https://{HOST}/x", page=True))
            assert len(site.of("/robots.txt")) == 2
            with pytest.raises(Refused):
                await fetcher.fetch(request(f"https://{HOST}/closed/1", page=True))
            assert not site.of("/closed/1")

    asyncio.run(run())


def test_a_bomb_large_headers_and_long_bodies_are_too_large() -> None:
    async def run() -> None:
        async with site_and_fetcher() as (site, fetcher, _):
            bomb = gzip.compress(b"\0" * (64 * 1024 * 1024), 9)
            site.routes["/bomb"] = Answer(bomb, headers={"Content-Encoding": "gzip"})
            site.routes["/nested"] = Answer(gzip.compress(bomb), headers={"Content-Encoding": "gzip, gzip"})
            site.routes["/long"] = Answer(b"x" * (5 * 1024 * 1024 + 1))
            site.routes["/heads"] = Answer(b"x", headers={f"X-{n}": "y" * 1000 for n in range(70)})
            site.routes["/manyheads"] = Answer(b"x", headers={f"X-{n}": "y" * 1000 for n in range(300)})
            for path in ("/bomb", "/long", "/heads"):
                assert isinstance(await error_of(fetcher, request(f"https://{HOST}{path}")), TooLarge)
            for path in ("/nested", "/manyheads"):
                await error_of(fetcher, request(f"https://{HOST}{path}"))
            site.routes["/fine"] = Answer(gzip.compress(b"fine"), headers={"Content-Encoding": "gzip"})
            assert (await fetcher.fetch(request(f"https://{HOST}/fine"))).body == b"fine"

    asyncio.run(run())


def test_a_dripping_body_ends_at_the_total_deadline() -> None:
    async def run() -> None:
        async with site_and_fetcher(limits=Limits(read=0.5, total=0.6)) as (site, fetcher, _):
            site.routes["/feed"] = Answer(b"x" * 200, drip=0.05)
            site.routes["/silent"] = Answer(silent=True)
            started = asyncio.get_running_loop().time()
            await error_of(fetcher, request())
            assert asyncio.get_running_loop().time() - started < 1.5
            await error_of(fetcher, request(f"https://{HOST}/silent"))

    asyncio.run(run())


def test_redirects_are_followed_five_times_and_never_in_a_circle() -> None:
    async def run() -> None:
        async with site_and_fetcher() as (site, fetcher, _):
            for n in range(7):
                status = 301 if n % 2 else 308
                site.routes[f"/r{n}"] = Answer(status=status, headers={"Location": f"/r{n + 1}"})
            site.routes["/r7"] = Answer(b"end")
            site.routes["/t"] = Answer(status=302, headers={"Location": "/r7"})
            site.routes["/loop"] = Answer(status=302, headers={"Location": "/loop2"})
            site.routes["/loop2"] = Answer(status=302, headers={"Location": "/loop"})
            response = await fetcher.fetch(request(f"https://{HOST}/r2"))
            assert (response.final_address, response.permanent) == (f"https://{HOST}/r7", True)
            assert (await fetcher.fetch(request(f"https://{HOST}/t"))).permanent is False
            assert (await fetcher.fetch(request(f"https://{HOST}/r7"))).permanent is False
            for path in ("/r1", "/loop"):
                await error_of(fetcher, request(f"https://{HOST}{path}"))
            assert len(site.of("/loop")) == 1

    asyncio.run(run())


def test_a_location_in_raw_utf8_is_understood() -> None:
    async def run() -> None:
        async with site_and_fetcher() as (site, fetcher, _):
            site.routes["/feed"] = Answer(status=302, headers={"Location": "/新聞".encode().decode("latin-1")})
            site.routes["/%E6%96%B0%E8%81%9E"] = Answer(b"x")
            assert (await fetcher.fetch(request())).final_address == f"https://{HOST}/%E6%96%B0%E8%81%9E"

    asyncio.run(run())


@pytest.mark.parametrize(
    "location",
    [
        "http://alba.replay.invalid/open",
        "https://127.0.0.1/open",
        "https://[::ffff:127.0.0.1]/open",
        "https://alba.replay.invalid:8080/open",
        "file:///etc/passwd",
    ],
)
def test_each_hop_of_a_redirect_is_checked(location: str) -> None:
    async def run() -> None:
        async with site_and_fetcher() as (site, fetcher, _):
            site.routes["/feed"] = Answer(status=302, headers={"Location": location})
            site.routes["/open"] = Answer(b"x")
            assert isinstance(await error_of(fetcher, request()), UnsafeAddress)
            assert not site.of("/open")

    asyncio.run(run())


def test_a_redirect_to_another_host_asks_that_hosts_robots() -> None:
    async def run() -> None:
        async with site_and_fetcher() as (site, fetcher, _):
            site.routes["/page"] = Answer(status=302, headers={"Location": "https://seret.replay.invalid/closed"})
            site.routes[("seret.replay.invalid", "/robots.txt")] = Answer(b"User-agent: *\nDisallow: /closed")
            site.routes["/closed"] = Answer(b"x")
            assert isinstance(await error_of(fetcher, request(f"https://{HOST}/page", page=True)), Refused)
            assert not site.of("/closed")

    asyncio.run(run())


@pytest.mark.parametrize(
    "found", [["127.0.0.1"], ["::ffff:10.0.0.1", "fe80::1%eth0"], ["64:ff9b::7f00:1"], ["169.254.169.254"]]
)
def test_a_name_that_leads_inside_is_refused_without_a_connection(found: list[str]) -> None:
    async def resolver(host: str, port: int) -> list[str]:
        return found

    async def run() -> None:
        async with site_and_fetcher(resolver=resolver) as (site, fetcher, _):
            for is_page in (False, True):
                error = await error_of(fetcher, request("https://news.example.org/feed", page=is_page))
                assert isinstance(error, UnsafeAddress)
            assert not site.seen

    asyncio.run(run())


def test_each_request_connects_to_the_very_address_that_was_checked() -> None:
    answers = [["127.0.0.1", "93.184.216.34"], ["127.0.0.1"]]

    async def resolver(host: str, port: int) -> list[str]:
        return answers.pop(0)

    async def run() -> None:
        connections = Connections(Limits(), None, resolver)
        target = parse_target("https://news.example.org/feed")
        assert [str(ip) for ip in await connections.addresses(target)] == ["93.184.216.34"]
        # A second look-up that answers otherwise (rebinding) is checked like the first.
        with pytest.raises(UnsafeAddress):
            await connections.addresses(target)

    asyncio.run(run())


@pytest.mark.parametrize(
    ("ip", "written"), [("93.184.216.34", "93.184.216.34"), ("2606:4700::1111", "[2606:4700::1111]")]
)
def test_a_request_goes_to_the_ip_but_asks_for_the_hosts_certificate(ip: str, written: str) -> None:
    target = parse_target("https://news.example.org/feed?a=1")
    made = request_to(target, "https", ip, 443, [(b"Accept", b"*/*")], Limits())
    assert str(made.url) == f"https://{written}/feed?a=1"
    assert made.headers["host"] == "news.example.org"
    assert made.extensions["sni_hostname"] == "news.example.org"
    assert made.extensions["timeout"]["connect"] == 5.0


def test_a_name_that_cannot_be_resolved_leaves_the_host_alone() -> None:
    asked: list[str] = []

    async def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        raise OSError("no such name")

    async def run() -> None:
        async with site_and_fetcher(resolver=resolver) as (_, fetcher, clock):
            await error_of(fetcher, request("https://news.example.org/a"))
            error = await error_of(fetcher, request("https://news.example.org/b"))
            assert error.retry_at is not None
            assert len(asked) == 1
            clock.pass_time(hours=1)
            await error_of(fetcher, request("https://news.example.org/b"))
            assert len(asked) == 2

    asyncio.run(run())


def test_loopback_is_reached_by_mapped_names_only() -> None:
    async def run() -> None:
        async with site_and_fetcher() as (site, fetcher, _):
            for address in (f"http://127.0.0.1:{site.port}/feed", "http://localhost/feed", "https://127.0.0.1/feed"):
                assert isinstance(await error_of(fetcher, request(address)), UnsafeAddress)
            assert not site.seen

    asyncio.run(run())


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(status=401), Refused),
        (Answer(status=403), Refused),
        (Answer(status=451), Refused),
        (Answer(status=410), Gone),
        (Answer(b"<title>Just a moment...</title>", status=503), FetchError),
        (Answer(b"x", headers={"cf-mitigated": "challenge"}), Refused),
        (Answer(b"", status=403, headers={"cf-mitigated": "challenge"}), Refused),
        (Answer(b"<script src='/cdn-cgi/challenge-platform/h/b'></script>"), Refused),
    ],
)
def test_a_refusal_is_called_a_refusal(answer: Answer, kind: type[FetchError]) -> None:
    async def run() -> None:
        async with site_and_fetcher() as (site, fetcher, _):
            site.routes["/feed"] = answer
            error = await error_of(fetcher, request())
            assert type(error) is kind
            assert error.about == FEED
            assert len(site.of("/feed")) == 1

    asyncio.run(run())


def test_a_long_article_about_captchas_is_no_challenge() -> None:
    async def run() -> None:
        async with site_and_fetcher() as (site, fetcher, _):
            site.routes["/feed"] = Answer(b"<p>text</p>" * 10_000 + b"px-captcha")
            assert (await fetcher.fetch(request())).status == 200

    asyncio.run(run())


def test_one_fetcher_serves_several_event_loops() -> None:
    from newsdigest.fetcher.client import HttpFetcher
    from newsdigest.fetcher.host_map import HostMap
    from tests.fetcher.site import Site, StillClock

    clock = StillClock()
    site = Site(clock)
    site.routes["/feed"] = Answer(b"x")
    fetchers: list[HttpFetcher] = []

    async def one_loop() -> None:
        server = await asyncio.start_server(site.handle, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        if not fetchers:
            fetchers.append(HttpFetcher(clock, AGENT, host_map=HostMap(port=port)))
        fetchers[0]._connections._map = HostMap(port=port)
        responses = await asyncio.gather(*(fetchers[0].fetch(request()) for _ in range(3)))
        assert [response.body for response in responses] == [b"x"] * 3
        server.close()

    asyncio.run(one_loop())
    asyncio.run(one_loop())
    asyncio.run(fetchers[0].close())


def test_a_round_yields_every_request_and_no_host_stops_another() -> None:
    async def run() -> None:
        async with site_and_fetcher() as (site, fetcher, _):
            site.routes["/feed"] = Answer(b"x")
            site.routes[("bad.replay.invalid", "/feed")] = Answer(status=500)
            hosts = [HOST, "bad.replay.invalid", "seret.replay.invalid"]
            asked = [request(f"https://{host}/feed") for host in hosts] + [request("http://10.0.0.1/feed")]
            outcomes = {one.address: outcome async for one, outcome in fetch_all(fetcher, asked)}
            assert set(outcomes) == {one.address for one in asked}
            good = [address for address, outcome in outcomes.items() if isinstance(outcome, Response)]
            assert sorted(good) == [f"https://{HOST}/feed", "https://seret.replay.invalid/feed"]

    asyncio.run(run())
