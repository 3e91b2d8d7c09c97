"""Blocks as they are printed: nothing is said twice."""

from __future__ import annotations

import pytest

from assembler.packet.blocks import said_once


@pytest.mark.parametrize(
    ("caption", "left"),
    [
        ("شاخص اول- ارائه خدمات (۲۰ امتیاز)", "شاخص اول (۲۰ امتیاز)"),
        ("ارائه خدمات", ""),
        ("خدمات دیگر", "خدمات دیگر"),
    ],
)
def test_a_caption_does_not_say_its_heading_again(caption: str, left: str) -> None:
    assert said_once(caption, "ارائه خدمات") == left
