"""What a form has sent can be sent once more, when it came too late to be carried out: nothing that is written is lost."""

from django.http import HttpRequest

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field


def fields_sent(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form of ours has sent, but for files; nothing where it may have come from another website."""
    if request.headers.get("Origin") != f"{request.scheme}://{request.get_host()}":
        return []
    return [(name, value) for name, values in request.POST.lists() if name != TOKEN for value in values]
