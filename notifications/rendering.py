"""From a notice and its words to the text of a message, strictly (模板渲染).

A template may only place its notice's words: no branches, loops, filters or attributes.  So one text serves as our own
message and, with `${word}` in place of each word, as the template an office registers with its carrier.  HTML escaping
is off because the output is a text message; `words.one_line` keeps line breaks and control characters out of it.
"""

from dataclasses import fields
from functools import lru_cache
from importlib.resources import files

from jinja2 import FunctionLoader, StrictUndefined, nodes
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from casework.errors import CaseworkError
from notifications.catalog import Notice
from notifications.words import Words, one_line, spoken

DEFAULT_SIGN = "万家灯火"
"""短信签名 where the office has registered none of its own."""


class NoticeUnrenderable(CaseworkError):
    """The template asks for something that is not a word of its notice, or the words are of another notice."""


def render(notice: Notice, words: Words) -> str:
    """Return the body of the message, without its sign.

    Raises `NoticeUnrenderable` (code `notice_unrenderable`) when words and template do not agree.
    """
    if type(words) is not notice.words:
        raise NoticeUnrenderable("notice_unrenderable", f"通知 {notice.name} 的用词类型不符。")
    return _render(notice.name, spoken(words))


def signed(sign: str, body: str) -> str:
    """Return the whole message as it arrives on the phone: 【sign】 and the body."""
    return f"【{one_line(sign)}】{body}"


def carrier_template(notice: Notice) -> str:
    """Return the text to register with a carrier that reviews templates: `${word}` stands for each word."""
    return _render(notice.name, {f.name: f"${{{f.name}}}" for f in fields(notice.words)})


def words_in_order(name: str) -> tuple[str, ...]:
    """Return the words of a notice in the order in which its text first says them."""
    tree = environment().parse(template_source(name) or "")
    return tuple(dict.fromkeys(found.name for found in tree.find_all(nodes.Name)))


def numbered_template(notice: Notice) -> str:
    """Return the text to register with a carrier whose templates number their words: `{1}` for the first."""
    places = {name: f"{{{number}}}" for number, name in enumerate(words_in_order(notice.name), 1)}
    return _render(notice.name, places)


def template_source(name: str) -> str | None:
    """Return the source of a notice's template, or None when there is none."""
    source = files("notifications") / "templates" / name / "sms.txt.j2"
    return source.read_text(encoding="utf-8").strip() if source.is_file() else None


@lru_cache(maxsize=1)
def environment() -> ImmutableSandboxedEnvironment:
    """Return the sandbox in which every template is rendered: strict, without globals or filters."""
    made = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(template_source),
        undefined=StrictUndefined,
        autoescape=False,
        auto_reload=False,
    )
    made.globals.clear()
    made.filters.clear()
    return made


def _render(name: str, said: dict[str, str]) -> str:
    try:
        return environment().get_template(name).render(said)
    except TemplateError as error:
        # Jinja2's own message may quote a word, so it stays out of ours and of any log of it.
        raise NoticeUnrenderable(
            "notice_unrenderable", f"通知 {name} 的模板无法生成短信（{type(error).__name__}）。"
        ) from None
