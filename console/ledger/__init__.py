"""Pages of the ledger (台账): an area as on a day, and its files."""
