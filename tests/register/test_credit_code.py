"""The check sign of the unified social credit code: a real code stands, every slip of one sign is found."""

from register.credit_code import check_sign, credit_code_fault, normal_code

REAL = "91350100M000100Y43"
"""The example in the annex of GB 32100-2015."""


def test_the_standards_own_example_stands() -> None:
    assert check_sign(REAL[:17]) == REAL[17]
    assert credit_code_fault(normal_code(" 91350100-m000100y43 ")) is None


def test_every_slip_of_one_sign_is_found() -> None:
    for place in range(18):
        for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY":
            slipped = REAL[:place] + sign + REAL[place + 1 :]
            assert (credit_code_fault(slipped) is None) == (slipped == REAL), slipped


def test_what_is_wrong_is_said() -> None:
    assert "18位" in (credit_code_fault(REAL[:17]) or "")
    assert "不用I、O" in (credit_code_fault(REAL.replace("M", "O")) or "")
    assert "校验" in (credit_code_fault(REAL[:17] + "4") or "")
