"""Pages as tests read them without a browser: their forms with every field, as a browser would send them.

Nothing here knows a page of ours; only what HTML says of forms.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = dict[str, str]

_BUTTONS = ("submit", "button", "image", "reset")


@dataclass
class PageForm:
    """One form: where it goes, its fields as (name, value) in order, and what may be chosen in each choice."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    choices: dict[str, set[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    once: set[str] = field(default_factory=set)
    """Choices of which one value goes: radio buttons and selects that are not `multiple`."""

    def value(self, name: str) -> str:
        """Return the first value of a field as the page shows it."""
        return next((value for key, value in self.fields if key == name), "")

    def filled(self, given: dict[str, str | list[str]]) -> list[tuple[str, str]]:
        """Return what is sent when these fields are typed or chosen; asserts that the page offers them."""
        unknown = given.keys() - self.names - {name for name, _ in self.buttons}
        assert not unknown, f"{self.action} has no field {sorted(unknown)}, only {sorted(self.names)}"
        sent = [(name, value) for name, value in self.fields if name not in given]
        for name, values in given.items():
            for value in values if isinstance(values, list) else [values]:
                offered = self.choices.get(name)
                assert offered is None or value in offered or (value == "" and name not in self.once), (
                    f"{self.action} offers no {value!r} for {name}, only {sorted(offered or ())}"
                )
                sent.append((name, value))
        return sent


class Page(HTMLParser):
    """Reads a page: its title, its headings, its links, its forms, and the files it brings along."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[PageForm] = []
        self.links: list[str] = []
        self.brought: set[str] = set()
        self.title = ""
        self.headings: list[tuple[int, str]] = []
        self.text = ""
        self._by_id: dict[str, PageForm] = {}
        self._form: PageForm | None = None
        self._select: tuple[PageForm, str, bool] | None = None
        self._options: list[tuple[str, bool]] = []
        self._option: tuple[Attributes, list[str]] | None = None
        self._area: tuple[PageForm, str, list[str]] | None = None
        self._in: list[str] = []
        self._drawing = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self._drawing += tag == "svg"
        form = self._by_id.get(said.get("form", ""), self._form)
        if tag == "form":
            self._form = PageForm(said.get("action", ""), said.get("method", "get").lower())
            self.forms.append(self._form)
            if "id" in said:
                self._by_id[said["id"]] = self._form
        elif tag == "a" and "href" in said:
            self.links.append(said["href"])
        elif tag == "link" or (tag in ("img", "script") and "src" in said):
            self.brought.add(said.get("src") or said["href"])
            if tag == "script":
                self._in.append(tag)
        elif tag in ("title", "script", "style") or (len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()):
            self._in.append(tag)
            if tag[0] == "h":
                self.headings.append((int(tag[1]), ""))
        elif form is not None and "disabled" not in said and said.get("name"):
            self._field(form, tag, said)
        if tag == "option" and self._select:
            self._end_option()
            self._option = (said, [])

    def _field(self, form: PageForm, tag: str, said: Attributes) -> None:
        name, value, kind = said["name"], said.get("value", ""), said.get("type", "text").lower()
        if tag == "button" or (tag == "input" and kind in _BUTTONS):
            form.buttons.append((name, value))
            return
        form.names.add(name)
        if tag == "select":
            self._select, self._options = (form, name, "multiple" in said), []
        elif tag == "textarea":
            self._area = (form, name, [])
        elif kind == "file":
            form.files.add(name)
        elif kind in ("radio", "checkbox"):
            form.choices.setdefault(name, set()).add(said.get("value", "on"))
            if kind == "radio":
                form.once.add(name)
            if "checked" in said:
                form.fields.append((name, said.get("value", "on")))
        else:
            form.fields.append((name, value))

    def handle_endtag(self, tag: str) -> None:
        self._drawing -= tag == "svg"
        if tag == "form":
            self._form = None
        elif tag == "option":
            self._end_option()
        elif tag == "select" and self._select:
            self._end_option()
            form, name, multiple = self._select
            form.choices[name] = {value for value, _ in self._options}
            chosen = [value for value, selected in self._options if selected]
            if not multiple:
                form.once.add(name)
                chosen = chosen[-1:] or [value for value, _ in self._options[:1]]
            form.fields.extend((name, value) for value in chosen)
            self._select = None
        elif tag == "textarea" and self._area:
            form, name, pieces = self._area
            form.fields.append((name, "".join(pieces).removeprefix("\n")))
            self._area = None
        elif self._in and self._in[-1] == tag:
            self._in.pop()

    def _end_option(self) -> None:
        if self._option is not None:
            said, pieces = self._option
            if "disabled" not in said:
                self._options.append((said.get("value", "".join(pieces).strip()), "selected" in said))
            self._option = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area[2].append(data)
        elif self._option:
            self._option[1].append(data)
        elif self._in and self._in[-1] == "title":
            self.title += "" if self._drawing else data  # a drawing has titles of its own
        elif not self._in or self._in[-1][0] == "h":
            self.text += data
            if self._in:
                level, words = self.headings[-1]
                self.headings[-1] = (level, words + data)

    def form(self, fields: set[str], action: str | None = None) -> PageForm:
        """Return the one form that is posted and has these fields (and goes to this address, where one is named)."""
        posted = [form for form in self.forms if form.method == "post"]
        fit = [
            form
            for form in posted
            if fields <= form.names | form.files | {name for name, _ in form.buttons}
            and (action is None or form.action.endswith(action))
        ]
        if len(fit) > 1 and action is None:  # every page has the small forms of its frame: the largest is meant
            fit.sort(key=lambda form: len(form.names), reverse=True)
            fit = fit[:1] if len(fit[0].names) > len(fit[1].names) else fit
        told = "; ".join(f"{form.action}: {sorted(form.names | form.files)}" for form in posted)
        assert len(fit) == 1, f"{len(fit)} forms have {sorted(fields)} and go to {action or 'anywhere'}.  Forms: {told}"
        return fit[0]
