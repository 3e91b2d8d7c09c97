"""Findings without a rule, and those an officer accepted."""

from __future__ import annotations

from assembler.base.catalogue.entries import Entry, error, information, warning

ENTRIES: dict[str, Entry] = {
    # --- accepted findings
    "acceptance-broken": error(
        "This entry of accepted findings cannot be read: {expected} is expected, not {found}.",
        "Take the entry out and accept the finding again with `assembler accept`.",
    ),
    "acceptance-unused": information(
        "The acceptance of «{name}» at {where} fits no finding: the data changed, or the finding is gone.",
        "Take the entry out of accepted.yaml; if the finding is open again, look at it anew.",
    ),
    "accept-no-reason": error("A reason is needed.", "Say why the finding may stand; drafts print it beside it."),
    "accept-unknown": error("There is no open finding «{name}».", "Codes that can be accepted now: {known}"),
    "accept-nowhere": error("No open finding «{name}» stands at {where}.", "It is open at: {known}"),
    "accept-several": error(
        "More than one finding «{name}» stands at {where}: {known}",
        'Say which one is meant: --words "words of the finding".',
    ),
    "accept-words": error("No finding «{name}» at {where} says «{words}».", "What it says there: {known}"),
    "accept-refused": error(
        "«{name}» cannot be accepted: it keeps the case from being read.", "Correct what it speaks of."
    ),
    # --- what texts, columns, names and the document say
    "count-differs": error(
        "{message}: the text says {said}, the data give {counted}.", "Correct the text, or the data it speaks of."
    ),
    "percent-wrong": error(
        "The text says {said} percent; {part} ÷ {whole} is {percent} percent.",
        "Correct the percentage, or say which numbers it is of.",
    ),
    "percent-rounding": warning(
        "The text says {said} percent; {part} ÷ {whole} is {percent} percent, which is not usually rounded so.",
        "Round halves up, or write a decimal more.",
    ),
    "figure-differs": warning(
        "The text says {said} («{words}»); «{label}»{where} is {counted}.",
        "Correct the text or «{label}»; if the text speaks of something else, name it, or accept the finding with the reason.",
    ),
    "figure-doubtful": information(
        "The text says {said} («{words}»); «{label}»{where} is {counted}. It may speak of something else.",
        "Look at both; nothing need be done if both are right.",
    ),
    "part-above-whole": error(
        "A part is more than its whole: {part} of {whole} («{words}»).",
        "Correct one of the two numbers.",
    ),
    "parts-above-total": error(
        "The parts of «{words}» add up to more than it: {numbers} = {sum}, and the text says {total}.",
        "Correct a part or the total.",
    ),
    "parts-below-total": warning(
        "The parts of «{words}» add up to less than it: {numbers} = {sum}, and the text says {total}.",
        "Correct a part or the total; name the rest if parts are left out.",
    ),
    "listed-differs": warning(
        "The text says {said} («{words}») and lists {listed}.",
        "Correct the number, or complete the list.",
    ),
    "columns-differ": warning(
        "The columns of «{label}» differ from its blank table: missing {missing}; additional {surplus}.",
        "Give both tables the same columns in the same words.",
    ),
    "columns-moved": information(
        "Columns of «{label}» stand under other headings than in its blank table (in brackets): {moved}.",
        "Head them as the blank table does, unless the other heading is meant.",
    ),
    "names-differ": information(
        "«{name}» ({count}) and «{other}» ({others}) seem to name the same.",
        "Write the name in one way throughout; if they are two, leave both.",
    ),
    "citation-differs": warning(
        "Number {number} is cited with the date {date} here and with {other} elsewhere{where} ({others}).",
        "Look the document up and cite it with its date everywhere.",
    ),
    "caption-repeated": warning(
        "The caption «{caption}» says the same as «{first}».", "Say in each caption what sets it apart."
    ),
    "caption-missing": information(
        "Something under «{name}» has no caption; {captioned} of the {all} of its kind have one.",
        "Give it a caption.",
    ),
    "heading-repeated": information(
        "The heading «{heading}» ({number}) repeats that of {first}.", "Give each section a title of its own."
    ),
    "answer-unprinted": warning(
        "«{name}» is answered, but no part of the report prints it.",
        "Clear the answer if it is not needed; else have the report show it: the form's specification says how.",
    ),
    "table-too-wide": warning(
        "The columns of «{name}» need {needed} cm for their words and numbers; the page has {width}.",
        "In the form's specification: `page: landscape`, `fit: shrink` for smaller type, or fewer columns.",
    ),
    "never-referred": information(
        "The text never refers to «{caption}», but to {referred} of the {all} of its kind.",
        "Refer to it where it is spoken of, or take it out.",
    ),
    "letter-incomplete": information(
        "The letter «{title}» has blank fields: {fields}",
        "`assembler issue` gives number and date; what an office gives itself is filled in once the letter is registered.",
    ),
    "letter-title-differs": warning(
        "The letter «{title}» is to «{name}», who is «{other}» elsewhere in the report.",
        "See which title is theirs, and write it so everywhere.",
    ),
    "post-of-another": warning(
        "The letter «{title}» names «{name}» as «{post}»; by the register of persons that is «{other}».",
        "See who holds the post, and correct the letter or persons.yaml.",
    ),
    "person-other-post": warning(
        "The letter «{title}» names «{name}» as «{post}», who is «{other}» by the register of persons.",
        "See which post is theirs, and correct the letter or persons.yaml.",
    ),
    "letter-no-addressee": error(
        "The letter «{title}» has no addressee.", "Write to whom it goes, or the post at least."
    ),
    "letter-not-printed": warning(
        "The template «{template}» leaves out what the letter «{title}» says: {tags}",
        "Put it where it belongs in the template, or take it out of the report.",
    ),
    "letter-count": error(
        "The letter says {said} where the summary of its report shows {shown}.",
        "Let the letter say the count itself: {{{{ summary.… }}}}.",
    ),
    "letter-other-province": warning(
        "The letter «{title}» is headed or signed by «{said}», and the case is of the province «{province}».",
        "Correct what differs; in a list of units each of them has a column: agency, hierarchy, address, head_post.",
    ),
    "letter-other-agency": warning(
        "The letter «{title}» is headed or signed by «{said}», and the case is of «{agency}».",
        "Correct what differs: the answers of the case, the post of who signs, or what is typed into the letterhead.",
    ),
    "letter-other-signer": warning(
        "Below the signature the template of the letter «{title}» says «{said}», and «{signer}» signs.",
        "Put {{{{ signer_name }}}} and {{{{ signer_post }}}} in its place in the template, or correct who signs.",
    ),
    "letter-no-subject": warning("The letter «{title}» has no subject.", "Write what it is about."),
    "letter-no-text": error("The letter «{title}» has no text.", "Write the text of the letter."),
    "letter-no-signer": warning("Nobody signs the letter «{title}».", "Write who signs it, or the post at least."),
}
