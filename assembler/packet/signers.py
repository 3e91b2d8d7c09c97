"""Who signs: the signers of a report as a packet names them."""

from __future__ import annotations

from assembler.model.packet import Signer
from assembler.packet.material import Material


def signer_of(key: str, part: str, material: Material, time: int = 1) -> Signer:
    """The signer with this key, in a part: whoever signs two parts has a field in each, and one each ``time`` there."""
    found = next(signer for signer in material.report.signers if signer.key == key)
    return Signer(
        f"{part}-{key}" + (f"-{time}" if time > 1 else ""),
        material.scope.text(found.name),
        material.scope.text(found.post),
    )
