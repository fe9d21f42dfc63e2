"""The arithmetic of a council vote (CGCT L.2121-20 and L.5211-1; SCDL deliberations)."""

from accounts.rules.typographie import nombre, pluriel


def vote_problem(
    *,
    votes_for: int,
    against: int,
    abstentions: int,
    in_office: int | None,
    voters: int | None = None,
    not_voting: int | None = None,
) -> str | None:
    """Return the French reason why the counts cannot stand together, or None.

    Proxies count as votes, so voters may exceed members present but never members in office. Who
    takes no part in the vote is not a voter, but is a member.
    """
    counted = votes_for + against + abstentions
    said = (
        f"{nombre(votes_for)} voix pour, {nombre(against)} contre et "
        f"{pluriel(abstentions, 'abstention')} font {nombre(counted)}"
    )
    if voters is not None and voters != counted:
        return f"{said}, pour {pluriel(voters, 'votant')}. Vérifiez le nombre de voix."
    if in_office is not None and counted > in_office:
        return f"{said}, pour {nombre(in_office)} élus en exercice. Vérifiez le nombre de voix."
    if in_office is not None and counted + (not_voting or 0) > in_office:
        return (
            f"{said} ; avec {nombre(not_voting)} qui ne prennent pas part au vote, c’est plus que "
            f"les {nombre(in_office)} élus en exercice."
        )
    return None


def is_carried(*, votes_for: int, against: int) -> bool:
    """A deliberation is carried by the majority of votes cast; abstentions are not votes cast."""
    return votes_for > against
