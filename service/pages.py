"""HTML pages: the templates, and what all pages share. Scripts, style and letters come from this service alone."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus, urlencode, urlsplit

import jinja2
from fastapi import Request
from fastapi.responses import Response

from graph.namespaces import BASE, PC
from service.answers import content_response
from service.assets import STATIC, Assets, assets_of, first_letters, read_manifest
from service.doubts import doubt_text
from service.localized import date_text, moment_text, number_text, quarter_text, size_text
from service.releases import Release
from service.shared import service_of
from service.texts import TEXTS
from service.unbroken import unbroken

TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
"""All templates, macros among them."""
TEMPLATES.filters["unbroken"] = unbroken

CONTENT_POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
"""What pages may load and who may frame them (Content Security Policy Level 3)."""

HTML = "text/html; charset=utf-8"
"""The media type of pages."""


def read_templates() -> None:
    """Compile all templates, which the first page made from one would otherwise wait for."""
    for name in TEMPLATES.list_templates():
        TEMPLATES.get_template(name)


def language_of(request: Request) -> str:
    """Return the language a page is asked for: ?lang=en for English, else Vietnamese."""
    return "en" if request.query_params.get("lang") == "en" else "vi"


def page_response(request: Request, release: Release, template: str, language: str, **context: Any) -> Response:
    """Return a page made from answers of one release."""
    content = render(request, template, language, release=release, **context)
    return content_response(request, release, content, HTML)


def render(request: Request, template: str, language: str, **context: Any) -> bytes:
    """Fill a template; all values are escaped."""
    prefix = _prefix(request)
    link = linker(request, language)

    @cache  # a page names the same things many times
    def thing(iri: str) -> str:
        """Return the link to what an IRI names: in this service for the graph's own, else the IRI; "" for none."""
        if iri.startswith(f"{BASE}id/"):
            return link("/" + iri.removeprefix(BASE))
        if iri.startswith(PC):
            return f"{link('/def')}#{iri.removeprefix(PC)}"
        if iri.startswith(BASE):
            return ""  # its graphs have no address here
        return iri if iri.startswith(("http://", "https://")) else ""

    others = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    if language == "vi":
        others.append(("lang", "en"))
    switch = f"{prefix}{quote(request.url.path)}" + (f"?{urlencode(others)}" if others else "")
    manifest = read_manifest(STATIC)

    def assets(entry: str) -> Assets:
        """Return what the page loads for an entry of service/web/src."""
        return assets_of(entry, manifest)

    page = TEMPLATES.get_template(template).render(
        t=TEXTS[language],
        language=language,
        link=link,
        thing=thing,
        short=short_name,
        switch=switch,
        here=request.url.path,
        assets=assets,
        first_letters=first_letters(manifest),
        date=partial(date_text, language=language),
        quarter=partial(quarter_text, language=language),
        moment=partial(moment_text, language=language),
        number=partial(number_text, language=language),
        size=partial(size_text, language=language),
        doubt_text=partial(doubt_text, language=language),
        static=f"{prefix}/static",
        **context,
    )
    return page.encode()


def linker(request: Request, language: str) -> Callable[..., str]:
    """Return what makes links inside the service, in a language: path, then parameters; those of None are left out."""
    prefix = _prefix(request)
    in_other = {"lang": "en"} if language == "en" else {}
    quoted, plus = cache(quote), cache(quote_plus)  # a page has many links of few words

    def pairs(name: str, value: object) -> Iterator[str]:
        for one in value if isinstance(value, list | tuple) else (value,):
            yield f"{plus(name)}={plus(str(one))}"

    def link(path: str, /, **parameters: object) -> str:
        given = {name: value for name, value in parameters.items() if value is not None}
        query = "&".join(pair for name, value in {**in_other, **given}.items() for pair in pairs(name, value))
        return f"{prefix}{quoted(path)}{query and '?'}{query}"

    return link


def framed_elsewhere(response: Response) -> Response:
    """Let pages of others show a response in a frame: one without forms, that no click in it does anything for."""
    response.headers["Content-Security-Policy"] = CONTENT_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
    return response


def _prefix(request: Request) -> str:
    return urlsplit(service_of(request).settings.public_url).path


def short_name(iri: str) -> str:
    """Return an IRI without what all IRIs of the graph begin with, for showing where it has no label."""
    return iri.removeprefix(f"{BASE}id/").removeprefix(BASE)


def in_language(labels: Mapping[str, str], language: str) -> str | None:
    """Return the label in the language of the page, else in the other, else any; `labels` is language -> text."""
    order = ("en", "vi") if language == "en" else ("vi", "en")
    return next((labels[one] for one in order if one in labels), next(iter(labels.values()), None))
