"""The rows of the step table, one file per part of a case's life; `casework/table.py` puts them together."""
