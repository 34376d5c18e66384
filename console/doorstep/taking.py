"""Taking what a form means (办理): at once, or as the corrected content of an offline entry (see `keeping.py`).

Each act has a key of its own made from the form's, so that sending the form again repeats nothing.  What a household
answered to a job is taken after the job itself; when only the answer is refused, the form of the answer is shown with
everything typed.
"""

from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError

from api.wrong_bodies import body_errors
from casework.errors import SaidNo
from console.doorstep.typed import Act, Planned
from console.forms import Form
from desk import offline_entries
from desk.bodies import body_of
from desk.desk import Caller, Desk, off_loop
from desk.noted_vacancies import note_vacancy
from desk.steps import take_step


@dataclass(slots=True)
class Taking:
    """One form on its way: how far it came, and the referral that was made on the way."""

    desk: Desk
    caller: Caller
    case_id: str
    form: Form
    now: datetime
    done: int = 0
    referral: str = ""

    async def take(self, planned: Planned) -> None:
        """Take every act in order; raises what the desk raises, with `done` telling how many were taken."""
        for number, act in enumerate(planned.acts):
            if planned.post is not None and act.trigger == "record_referral":
                act = await self._with_vacancy(planned, act)
            seq = await self._one(act.about(self.referral), number)
            if act.trigger == "record_referral":
                self.referral = f"R{seq}"
            self.done += 1

    async def _one(self, act: Act, number: int) -> int:
        entry = self.form.text("entry")
        if entry is not None and number == 0:
            return (await offline_entries.adopt(self.desk, self.caller, entry, act.content, self.now)).seq or 0
        try:
            typed = body_of(act.trigger).model_validate(act.values)
        except ValidationError as error:
            raise _wrong(error) from None
        key = key_of(self.form, number)
        return (await take_step(self.desk, self.caller, self.case_id, act.trigger, typed, key, now=self.now)).seq

    async def _with_vacancy(self, planned: Planned, act: Act) -> Act:
        assert planned.post is not None
        made = await off_loop(
            lambda: note_vacancy(
                self.desk,
                self.caller,
                self.case_id,
                employer=planned.post.employer if planned.post else "",
                title=planned.post.title if planned.post else "",
                pay_fen=act.values["pay_fen"],
                on=act.values["on"],
            )
        )
        return Act(act.trigger, act.values | {"vacancy": made})


def key_of(form: Form, number: int) -> str:
    """Return the key of an act of a form; the first has the form's own."""
    return form.key if number == 0 else f"{form.key[:110]}-{number + 1}"


def _wrong(error: ValidationError) -> SaidNo:
    field, reason = body_errors(error.errors(include_input=False))[0]
    return SaidNo("content_wrong", f"填写有误：{reason}。", field=field)
