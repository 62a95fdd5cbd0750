"""What polling must do, numbered as the ingest requirements number it, each with the tests that fail without it.

Every test named here runs over loopback or on a clock that the test moves. ``pytest $(python -m tests.pipeline.test_behaviours 7)`` runs those
of one number.
"""

from __future__ import annotations

import ast
import sys
from functools import cache
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]

CLIENT, SCHEDULE = "fetcher/test_client.py", "sources/test_schedule.py"
ETIQUETTE, STORED = "pipeline/test_etiquette.py", "pipeline/test_items_as_stored.py"

BEHAVIOURS: dict[int, tuple[str, dict[str, tuple[str, ...]]]] = {
    1: (
        "conditional GET, validators byte-exact, cleared with the address",
        {
            ETIQUETTE: ("test_20_polls_carry_the_validators_as_received_and_get_304",),
            CLIENT: ("test_validators_go_back_byte_for_byte_and_304_is_an_answer",),
        },
    ),
    2: (
        "a lying 304 or 200: one full fetch a day, equal bodies are not read",
        {
            ETIQUETTE: (
                "test_a_server_that_sticks_at_304_is_asked_in_full_within_a_day",
                "test_the_same_body_with_200_is_not_read_again",
            ),
            SCHEDULE: ("test_one_full_fetch_a_day_survives_a_lying_304",),
        },
    ),
    3: (
        "the minimum interval, ttl, max-age, Expires; a restart makes no burst",
        {
            ETIQUETTE: (
                "test_no_scheduled_poll_comes_within_the_minimum_interval",
                "test_a_restart_makes_no_burst",
            ),
            SCHEDULE: ("test_the_interval_heeds_what_the_server_says",),
        },
    ),
    4: ("jitter", {SCHEDULE: ("test_a_thousand_feeds_do_not_come_back_at_one_instant",)}),
    5: (
        "one request at a time a host, a pause between two, Crawl-delay",
        {CLIENT: ("test_one_request_at_a_time_and_a_pause_between_two", "test_crawl_delay_is_kept_up_to_a_minute")},
    ),
    6: (
        "back-off by host and by feed",
        {
            CLIENT: ("test_a_host_that_keeps_failing_is_left_alone_longer_and_longer",),
            SCHEDULE: (
                "test_failures_wait_longer_and_longer_and_a_good_answer_ends_it",
                "test_4xx_and_5xx_are_counted_apart",
            ),
        },
    ),
    7: (
        "Retry-After, for the whole host",
        {
            CLIENT: (
                "test_retry_after_holds_for_the_whole_host",
                "test_a_senseless_retry_after_is_no_promise",
                "test_a_retry_after_of_years_is_cut_to_a_week",
            ),
            "pipeline/test_following.py": ("test_a_wait_that_a_page_asked_for_is_kept_by_the_next_process",),
        },
    ),
    8: (
        "robots.txt",
        {CLIENT: ("test_robots_are_asked_before_pages_and_heeded", "test_robots_are_kept_for_a_day")},
    ),
    9: (
        "sizes: decoded, wire, headers, entries",
        {
            CLIENT: ("test_a_bomb_large_headers_and_long_bodies_are_too_large",),
            "fetcher/test_body.py": ("test_the_wire_has_its_own_limit",),
            ETIQUETTE: ("test_of_a_feed_of_thousands_2000_entries_are_kept",),
        },
    ),
    10: (
        "decompression bombs in little memory, nested encodings refused",
        {
            "fetcher/test_body.py": (
                "test_a_bomb_stops_at_the_limit_with_little_memory",
                "test_nested_and_unknown_encodings_are_refused",
            ),
        },
    ),
    11: (
        "entities and deep nesting in a worker that can be killed",
        {
            ETIQUETTE: ("test_an_xml_bomb_ends_alone",),
            "items/test_feed.py": ("test_an_external_entity_is_not_fetched",),
            "isolation/test_readers.py": (
                "test_a_job_past_its_time_is_killed_and_the_next_one_runs",
                "test_a_job_past_its_memory_is_refused_and_the_next_one_runs",
            ),
        },
    ),
    12: ("a total deadline for slow bodies", {CLIENT: ("test_a_dripping_body_ends_at_the_total_deadline",)}),
    13: (
        "redirects: at most five, no circle, none from https to http, each hop checked",
        {
            CLIENT: (
                "test_redirects_are_followed_five_times_and_never_in_a_circle",
                "test_each_hop_of_a_redirect_is_checked",
                "test_a_redirect_to_another_host_asks_that_hosts_robots",
            ),
            "fetcher/test_address.py": ("test_a_redirect_must_not_leave_https",),
        },
    ),
    14: (
        "only global unicast addresses, on the address actually connected",
        {
            CLIENT: (
                "test_a_name_that_leads_inside_is_refused_without_a_connection",
                "test_each_request_connects_to_the_very_address_that_was_checked",
            ),
            "fetcher/test_address.py": (
                "test_an_address_that_is_not_global_unicast_is_refused",
                "test_other_spellings_of_loopback_are_seen_through",
            ),
        },
    ),
    15: ("no cookies, no Referer, an honest agent", {CLIENT: ("test_headers_are_honest_and_nothing_tracks_us",)}),
    16: (
        "301 and 308 believed after three sightings over two days, 302 and 307 never",
        {
            ETIQUETTE: (
                "test_a_move_for_good_is_believed_after_three_sightings_over_two_days",
                "test_a_move_for_now_or_to_what_is_no_feed_is_never_believed",
            ),
            SCHEDULE: ("test_two_sightings_are_too_few_however_far_apart",),
        },
    ),
    17: (
        "410, 404, 401, 403, challenges",
        {
            ETIQUETTE: (
                "test_410_ends_the_polling_and_tells_the_editor",
                "test_404_ends_the_polling_after_a_week",
                "test_who_refuses_us_is_shown_as_blocked_and_asked_daily_under_our_own_name",
            ),
        },
    ),
    18: (
        "a frozen source is shown, with its newest date",
        {
            ETIQUETTE: ("test_a_source_that_says_nothing_new_is_shown_as_frozen_with_its_newest_date",),
            SCHEDULE: ("test_silence_is_measured_in_usual_gaps",),
        },
    ),
    19: ("churning guids double nothing", {STORED: ("test_fresh_guids_for_the_same_items_double_nothing",)}),
    20: ("one guid for two stories keeps both", {STORED: ("test_one_guid_for_two_stories_keeps_both",)}),
    21: (
        "future dates are kept and doubtful; a wrong clock polls no more often",
        {
            STORED: ("test_a_date_of_the_future_is_kept_shown_as_doubtful_and_ordered_by_when_it_was_seen",),
            ETIQUETTE: ("test_a_clock_that_is_an_hour_off_asks_no_more_often",),
        },
    ),
    22: (
        "edits are versions, counters stop after 24, corrections are flagged",
        {
            STORED: (
                "test_an_edit_is_a_version_and_the_first_is_kept",
                "test_a_page_that_only_counts_is_not_stored_for_ever",
            ),
        },
    ),
    23: (
        "one address for one article",
        {
            "documents/test_address.py": (
                "test_the_table_of_200_pairs_each_with_its_reason",
                "test_a_canonical_link_is_believed_on_the_same_registrable_domain_only",
            ),
        },
    ),
    24: (
        "an agency's text on many sites is one voice",
        {
            STORED: (
                "test_an_agencys_text_is_told_from_a_report_of_its_own",
                "test_an_agencys_text_on_three_sites_is_one_voice",
            ),
        },
    ),
    25: (
        "kill -9 at any moment: nothing lost, nothing doubled",
        {"pipeline/test_kill.py": ("test_kills_while_polling_lose_nothing_and_double_nothing",)},
    ),
    26: (
        "a changed layout is an error, the last good stays",
        {
            STORED: (
                "test_a_listing_without_entries_is_a_changed_layout_and_the_last_good_stays",
                "test_an_official_page_of_a_few_words_is_a_changed_layout_and_no_statement",
                "test_a_source_none_of_whose_pages_holds_a_statement_is_broken",
            ),
        },
    ),
}


def nodes(number: int) -> list[str]:
    """The tests of a behaviour, as pytest calls them from the checkout's root."""
    return [f"tests/{file}::{name}" for file, names in BEHAVIOURS[number][1].items() for name in names]


@cache
def functions_of(file: str) -> frozenset[str]:
    tree = ast.parse((TESTS / file).read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_every_behaviour_has_tests_and_every_test_named_exists() -> None:
    assert sorted(BEHAVIOURS) == list(range(1, 27))
    for number, (sentence, named) in BEHAVIOURS.items():
        assert sentence
        assert named, f"number {number} has no test"
        missing = [
            f"{file}::{name}" for file, names in named.items() for name in names if name not in functions_of(file)
        ]
        assert missing == [], f"number {number} names tests that are not there"


if __name__ == "__main__":
    print(" ".join(nodes(int(sys.argv[1]))))
