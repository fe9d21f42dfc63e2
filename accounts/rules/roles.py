"""What each role may do, as one table that can be read aloud."""

from enum import StrEnum

from accounts.enums import Role


class Capability(StrEnum):
    READ = "read"
    CONTRIBUTE = "contribute"
    MANAGE = "manage"
    SIGN = "sign"
    ADMINISTER = "administer"


CAPABILITIES: dict[Role, frozenset[Capability]] = {
    Role.LECTEUR: frozenset({Capability.READ}),
    Role.CONTRIBUTEUR: frozenset({Capability.READ, Capability.CONTRIBUTE}),
    Role.RESPONSABLE: frozenset({Capability.READ, Capability.CONTRIBUTE, Capability.MANAGE}),
    Role.SIGNATAIRE: frozenset({Capability.READ, Capability.SIGN}),
    Role.ADMINISTRATEUR: frozenset(
        {Capability.READ, Capability.CONTRIBUTE, Capability.MANAGE, Capability.ADMINISTER}
    ),
}


def roles_with(capability: Capability) -> frozenset[Role]:
    """Return the roles that give this capability."""
    return frozenset(role for role, given in CAPABILITIES.items() if capability in given)
