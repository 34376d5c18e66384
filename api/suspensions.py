"""Days on which the promise does not count (承诺暂停), recorded by the county."""

from api.steps import step_router

router = step_router("承诺暂停", "suspend_promise", "resume_promise")
