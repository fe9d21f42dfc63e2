"""Who may see a convention, and who may act in it, on a day."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from accounts.access import RegionalMandate, Scope, scope_of
from accounts.models import ImportedEntry, JournalEntry
from accounts.rules.roles import Capability
from conventions.enums import ActStatus, ConventionStatus, ThreadScope
from conventions.models import (
    Act,
    ArticleRevision,
    Convention,
    Document,
    Mandate,
    Party,
    RegisteredLetter,
    Round,
    Termination,
    Thread,
)

PRIVATE = (ActStatus.PROJET, ActStatus.ABANDONNE)


def _any(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions, Q(pk__in=[]))


def _party_is(organisation_ids: list[int], *, on: date) -> Q:
    """Asked convention by convention: a page, or one door, never reads all the parties."""
    parties = Party.objects.in_force(on=on).filter(
        convention=OuterRef("pk"), organisation_id__in=organisation_ids
    )
    return Q(Exists(parties))


def _regional(mandates: Iterable[RegionalMandate], *, on: date) -> Q:
    return _any(
        Q(region_id=mandate.region_id) & _party_is([mandate.acts_for_id], on=on)
        for mandate in mandates
    )


def _reachable(scope: Scope, capability: Capability) -> Q:
    """The conventions in which `scope` gives `capability`, drafts kept to those who write them.

    A draft belongs to the organisation that drafts it until it opens the negotiation.
    """
    organisations = scope.organisations_with(capability)
    shared = _party_is(organisations, on=scope.on) | _regional(
        scope.regional_with(capability), on=scope.on
    )
    own_draft = Q(status=ConventionStatus.BROUILLON, drafted_by_id__in=organisations)
    return own_draft | (~Q(status=ConventionStatus.BROUILLON) & shared)


def visible_to(user, *, on: date) -> QuerySet[Convention]:
    """Every convention this person may read on `on`; all of them for the platform."""
    scope = scope_of(user, on=on)
    if scope.is_platform:
        return Convention.objects.all()
    return Convention.objects.filter(_reachable(scope, Capability.READ))


def get_convention_or_404(user, pk: int, *, on: date) -> Convention:
    """Return a convention this person may see. A stranger learns nothing: 404, never 403."""
    conventions = visible_to(user, on=on).select_related("territory")
    return get_object_or_404(conventions, pk=pk)


def acts_visible_to(user, convention: Convention, *, on: date) -> QuerySet[Act]:
    """The acts one may read of a convention one sees.

    An avenant being drafted is known to the side that drafts it alone, until its negotiation opens;
    one abandoned after that (it has a round) stays known to all.
    """
    scope = scope_of(user, on=on)
    if scope.is_platform:
        return convention.acts.all()
    own = Q(drafted_by_id__in=_own_sides(scope, convention))
    shared = Q(Exists(Round.objects.filter(act=OuterRef("pk"))), status=ActStatus.ABANDONNE)
    return convention.acts.filter(own | shared | Q(number=0) | ~Q(status__in=PRIVATE))


def _own_sides(scope: Scope, convention: Convention) -> list[int]:
    """One's organisations, and the bodies one's delegations act for in this convention's region."""
    delegated = [
        mandate.acts_for_id
        for mandate in scope.regional_with(Capability.READ)
        if mandate.region_id == convention.region_id
    ]
    return [*scope.organisations_with(Capability.READ), *delegated]


def mandates_visible_to(user, convention: Convention, *, on: date) -> QuerySet[Mandate]:
    """The mandates one may know of: what is voted for a private draft tells that it exists."""
    known = acts_visible_to(user, convention, on=on)
    return Mandate.objects.filter(
        Q(act__isnull=True) | Q(act__in=known), party__convention=convention
    )


def revisions_visible_to(user, act: Act, *, on: date) -> QuerySet[ArticleRevision]:
    """The states of an act's articles that one may read.

    How a draft came to be what it was when the negotiation opened, at its first round, stays with
    the side that wrote it.
    """
    scope = scope_of(user, on=on)
    drafter = act.drafted_by_id or act.convention.drafted_by_id
    opened_at = act.rounds.order_by("number").values_list("opened_at", flat=True).first()
    own = scope.is_platform or drafter in _own_sides(scope, act.convention)
    if own or opened_at is None:
        return act.article_revisions.all()
    return act.article_revisions.filter(written_at__gte=opened_at)


def entries_visible_to(
    user, entries: QuerySet[JournalEntry], *, on: date
) -> QuerySet[JournalEntry]:
    """Keep the lines one may read, of the journals of conventions one sees.

    What one side does apart (a draft it has not shared, an internal discussion) is written with
    `reserved_to`, the organisation of that side; the line stays its own once the draft is shared.
    """
    scope = scope_of(user, on=on)
    if scope.is_platform:
        return entries
    open_to_all = Q(data__reserved_to__isnull=True)
    own = Q(data__reserved_to__in=scope.organisations_with(Capability.READ))
    delegated = _any(
        Q(
            data__reserved_to=mandate.acts_for_id,
            dossier_id__in=Convention.objects.filter(region=mandate.region_id).values("pk"),
        )
        for mandate in scope.regional_with(Capability.READ)
    )
    return entries.filter(open_to_all | own | delegated)


def imported_entries_visible_to(
    user, convention: Convention, *, on: date
) -> QuerySet[ImportedEntry]:
    """The lines another portal wrote of a convention one sees, those of one side kept to it."""
    lines = ImportedEntry.objects.filter(dossier_id=convention.pk)
    scope = scope_of(user, on=on)
    if scope.is_platform:
        return lines
    own = Q(reserved_to__in=_own_sides(scope, convention))
    return lines.filter(own | Q(reserved_to__isnull=True))


def get_act_or_404(user, convention: Convention, number: int, *, on: date) -> Act:
    """Return an act of a convention one sees; a draft of another organisation is not known: 404."""
    return get_object_or_404(acts_visible_to(user, convention, on=on), number=number)


def threads_visible_to(user, act: Act, *, on: date) -> QuerySet[Thread]:
    """The discussions of an act one sees: the shared ones, and those internal to one's own side.

    A side is a party: the members of its organisation and of the delegations that act for it. The
    platform is of no side.
    """
    sides = acting_parties(user, act.convention, Capability.READ, on=on)
    return act.threads.filter(Q(scope=ThreadScope.PARTAGE) | Q(party__in=sides.order_by()))


def endings_visible_to(user, convention: Convention, *, on: date) -> QuerySet[Termination]:
    """The ways out one may know of, in a convention one sees.

    What a party only prepares, or gave up before notifying it, is its own secret; from the event
    that its clause names, both sides see it.
    """
    scope = scope_of(user, on=on)
    if scope.is_platform:
        return convention.endings.all()
    sides = _own_sides(scope, convention)
    heirs = [
        party.pk
        for party in Party.objects.filter(endings__convention=convention)
        if party.heir(on=on).organisation_id in sides
    ]
    return convention.endings.filter(Q(party__in=heirs) | Q(event_on__isnull=False))


def documents_visible_to(user, convention: Convention, *, on: date) -> QuerySet[Document]:
    """The files of a convention one sees, but the proofs of a way out one may not know of yet."""
    known = endings_visible_to(user, convention, on=on)
    proven = Q(posting_proof=OuterRef("pk")) | Q(delivery_proof=OuterRef("pk"))
    letters = RegisteredLetter.objects.filter(proven).exclude(termination__in=known)
    return convention.documents.exclude(Exists(letters))


def get_ending_or_404(user, convention: Convention, pk: int, *, on: date) -> Termination:
    """Return a way out of a convention one sees; what the other side prepares is not known: 404."""
    endings = endings_visible_to(user, convention, on=on).select_related("party", "clause")
    return get_object_or_404(endings, pk=pk)


def holds_pen(user, act: Act, *, on: date) -> bool:
    """Whether the person may write the text of an act in negotiation.

    The side that holds the pen writes; the others propose. Where no round was ever opened (texts
    shared before rounds existed) every party's managers write. A draft has no round either.
    """
    turn = act.rounds.filter(closed_at__isnull=True).first()
    if turn is None or act.status != ActStatus.EN_NEGOCIATION:
        return True
    mine = acting_parties(user, act.convention, Capability.MANAGE, on=on)
    return mine.filter(pk=turn.holder_id).exists()


def can(user, convention: Convention, capability: Capability, *, on: date) -> bool:
    """Whether the person's roles give `capability` in this convention."""
    scope = scope_of(user, on=on)
    if scope.is_platform:
        return True
    return Convention.objects.filter(_reachable(scope, capability), pk=convention.pk).exists()


def capabilities_in(user, convention: Convention, *, on: date) -> frozenset[Capability]:
    """Return all that `can` would grant here, read from the parties: for pages that show acts."""
    scope = scope_of(user, on=on)
    if scope.is_platform:
        return frozenset(Capability)
    if convention.status == ConventionStatus.BROUILLON:
        return scope.capabilities.get(convention.drafted_by_id, frozenset())
    bound = {party.organisation_id for party in convention.parties.all() if party.is_bound_on(on)}
    through = [pk for pk in scope.capabilities if pk in bound]
    through += [
        mandate.organisation_id
        for mandate in scope.regional
        if mandate.acts_for_id in bound and mandate.region_id == convention.region_id
    ]
    return frozenset().union(*(scope.capabilities[pk] for pk in through))


_REFUSALS = {
    Capability.CONTRIBUTE: "Il faut être contributeur ou responsable d’une partie pour saisir ici.",
    Capability.MANAGE: "Seul un responsable d’une partie peut prendre cette décision.",
    Capability.SIGN: "Seul un signataire d’une partie peut signer.",
}


def check_can(user, convention: Convention, capability: Capability, *, on: date) -> None:
    """Raise `PermissionDenied` with a French sentence saying who may."""
    if not can(user, convention, capability, on=on):
        message = _REFUSALS.get(capability, "Votre rôle ne le permet pas.")
        raise PermissionDenied(f"{message} Demandez ce rôle à l’administrateur de votre organisme.")


def acting_parties(
    user, convention: Convention, capability: Capability, *, on: date
) -> QuerySet[Party]:
    """The parties of the convention in whose name the person may act."""
    return parties_acted_for(user, capability, on=on).filter(convention=convention)


def parties_acted_for(user, capability: Capability, *, on: date) -> QuerySet[Party]:
    """Every party, in any convention, in whose name the person may act.

    A regional delegation acts for its body in its regions; the platform acts for nobody: a party's
    word is never the administrator's.
    """
    scope = scope_of(user, on=on)
    own = Q(organisation_id__in=scope.organisations_with(capability))
    delegated = _any(
        Q(organisation_id=mandate.acts_for_id, convention__region_id=mandate.region_id)
        for mandate in scope.regional_with(capability)
    )
    return Party.objects.in_force(on=on).filter(own | delegated).order_by("position")


def check_acts_for(user, party: Party, capability: Capability, *, on: date) -> None:
    """Refuse to speak for a party that is not one's own."""
    convention = party.convention
    if not acting_parties(user, convention, capability, on=on).filter(pk=party.pk).exists():
        msg = f"Seul un membre habilité de {party} peut agir en son nom."
        raise PermissionDenied(msg)
