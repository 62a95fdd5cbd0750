"""The steps as plain functions over ports: poll, relate, compare, draft, queue. Each is idempotent and resumes from the store.

    poll_sources ─▶ relate_items ─▶ choose_events ─▶ compare_event ─▶ draft_event ─▶ (the review queue)

``run_round`` calls them in that order for the daily round; ``flows/`` wraps the same functions for the schedule.
"""
