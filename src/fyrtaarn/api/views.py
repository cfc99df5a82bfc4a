"""A page to try the interface on, made from its own description; works without JavaScript."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from .routes import api


@dataclass(frozen=True)
class Operation:
    """One address of the interface, as the page shows it."""

    name: str
    path: str
    text: str
    parameters: tuple[dict[str, Any], ...]


@login_not_required
@require_safe
def try_it(request: HttpRequest) -> HttpResponse:
    """Show all addresses with their parameters; a filled form leads to the answer itself."""
    operations = described()
    chosen = next((one for one in operations if one.name == request.GET.get("operation")), None)
    if chosen is not None:
        return redirect(filled(chosen, request.GET.dict()))
    return render(request, "api/try.html", {"operations": operations, "openapi": "/api/v1/openapi.json"})


def described() -> list[Operation]:
    """All operations from the OpenAPI description."""
    schema: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/v1/")
    return [
        Operation(
            name=get["operationId"],
            path=path,
            text=get.get("description") or get.get("summary", ""),
            parameters=tuple(get.get("parameters", ())),
        )
        for path, methods in schema["paths"].items()
        for get in (methods["get"],)
    ]


def filled(operation: Operation, given: dict[str, str]) -> str:
    """The address with the given values: those of the path in their place, the others behind the question mark."""
    path, query = operation.path, {}
    for parameter in operation.parameters:
        value = given.get(parameter["name"], "").strip()
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", quote(value or "1", safe=""))
        elif value:
            query[parameter["name"]] = value
    return f"{path}?{urlencode(query)}" if query else path
