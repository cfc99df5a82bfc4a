"""What a page leads to: its links, and its forms with all their fields, hidden ones too."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import lxml.html

CSRF = "csrfmiddlewaretoken"


@dataclass(frozen=True)
class Control:
    """One field of a form; `kind` is the type of the control, `choices` what it offers."""

    name: str
    kind: str
    value: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """A form that is sent by POST, as it was found."""

    path: str
    multipart: bool
    controls: tuple[Control, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted({control.name for control in self.controls}))


@dataclass(frozen=True)
class Page:
    """A page's addresses, as far as they are ours, and its forms."""

    links: tuple[str, ...]
    forms: tuple[Form, ...]
    document: lxml.html.HtmlElement

    @property
    def says_what_is_wrong(self) -> bool:
        shown = "alert-error", "alert-warning", "form-error-message"
        return any(self.document.find_class(one) for one in shown)


def read_page(html: str, path: str) -> Page:
    """Read a page that was found at a path."""
    document = lxml.html.document_fromstring(html if "<body" in html else f"<body>{html}</body>")
    forms = [_form(element, path) for element in document.xpath("//form") if element.method == "POST"]
    return Page(tuple(_links(document, path)), tuple(forms), document)


def _links(document: lxml.html.HtmlElement, path: str) -> Iterator[str]:
    asked = [element for element in document.xpath("//form") if element.method == "GET"]
    written = [*document.xpath("//@href"), *document.xpath("//@hx-get"), *document.xpath("//@src")]
    for form in asked:
        query = "&".join(f"{name}=" for name in form.inputs.keys() if name)  # noqa: SIM118 - not a dictionary
        written.append(f"{(form.action or path).split('?')[0]}?{query}")
    for address in written:
        try:
            found = urlsplit(urljoin(path, address))
        except ValueError:  # what a reader has written herself
            continue
        if not found.netloc and not found.scheme and not found.path.startswith("/static/"):
            yield found.path + (f"?{found.query}" if found.query else "")


def _form(element: lxml.html.FormElement, path: str) -> Form:
    named = element.xpath(".//*[self::input or self::textarea or self::select or self::button][@name]")
    controls = [_control(one) for one in named if one.get("name") != CSRF]
    merged = {control.name: control for control in controls if control.kind not in ("radio", "submit")}
    for control in controls:  # of radio buttons and submit buttons each is a choice
        if control.kind in ("radio", "submit"):
            known = merged.get(control.name, Control(control.name, "radio"))
            merged[control.name] = Control(control.name, "radio", known.value, (*known.choices, control.value))
    return Form(urljoin(path, element.action or path), "multipart" in element.get("enctype", ""), (*merged.values(),))


def _control(element: lxml.html.HtmlElement) -> Control:
    if element.tag == "select":
        offered = tuple(value for value in element.value_options if value)
        chosen = element.xpath("string(.//option[@selected]/@value)")
        return Control(element.get("name"), "select", chosen, offered)
    if element.tag == "textarea":
        return Control(element.get("name"), "textarea", element.value or "")
    kind = "submit" if element.tag == "button" else element.get("type", "text")
    return Control(element.get("name"), kind, element.get("value", ""))
