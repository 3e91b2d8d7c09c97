"""Problems of what is issued, and of comparing it."""

from __future__ import annotations

from assembler.base.catalogue.entries import Entry, error, information, warning

ENTRIES: dict[str, Entry] = {
    # --- issuing
    "issue-draft": error(
        "Only final pages can be issued, which LibreOffice makes.", "Run `assembler doctor`; leave --draft out."
    ),
    "issue-nothing-new": error(
        "Nothing changed since revision {revision} (number {number}).",
        "Its PDF is in revisions/ of the case; an amended issue needs an amended answer.",
    ),
    "issue-letter-unknown": error(
        "No letter of this case that takes a number is called «{name}».", "Did you mean «{guess}»? Letters: {known}"
    ),
    "issue-no-letter": error(
        "No letter of this case takes its number from an answer.", "Issue it without --registry and --number."
    ),
    "issue-no-number": error(
        "The letter «{letter}» has no number.",
        "Give --registry FILE, or --number {name}=TEXT, or type the number into the answers.",
    ),
    "issue-number-again": error(
        "The number {number} is that of the revision before.", "An amended issue gets a number of its own."
    ),
    "issue-number-other": error(
        "The registry has given the number {number} to {letter}.",
        "Blank the number in the answers, so that the registry gives one, or correct it.",
    ),
    "issue-recorded": error(
        "The registry has recorded {number} for revision {revision} of this case, which the case does not have.",
        "Put revisions/ back from a copy; of two cases of one unit with the same name, rename the folder of one.",
    ),
    "issue-number-kept": information(
        "The letter «{letter}» keeps the number that was typed: {number}.",
        "Blank it in the answers before issuing, so that the registry gives one.",
    ),
    "issue-letter-amended": information(
        "The letter «{letter}» says something else than in the revision before: it gets a new number and amends that one.",
        "Letters that say the same keep their numbers.",
    ),
    "issue-number-unknown": warning(
        "The registry does not know the number {number}: nothing was recorded in it.",
        "Enter the letter where its number was given.",
    ),
    "issue-number-shared": error(
        "The letters «{letters}» have one number: {number}.", "Each letter gets a number of its own."
    ),
    "issue-number-unused": warning(
        "The registry gave {number} to the letter {letter}, and no letter bears it.",
        "Void it with `assembler registry void`, or use it.",
    ),
    "issue-unconfirmed": error(
        "{count} answers came from another case and nobody has confirmed them: {forms}",
        "Look through them and confirm them with `assembler confirm`; to send them out as they are, say why with "
        "--unconfirmed.",
    ),
    "issue-changed": error("The case was changed while it was being issued; nothing was issued.", "Run again."),
    "signed-no-scan": error("{name} is no scan.", "Give a PDF or a picture (PNG, JPEG, TIFF)."),
    "signed-already": error(
        "Revision {revision} has another signed copy of the letter {name} already.", "What was signed is not replaced."
    ),
    "answers-unpackable": error("The PDF cannot carry the answers: {reason}", "Rename or shrink the file."),
    "never-issued": error("{name} was never issued.", "Run `assembler issue`."),
    "revision-damaged": error(
        "Revision {name} cannot be read: {reason}", "Put it back from a copy; nothing may be changed in it."
    ),
    "revision-gone": error("Revision {revision} is gone.", "Put it back from a copy."),
    "revision-chain": error(
        "The record of the revision before {revision} is not the one {revision} was issued after.",
        "Put both back from a copy.",
    ),
    "revision-file-gone": error("{name} of revision {revision} is gone.", "Put it back from a copy."),
    "revision-file-added": error("{name} is no file of revision {revision}.", "Take it out of the folder."),
    "revision-file-altered": error(
        "{name} of revision {revision} is not as it was issued.", "Put it back from a copy."
    ),
    "pdf-answers-other": error(
        "The answers inside {name} are not those of revision {revision}.", "Put the PDF back from a copy."
    ),
    "pdf-pages": error("The PDF has {found} pages; it was made with {expected}.", "Put it back from a copy."),
    "pdf-altered": error("{name} is not the PDF of {what}.", "Compare it with the one that was issued."),
    "pdf-changed-later": error(
        "{name} holds the PDF of {what}, and what was added to it later changes: {names}",
        "Compare it with the one that was issued.",
    ),
    "part-altered": error(
        "{name} is not the Word file the PDF was made with.", "Put it back, or build and issue again."
    ),
    "registry-other-pdf": error(
        "{name} is not the PDF the registry has recorded as {number}.", "Compare it with the one that was issued."
    ),
    "registry-not-recorded": warning(
        "The registry has no record of {number}.", "Run `assembler issue` on the case again, with --registry."
    ),
    "extract-refused": error(
        "The answers cannot be taken out of {name}: {reason}", "Only a PDF `assembler` made carries its answers."
    ),
    "extract-used": error("{name} is not an empty folder.", "Name a folder that does not exist yet."),
    # --- what changed between two states
    "diff-never-issued": error(
        "«{name}» has not been issued yet.", "Issue it first, or hold another folder against it with --with."
    ),
    "diff-no-revision": error("There is no revision {number}.", "Revisions of the case: {known}"),
    "diff-other-report": error(
        "The two cases are of different reports: «{one}» and «{other}».", "Name two cases of one report."
    ),
    "proof-failed": error(
        "The result did not stand the proof: {reason}", "Build again; if it stays, report it with receipt.json."
    ),
}
