"""What the terms of watching and telling are called on paper (核查线索、通知).  Words only."""

OF_WATCH = {
    "radar.unrecognised_after": "已知符合条件多久没有建档列入核查",
    "radar.placements_window": "同一单位安置人数的统计期间",
    "radar.placements_at_one": "同一单位安置几人起核对",
    "radar.placements_ended": "其中几人短期离岗列入核查",
    "radar.placements_ended_within": "上岗后多久内离岗算短期离岗",
    "radar.placements_uninsured": "其中几人未参保列入核查",
    "radar.placements_insured_within": "上岗满多久仍未参保算未参保",
    "radar.undelivered_after": "政策和服务逾期多久列入核查",
    "radar.unclaimed_after": "可享受的补贴多久没有申领列入核查",
    "notices.quiet_from_hour": "夜间不发短信，自",
    "notices.quiet_to_hour": "夜间不发短信，至",
}

PEOPLE = ("radar.placements_at_one", "radar.placements_ended", "radar.placements_uninsured")
"""Terms that count people."""
