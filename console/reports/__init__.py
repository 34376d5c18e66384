"""The monthly dispatch report as pages (调度表): lists, one report and its acts, rows, sheets, balances."""
