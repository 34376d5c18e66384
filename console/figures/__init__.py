"""Pages of the statistics (统计): an area as on a day, over a period, and the rows behind each number."""
