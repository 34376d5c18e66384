"""The chapters of a case as the server keeps them, first to last: for replays and for measuring them."""

from temporalio.client import Client, WorkflowHistory

from workflows.chapter import workflow_id


async def histories_of(client: Client, case_id: str) -> list[WorkflowHistory]:
    """Return the history of every chapter of a case."""
    chapters: list[WorkflowHistory] = []
    run_id = (await client.get_workflow_handle(workflow_id(case_id)).describe()).run_id
    while run_id:
        history = await client.get_workflow_handle(workflow_id(case_id), run_id=run_id).fetch_history()
        chapters.insert(0, history)
        run_id = history.events[0].workflow_execution_started_event_attributes.continued_execution_run_id
    return chapters
