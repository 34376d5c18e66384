"""Which addresses are not pictured, and why (不配图的地址): files, questions that pass, what is another each time."""

from collections.abc import Mapping

A_PHONE = "after a code that only a phone knows; looked at in tests/console/public"

A_VACANCY = "a vacancy has an id of its own in each installation; looked at in tests/console/vacancies"

NOT_PICTURED: Mapping[str, str] = {
    "/cases/export.{kind}": "a file",
    "/ledger/export.{kind}": "a file",
    "/queue/export.{kind}": "a file",
    "/register/export.{kind}": "a file",
    "/vacancies/export.{kind}": "a file",
    "/vacancies/sheet/template.{kind}": "a file",
    "/vacancies/{vacancy_id}": A_VACANCY,
    "/cases/{case_id}/plans/{member_id}/versions/{number}": "a version somebody wrote; in tests/console/vacancies",
    "/vacancies/{vacancy_id}/edit": A_VACANCY,
    "/vacancies/{vacancy_id}/close": A_VACANCY,
    "/register/rounds/{round_id}/visits/export.{kind}": "a file",
    "/register/rounds/{round_id}/sheet.xlsx": "a file",
    "/supervision/list/export.{kind}": "a file",
    "/inspections/export.{kind}": "a file",
    "/inspections/areas/export.{kind}": "a file",
    "/inspections/all/export.{kind}": "a file",
    "/inspections/items/{kind}/{subject}": "what is listed is another each time; tests/console/inspections reads it",
    "/inspections/of/{inspection_id}": "an inspection has an address of its own each time",
    "/inspections/of/{inspection_id}/print": "the same on paper",
    "/static/{digest}/{name}": "files that pages bring along",
    "/robots.txt": "for programs",
    "/board/received": "shown once, with a number nobody else has",
    "/follow/status": A_PHONE,
    "/apply/drafts": A_PHONE,
    "/apply/received": A_PHONE,
    "/apply/{draft_id}/check": A_PHONE,
    "/apply/{draft_id}/family": A_PHONE,
    "/apply/{draft_id}/home": A_PHONE,
    "/apply/{draft_id}/person/{key}": A_PHONE,
    "/apply/{draft_id}/work/{key}": A_PHONE,
    "/apply/{draft_id}/uploads": A_PHONE,
    "/apply/{draft_id}/papers/{evidence_id}": "a file, not a page",
    "/applications/{receipt}": "an application has a number of its own each time",
    "/applications/objections/{receipt}": "an objection has a number of its own each time",
    "/evidence/{evidence_id}": "a file, not a page",
    "/cases/{case_id}/papers/{paper_id}": "a file, not a page",
    "/administration/people/export.{kind}": "a file",
    "/subsidies/export.{kind}": "a file",
    "/subsidies/applications/export.{kind}": "a file",
    "/subsidies/ending/export.{kind}": "a file",
    "/subsidies/recovery/export.{kind}": "a file",
    "/subsidies/coordination/export.{kind}": "a file",
    "/subsidies/continuation/export.{kind}": "a file",
    "/subsidies/payments/{list_id}/export.{kind}": "a file",
    "/subsidies/applications/{application_id}": "an application has a number of its own each time",
    "/subsidies/coordination/{task_id}": "a task has a number of its own each time",
    "/subsidies/payments/{list_id}": "a list has a number of its own each time",
    "/cases/{case_id}/steps/{trigger}/waiting": "only while the record is behind the engine",
}
"""Routes that are no page, and why."""
