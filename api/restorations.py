"""Restored certification (恢复认定) after a job was lost."""

from api.steps import step_router

router = step_router("就业", "restore_certification")
