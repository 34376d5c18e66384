"""What this release decides, and in which words, is what was stored: a change of either is looked at, never slipped in.

If a change was wanted: `python -m tests.casework.stored_decisions`, and read the difference.
"""

from tests.casework.stored_decisions import ANSWERS, LIVES, SEEDS, answers, digest, lives


def test_the_lives_come_to_what_was_stored() -> None:
    played = list(lives())
    stored = ANSWERS.read_text("utf-8").splitlines()

    assert answers(played) == stored
    assert [f"{s} {digest(x)}" for s, x in zip(SEEDS, played, strict=True)] == LIVES.read_text("utf-8").splitlines()
