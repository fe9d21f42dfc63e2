"""The arithmetic of a council vote (CGCT L.2121-20 and L.5211-1; SCDL deliberations)."""

from accounts.rules.typographie import nombre


def vote_problem(
    *, votes_for: int, against: int, abstentions: int, in_office: int | None
) -> str | None:
    """Return the French reason why the counts cannot stand together, or None.

    Proxies count as votes, so voters may exceed members present but never members in office.
    """
    voters = votes_for + against + abstentions
    if in_office is not None and voters > in_office:
        return (
            f"{nombre(votes_for)} voix pour, {nombre(against)} contre et {nombre(abstentions)} "
            f"abstentions font {nombre(voters)}, pour {nombre(in_office)} élus en exercice. "
            "Vérifiez le nombre de voix."
        )
    return None


def is_carried(*, votes_for: int, against: int) -> bool:
    """A deliberation is carried by the majority of votes cast; abstentions are not votes cast."""
    return votes_for > against
