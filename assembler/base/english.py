"""What the engine itself prints, in English: by the Persian words, which are the source."""

from __future__ import annotations

ENGLISH: dict[str, str] = {
    # captions, references, continuation marks
    "جدول شماره": "Table",
    "تصویر شماره": "Figure",
    "نمودار شماره": "Chart",
    "بخش": "Section",
    " (ادامه)": " (continued)",
    " (ادامه در صفحه بعد)": " (continued on the next page)",
    "، صفحه\u00a0": ", page\u00a0",
    "نمودار جریان کار «{process}»": "Workflow of “{process}”",
    # lists behind the contents
    "فهرست جدول‌ها": "Tables",
    "فهرست شکل‌ها و نمودارها": "Figures and charts",
    "فهرست مستندات": "Evidence",
    # pages
    "صفحه": "Page",
    "صفحه ": "Page ",
    "صفحه {page} از {pages}": "Page {page} of {pages}",
    "برگ {page} از {pages}": "Sheet {page} of {pages}",
    "پیش‌نویس": "DRAFT",
    # letters
    "ادامه نامه شماره {number} مورخ {date}": "Continued: letter No. {number} of {date}",
    "ادامه نامه شماره {number}": "Continued: letter No. {number}",
    "ادامه نامه «{subject}»": "Continued: “{subject}”",
    "شناسه سند نامه شماره {number}": "Document ID of letter No. {number}",
    # forms
    "پرسش": "Question",
    "پاسخ": "Answer",
    "راهنما": "Help",
    "تعداد صفحه‌ها": "Pages",
    "موردی ندارد": "None",
    "بله": "Yes",
    "خیر": "No",
    "وضعیت": "Status",
    "مستند قانونی": "Legal basis",
    # sheets of a workbook
    "ردیف‌ها از جدول‌های دیگر آمده است؛ تا چیزی در آن‌ها دگرگون نشود همان‌ها به‌کار می‌رود.": (
        "The rows come from other tables; as long as nothing is changed in them, they hold."
    ),
    "ردیفی که در ستون شماره آن حرف نوشته شود (مانند «الف») سرگروه ردیف‌های زیر خود است.": (
        "A row with a letter in its column of numbers stands over the rows below it."
    ),
    "هر ردیف یک مورد؛ برای ردیف بیشتر، میان ردیف‌های خالی ردیف «درج» (Insert) کنید و برای حذف یک ردیف "
    "خانه‌های آن را پاک کنید.": (
        "A row each; for more rows, insert them among the blank ones; to delete a row, clear its cells."
    ),
    "در ستون فایل، نام فایل نوشته شود و خود فایل همراه این کارپوشه فرستاده شود.": (
        "In the column of files write the name of the file, and send the file with this workbook."
    ),
    # pictures and charts
    "تصویری ثبت نشده است": "No picture was given",
    "گامی ثبت نشده است": "No step was given",
    "داده‌ای ثبت نشده است": "No data was given",
    "{one} از {whole}": "{one} of {whole}",
    # summaries, the report at a glance
    "ردیف": "No.",
    "شاخص": "Indicator",
    "مقدار کلیدی": "Key figure",
    "تعداد مستندات": "Evidence",
    "در این فصل": "In this chapter",
    "بدون پاسخ": "Unanswered",
    "همه شاخص‌ها": "All indicators",
    "مستند": "Evidence",
    "بدون مستند": "Without evidence",
    "آنچه مانده است": "What is left",
    "تعداد": "Number",
    "کجا": "Where",
    "چیزی نمانده است.": "Nothing is left.",
    # files that are signed
    "سند امضاشده": "Signed document",
    "این سند امضای الکترونیکی دارد و برای حفظ اعتبار امضا، صفحه‌های آن در این بسته نیامده است.": (
        "This document bears an electronic signature; to keep it valid its pages are not shown here."
    ),
    "اصل سند به صورت کامل پیوست این پرونده (بخش پیوست‌های فایل) است:": (
        "The document itself is attached to this file as a whole:"
    ),
    # the words of the shipped templates
    "شماره": "No.",
    "تاریخ": "Date",
    "پیوست": "Enclosure",
    "موضوع": "Subject",
    "رونوشت": "Copy to",
    "شناسنامه گزارش": "About this report",
    "عنوان": "Title",
    "دستگاه": "Agency",
    "دوره گزارش": "Period",
    "تهیه‌کننده": "Prepared by",
    "تاریخ گزارش": "Date",
    "شماره نامه": "Letter No.",
    "ویرایش": "Issue",
}
