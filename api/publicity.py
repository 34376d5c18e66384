"""Publicity (公示): posting, its proof, take-down, report-up.  The public's view is in `board.py`."""

from api.steps import step_router

router = step_router("公示", "post_publicity", "record_publicity_proof", "take_down_publicity", "report_up")
