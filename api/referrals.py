"""Referrals of a job (岗位推荐) and their outcomes."""

from api.steps import step_router

router = step_router("帮扶", "record_referral", "acknowledge_referral", "record_referral_outcome")
