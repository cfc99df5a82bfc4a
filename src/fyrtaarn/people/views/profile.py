"""My own pages: profile, notices, and for whom I am here."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fyrtaarn.foundation import notices

from .. import acting, actions
from ..acting import me
from ..forms import NoticesForm, ProfileForm
from ..models import User


def profile(request: HttpRequest) -> HttpResponse:
    """Who I am to others, my roles, and the way to sign-in and safety."""
    own = _own_copy(request)
    form = ProfileForm(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        saved = actions.change_profile(own, form.cleaned_data)
        with translation.override(saved.language):
            messages.success(request, _("Your profile has been saved."))
        answer = redirect("people:profile")
        # this browser's own choice would otherwise win over the one that was just made
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, saved.language, samesite="Lax")
        return answer
    return _page(request, form, NoticesForm(choices=notices.choices_of(request.user)))


@require_POST
def choose_notices(request: HttpRequest) -> HttpResponse:
    """How often I get mail about what."""
    form = NoticesForm(request.POST, choices=notices.choices_of(request.user))
    if form.is_valid():
        actions.choose_notices(me(request), form.cleaned_data)
        messages.success(request, _("Your choices have been saved."))
        return redirect("people:profile")
    return _page(request, ProfileForm(instance=_own_copy(request)), form)


@require_POST
def act_as(request: HttpRequest) -> HttpResponse:
    """Choose for whom I am here, among those to whom I belong."""
    chosen = acting.choose(request, request.POST.get("context", ""))
    if chosen is None:
        messages.error(request, _("You do not belong there any more. Choose among the others."))
        return redirect("site:overview")
    after = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure())
    return redirect(after if safe else chosen.path)


def _own_copy(request: HttpRequest) -> User:
    """Myself once more: a form writes on its instance, also when what was written is wrong."""
    return User.objects.get(pk=me(request).pk)


def _page(request: HttpRequest, form: ProfileForm, notices_form: NoticesForm) -> HttpResponse:
    context = {"form": form, "notices_form": notices_form, "roles": me(request).current_roles}
    return render(request, "people/profile.html", context)
