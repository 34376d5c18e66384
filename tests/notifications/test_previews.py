"""Previews: the text as it arrives, how many parts it takes, how and to whom it goes."""

import pytest

from notifications.catalog import NOTICES, Recipient, notice_named
from notifications.previews import channels_by_recipient, preview
from notifications.sample_words import A_WORD, sample_words
from notifications.words import WordsWrong

ALL = sorted(NOTICES)


@pytest.mark.parametrize("name", ALL)
def test_every_notice_has_a_preview_of_at_most_three_parts(name: str) -> None:
    shown = preview(notice_named(name))

    assert shown.parts <= 3, (shown.units, shown.text)
    assert shown.text == f"【万家灯火】{shown.in_app}"
    assert shown.goes
    assert bool(shown.aliyun_template) == bool(shown.tencent_template) == shown.by_sms


def test_a_preview_reads_as_a_true_message_and_titles_tell_notices_apart() -> None:
    assert not [name for name in ALL if A_WORD in preview(notice_named(name)).in_app]
    assert len({notice.title for notice in NOTICES.values()}) == len(NOTICES)


def test_what_takes_more_than_one_part_is_known() -> None:
    """一条 70 字；编号、户名和电话就占去近一半，所以多数通知要两条。"""
    longer = {name: preview(NOTICES[name]).parts for name in ALL if preview(NOTICES[name]).parts > 1}

    assert max(longer.values()) <= 3
    assert {"exit_proposed", "promise_due_soon"} <= set(longer), longer


def test_households_are_told_by_sms_and_desks_in_the_application() -> None:
    for name in ALL:
        for who, channels in channels_by_recipient(NOTICES[name]):
            words = [channel.words for channel in channels]
            if who in (Recipient.APPLICANT, Recipient.VISITOR):
                assert words == ["短信"], name
            elif who not in (Recipient.FORMER_HELPER, Recipient.FORMER_OFFICE):
                assert "站内" in words, name


def test_other_words_make_another_text_and_a_sign_is_the_offices() -> None:
    notice = notice_named("promise_due_soon")
    words = sample_words(notice) | {"days_left": "2", "household": "欧*家庭"}

    shown = preview(notice, words, sign="四平就业")
    assert shown.text.startswith("【四平就业】220302004-2026-00012欧*家庭的安置承诺")
    assert "还剩2个工作日" in shown.text
    with pytest.raises(WordsWrong):
        preview(notice, {"days_left": "2"})
