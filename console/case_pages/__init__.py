"""The page of a case (个案页面) and the pages behind it: clocks, people, timeline, messages, who looked, comparisons.

`overview.py` is the page itself; what its sections show is made in `process.py`, `promise.py`, `work.py`, `people.py`,
`help_given.py` and `happenings.py`, each pure on what `records/case_pages.py` read.  Nothing is decided here.
"""
