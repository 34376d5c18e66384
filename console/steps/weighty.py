"""Steps that are shown before they are taken (先预告): what cannot be taken back, or moves dates and decisions."""

WEIGHTY = frozenset(
    {
        *("decide_special_situation", "decline_first_review", "return_to_office", "decline_recheck", "certify"),
        *("take_down_publicity", "dismiss_objection", "uphold_objection", "correct_objection", "conclude_review"),
        *("withdraw", "judge_refusal", "confirm_breach_cause", "suspend_promise", "resume_promise"),
        *("propose_exit", "approve_exit", "reject_exit", "uphold_appeal", "dismiss_appeal", "confirm_exit_effect"),
        *("approve_elimination", "reject_elimination", "withdraw_elimination", "restore_certification"),
        *("confirm_stable", "end_monitoring", "transfer_case", "amend_household", "remove_member"),
    }
)
