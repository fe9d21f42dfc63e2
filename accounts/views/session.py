"""Logging in, and getting back in."""

from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy

from accounts.actions import record
from accounts.enums import Verb
from accounts.forms.people import ChangePasswordForm, LoginForm, ResetForm, SetPasswordForm


class JournaledReset(views.PasswordResetConfirmView):
    def form_valid(self, form):
        response = super().form_valid(form)
        record(self.user, Verb.PASSWORD_CHANGED, self.user)
        return response


class JournaledChange(views.PasswordChangeView):
    def form_valid(self, form):
        response = super().form_valid(form)
        record(self.request.user, Verb.PASSWORD_CHANGED, self.request.user)
        return response


# Django's own flows: one-time reset links, a new session key at log-in, `next` checked against
# foreign hosts. Only the words and the pages are ours.
login = views.LoginView.as_view(
    template_name="accounts/login.html",
    authentication_form=LoginForm,
    redirect_authenticated_user=True,
)
logout = views.LogoutView.as_view()
password_reset = login_not_required(
    views.PasswordResetView.as_view(
        template_name="accounts/password_reset.html",
        form_class=ResetForm,
        subject_template_name="accounts/emails/password_reset_subject.txt",
        email_template_name="accounts/emails/password_reset_body.txt",
        html_email_template_name="accounts/emails/password_reset_body.html",
        success_url=reverse_lazy("accounts:password_reset_done"),
    )
)
password_reset_done = login_not_required(
    views.PasswordResetDoneView.as_view(template_name="accounts/password_reset_done.html")
)
password_reset_confirm = login_not_required(
    JournaledReset.as_view(
        template_name="accounts/password_reset_confirm.html",
        form_class=SetPasswordForm,
        success_url=reverse_lazy("accounts:login"),
    )
)
password_change = JournaledChange.as_view(
    template_name="accounts/password_change.html",
    form_class=ChangePasswordForm,
    success_url=reverse_lazy("accounts:account"),
)


@login_not_required
def locked_out(request: HttpRequest, *_args, **_kwargs) -> HttpResponse:
    """Say the same thing for a known and an unknown account, and when to try again."""
    return render(request, "accounts/locked_out.html", status=429)
