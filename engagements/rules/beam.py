"""The tilt of the balance: the beam leans towards the side that still owes more."""

from dataclasses import dataclass

LEVEL = 48
MOST = 20
_REACH = 35


@dataclass(frozen=True)
class Beam:
    """Heights of the drawing, in the units of its 720 × 176 view; y grows downwards."""

    tilt: int

    @property
    def left(self) -> int:
        return LEVEL - self.tilt

    @property
    def right(self) -> int:
        return LEVEL + self.tilt

    @property
    def left_pan(self) -> int:
        return self.left + 99

    @property
    def right_pan(self) -> int:
        return self.right + 99

    @property
    def left_number(self) -> int:
        return self.left + 90

    @property
    def right_number(self) -> int:
        return self.right + 89

    @property
    def leans(self) -> str:
        """«gauche», «droite», or nothing when the beam is level."""
        if not self.tilt:
            return ""
        return "droite" if self.tilt > 0 else "gauche"


def beam(left_owed: int, right_owed: int) -> Beam:
    """Return the beam for what each side still owes.

    The tilt grows with the difference relative to what is owed in all, up to a limit that keeps
    the pans in the picture; the least difference shows.
    """
    owed = left_owed + right_owed
    if left_owed == right_owed or not owed:
        return Beam(0)
    tilt = round(_REACH * (right_owed - left_owed) / owed)
    least = 3 if right_owed > left_owed else -3
    return Beam(max(-MOST, min(MOST, tilt if abs(tilt) >= abs(least) else least)))
