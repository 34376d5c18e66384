"""Connectors (比对接口): they ask other offices' registers about people; nothing else may go out and ask."""
