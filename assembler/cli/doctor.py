"""``assembler doctor``."""

from __future__ import annotations

import sys

import click

from assembler.actions.doctor import Finding, doctor, missing_packages, ready
from assembler.base.messages import translate
from assembler.base.problems import ExitCode
from assembler.base.settings import Settings
from assembler.cli.console import with_settings


@click.command("doctor")
@click.option("--packages", is_flag=True, help="Print only the packages to install, as the package manager calls them.")
@with_settings
def command(packages: bool, settings: Settings) -> None:
    """Say what is present, in which version, and what to install for the rest."""
    findings = doctor(settings)
    if packages:
        click.echo("".join(f"{name}\n" for name in missing_packages(findings)), nl=False)
        return
    for finding in findings:
        click.echo(_line(finding))
    sound = ready(findings)
    click.echo(translate("Ready to build packets for signing.") if sound else translate("Something needed is missing."))
    sys.exit(ExitCode.OK if sound else ExitCode.ENGINE)


def _line(finding: Finding) -> str:
    mark = (
        click.style("✓", fg="green") if finding.present else click.style("✗", fg="red" if finding.needed else "yellow")
    )
    words = " ".join(filter(None, (finding.name, finding.version, finding.detail)))
    return f"{mark} {words}" + (f"\n    ↳ {finding.remedy}" if finding.remedy else "")
