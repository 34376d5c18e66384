"""The notification service (通知服务): the notices of this release, their texts, gateways and the send-once service.

What was planned and what became of it is kept by the record; when to come back is the workflow's.
"""
