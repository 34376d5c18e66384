"""Every worked case has a drill or a test that names its number, and nothing names a number that does not exist."""

from operations.scenario_page import scenarios, shown_by


def test_every_scenario_is_shown() -> None:
    assert len(scenarios()) == 63
    assert not [number for number in scenarios() if number not in shown_by()]


def test_nothing_names_a_scenario_that_is_none() -> None:
    assert not {n: by for n, by in shown_by().items() if n not in scenarios()}
