"""One's own account, one's organisation and its members."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import access, actions
from accounts.actions import members
from accounts.enums import Verb
from accounts.forms.people import (
    AcceptForm,
    AccountForm,
    EndMembershipForm,
    InviteForm,
    OrganisationForm,
    RoleForm,
)
from accounts.models import Invitation, Membership, User
from accounts.rules.roles import Capability


def account(request: HttpRequest) -> HttpResponse:
    """Who I am here, since when, for whom."""
    form = AccountForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        actions.record(request.user, Verb.ACCOUNT_CHANGED, request.user, fields=form.changed_data)
        messages.success(request, "Votre compte est à jour.")
        return redirect("accounts:account")
    memberships = request.user.memberships.select_related("organisation").order_by("-starts_on")
    context = {"form": form, "memberships": memberships, "on": timezone.localdate()}
    return render(request, "accounts/account.html", context)


def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """An organisation's file and its members, for those who belong to it."""
    today = timezone.localdate()
    shown = access.get_organisation_or_404(request.user, pk, on=today)
    scope = access.scope_of(request.user, on=today)
    may_administer = scope.is_platform or pk in scope.organisations_with(Capability.ADMINISTER)
    context = {
        "organisation": shown,
        "on": today,
        "may_administer": may_administer,
        "members": shown.memberships.in_force(on=today).select_related("user"),
        "invitations": shown.invitations.pending(now=timezone.now()) if may_administer else [],
    }
    return render(request, "accounts/organisation.html", context)


def organisation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = access.get_organisation_or_404(request.user, pk, on=today)
    access.check_can_administer(request.user, shown, on=today)
    form = OrganisationForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        fresh = access.get_organisation_or_404(request.user, pk, on=today)
        try:
            members.change_organisation(fresh, by=request.user, on=today, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "La fiche de l’organisme est à jour.")
            return redirect("accounts:organisation", pk=pk)
    return render(request, "accounts/organisation_edit.html", {"organisation": shown, "form": form})


def invite(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = access.get_organisation_or_404(request.user, pk, on=today)
    access.check_can_administer(request.user, shown, on=today)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            members.invite_member(
                shown, by=request.user, now=timezone.now(), on=today, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            address = form.cleaned_data["email"]
            messages.success(request, f"L’invitation est partie à {address}, pour sept jours.")
            return redirect("accounts:organisation", pk=pk)
    return render(request, "accounts/invite.html", {"organisation": shown, "form": form})


@require_POST
def invitation_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    visible = access.organisations_visible_to(request.user, on=today)
    invitation = get_object_or_404(Invitation, pk=pk, organisation__in=visible)
    try:
        members.revoke_invitation(invitation, by=request.user, now=timezone.now(), on=today)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"L’invitation de {invitation.email} est retirée.")
    return redirect("accounts:organisation", pk=invitation.organisation_id)


def _membership_or_404(request: HttpRequest, pk: int, *, on) -> Membership:
    visible = access.organisations_visible_to(request.user, on=on)
    memberships = Membership.objects.in_force(on=on).select_related("organisation", "user")
    return get_object_or_404(memberships, pk=pk, organisation__in=visible)


def membership(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a member's role, or say which day is their last."""
    today = timezone.localdate()
    shown = _membership_or_404(request, pk, on=today)
    access.check_can_administer(request.user, shown.organisation, on=today)
    leaving = "ends_on" in request.POST
    role_form = RoleForm(None if leaving else request.POST or None, initial={"role": shown.role})
    end_form = EndMembershipForm(
        request.POST if leaving else None, initial={"ends_on": shown.ends_on or today}
    )
    form = end_form if leaving else role_form
    if request.method == "POST" and form.is_valid():
        act = members.end_membership if leaving else members.change_role
        try:
            act(shown, by=request.user, on=today, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, f"C’est enregistré pour {shown.user}.")
            return redirect("accounts:organisation", pk=shown.organisation_id)
    context = {"membership": shown, "role_form": role_form, "end_form": end_form}
    return render(request, "accounts/membership.html", context)


@login_not_required
@never_cache
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Open a received invitation: nothing is written before the person confirms."""
    now = timezone.now()
    invitation = members.pending_invitation(token, now=now)
    if invitation is None:
        return render(request, "accounts/invitation_gone.html", status=404)
    known = User.objects.filter(email=invitation.email).exists()
    form = None if known else AcceptForm(request.POST or None, email=invitation.email)
    if request.method == "POST" and (form is None or form.is_valid()):
        given = form.cleaned_data if form else {}
        try:
            members.accept_invitation(invitation, now=now, on=timezone.localdate(), **given)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, "Votre accès est ouvert. Connectez-vous pour commencer.")
        return redirect("accounts:login")
    context = {"invitation": invitation, "form": form}
    return render(request, "accounts/accept_invitation.html", context)
