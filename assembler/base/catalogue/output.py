"""Problems of templates, engines and results."""

from __future__ import annotations

from assembler.base.catalogue.entries import Entry, error, warning

ENTRIES: dict[str, Entry] = {
    # --- templates
    "template-broken": error("The template is not a Word document: {reason}", "Save it again as .docx."),
    "template-unknown-name": error(
        "The template uses «{name}», which {part} does not offer.", "Did you mean «{guess}»? Offered: {known}"
    ),
    "template-bad-tag": error("A tag is malformed: {tag} ({reason})", "Type the tag again in one go."),
    "template-split-tag": warning(
        "The tag {tag} is split over pieces of different format.", "Type the tag again in one go, with one format."
    ),
    "template-single-brace": error(
        "{tag} stands in single braces and would be printed as it is.", "Write the tag in double braces."
    ),
    "template-curly-quotes": warning(
        "Curly quotes “ ” stand in the tag {tag}; they are read as straight ones.",
        "Type straight quotes: press Ctrl+Z right after Word changes them.",
    ),
    "template-tracked": warning(
        "Tracked changes by {author} are taken as accepted: «{text}»", "Accept or reject them in Word (Review)."
    ),
    "template-comment": warning("A comment stands here; it is not printed.", "Delete it in Word (Review)."),
    "template-invisible": error(
        "An invisible character stands in the tag {tag}.", "Delete the tag and type it again in Latin letters."
    ),
    "template-not-rtl": warning(
        "This is not marked right-to-left: {what}",
        "Set the direction of the paragraph, table or section to right-to-left in Word.",
    ),
    "template-no-font": warning(
        "No complex-script font is set: {what}", "Choose a Persian font for the style (complex scripts)."
    ),
    "template-missing-placeholder": error("The template lacks {what}.", "Add it where it belongs."),
    "template-missing-style": warning(
        "The template lacks the style «{name}»: that of the delivered templates is used.",
        "Add a style of this name in Word, to give it a look of your own.",
    ),
    "template-external": warning(
        "The template fetches something from elsewhere, which is left out: {target}",
        "Insert the picture into the template itself.",
    ),
    "template-embedded": warning(
        "The template carries {name}, which is left out.", "Delete the embedded file or control in Word."
    ),
    "template-page-number": warning(
        "A page number stands beside other text here; the program prints the number at the foot of the page too.",
        "Take it out, or give it a line of its own in the style «Page Number Line».",
    ),
    "template-mail-merge": error(
        "A field of Word's mail merge stands here, which nothing fills: «{field}»", "Type a tag in its place."
    ),
    "template-clock": warning(
        "A field stands here that says another day each time it is counted: {field}",
        "Type a tag such as {{{{ date }}}} in its place.",
    ),
    "template-prompt": warning(
        "A content control asks here for what nobody types; it is printed as it stands: «{text}»",
        "Delete the control, or type a tag into it.",
    ),
    "template-macros": warning("The template holds macros, which are left out.", "Save it as .docx."),
    "template-too-wide": warning(
        "The table is wider than the text of its page ({wide} against {room} cm).",
        "Set its width, or the margins of the page, in Word.",
    ),
    "template-other-format": warning(
        "{name} is not read: templates are files that end in .docx.", "Save it as .docx, or take it out of the folder."
    ),
    "template-warnings": warning(
        "The template has warnings: {count}", "Run `assembler template check`; it tells them."
    ),
    "template-failed": error("The template cannot be filled: {reason}", "Run `assembler template check`."),
    # --- engine and output
    "engine-missing": error("LibreOffice is not installed.", "Run `assembler doctor`; it says what to install."),
    "engine-failed": error(
        "LibreOffice made no usable PDF of {name}: {reason}",
        "Open the .docx in Word or LibreOffice and look for damage.",
    ),
    "engine-timeout": error(
        "LibreOffice did not finish within {seconds} seconds and was stopped.",
        "Run again; raise --timeout for very long reports.",
    ),
    "engine-draft-asked": warning(
        "The draft engine made the pages, as it was asked to.",
        "Build again without --engine draft before signing.",
    ),
    "no-glyph": error(
        "«{label}» holds {characters}, which no font of the report has: an empty box would be printed.",
        "Replace or delete the character, for instance an emoji or a ligature such as ﷺ.",
    ),
    "engine-draft": warning(
        "LibreOffice is missing: the embedded draft engine made the pages.",
        "Run `assembler doctor`; install LibreOffice and build again before signing.",
    ),
    "draft-engine-missing": error(
        "The embedded draft engine (rdocx) is not installed.", "Run `assembler doctor`; it says what to install."
    ),
    "draft-engine-failed": error(
        "The embedded draft engine made no PDF of {name}: {reason}",
        "Install LibreOffice (see `assembler doctor`) and build again.",
    ),
    "font-missing": error(
        "The font {name} (stands in for {family}) is missing.", "Run `assembler doctor`; it says what to install."
    ),
    "font-absent": error(
        "The font «{family}» is not on this machine.",
        "Install it, put its file into a folder «fonts» beside the templates (or name a folder by --fonts), or choose another font in Word.",
    ),
    "font-not-persian": error(
        "Persian is set in the font «{family}», which has no Persian letters.",
        "Choose a Persian font in Word (complex scripts).",
    ),
    "font-not-embedded": warning(
        "The font «{family}» is not put into the Word files: its makers do not allow it.",
        "Choose a font that may be embedded, or leave embed_fonts out; the PDF is not concerned.",
    ),
    "part-edited": warning(
        "{name} was edited by hand since it was made; the PDF does not show the edit.",
        "Bring the change into the answers or the template and build again, or print the edited document instead.",
    ),
    "output-unwritable": error(
        "{name} cannot be written: {reason}",
        "Free some space, see whether you may write there, or choose another place; build has --out for it.",
    ),
}
