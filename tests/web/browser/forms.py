"""The forms of the site in a browser: every kind of question, printed rows and lent ones, and a table of 500 rows."""

# ruff: noqa: E501 - a question stands in a line

VISIT = """\
form: demo/visit
title: بازدید از اداره
source: {document: demo, clause: [بند ۳ ماده ۶]}
legal: [ماده ۵ قانون نمونه]
choices:
  yes_no: [{name: yes, label: بلی}, {name: no, label: خیر}]
  days: [{name: sat, label: شنبه}, {name: sun, label: یکشنبه}, {name: mon, label: دوشنبه}]
  kinds: [{name: phone, label: تلفنی}, {name: person, label: حضوری}, {name: net, label: برخط}]
  places:
    - {name: p1, label: آذربایجان شرقی}
    - {name: p2, label: اردبیل}
    - {name: p3, label: اصفهان}
    - {name: p4, label: تهران}
    - {name: p5, label: خراسان رضوی}
    - {name: p6, label: خوزستان}
    - {name: p7, label: فارس}
    - {name: p8, label: قم}
    - {name: p9, label: کرمان}
    - {name: p10, label: یزد}
items:
  - {name: title, type: text, label: عنوان, hint: نام کامل اداره (تلفن 021-88881234), required: true}
  - {name: remark, type: text, label: توضیح, appearance: multiline}
  - {name: story, type: narrative, label: شرح بازدید}
  - {name: visited, type: select_one yes_no, label: بازدید انجام شد؟, required: true}
  - {name: reason, type: text, label: دلیل انجام نشدن, relevant: visited == 'no', required: true}
  - {name: place, type: select_one places, label: استان}
  - {name: days, type: select_multiple days, label: روزها}
  - {name: tours, type: select_multiple places, label: استان‌های دیگر}
  - {name: day, type: date, label: تاریخ بازدید}
  - {name: year, type: year, label: سال}
  - {name: staff, type: integer, label: تعداد کارکنان, unit: نفر}
  - {name: score, type: integer, label: امتیاز, constraint: score <= 10, constraint_message: امتیاز از ۱۰ بیشتر است., constraint_severity: warning}
  - {name: rate, type: decimal, label: میانگین}
  - {name: share, type: percent, label: سهم برخط}
  - {name: half, type: decimal, label: نصف کارکنان, calculation: staff / 2}
  - {name: advice, type: note, label: امتیاز را کمیته می‌دهد.}
  - {name: photo, type: image, label: تصویر}
  - {name: paper, type: file, label: صورت‌جلسه}
  - name: services
    type: table
    label: خدمات
    caption: خدمات اداره
    min_rows: 1
    columns:
      - {name: no, type: integer, label: ردیف, calculation: position, width: 1.2, align: center}
      - {name: name, type: text, label: نام خدمت, required: true, width: 4}
      - {name: count, type: integer, label: تعداد, width: 2, align: center, constraint: count < 1000, constraint_message: تعداد زیاد است.}
      - {name: share, type: percent, label: سهم, width: 2, align: center}
      - {name: kind, type: select_one kinds, label: نوع, width: 2.5}
      - {name: place, type: select_one places, label: استان, width: 3}
      - {name: day, type: date, label: تاریخ, width: 2.6}
      - {name: online, type: select_one yes_no, label: برخط است, appearance: ticks, width: 2.4}
      - {name: paper, type: file, label: سند, width: 3}
      - {name: double, type: integer, label: دو برابر, calculation: count * 2, width: 2}
    footer:
      - {label: مجموع, cells: {count: "total(services, 'count')"}}
"""
VISIT_ANSWERS = """\
form: demo/visit
title: بازدید نخست
visited: yes
services:
  - {name: صدور گواهی, count: 12, kind: phone}
  - {name: پاسخ به شکایت, count: 3}
  - {name: مشاوره, count: 7}
"""
SECOND = """\
form: demo/second
title: سنجه‌ها و گروه‌ها
source: {document: demo}
items:
  - name: printed
    type: table
    label: سنجه‌ها
    columns:
      - {name: measure, type: text, label: سنجه}
      - {name: value, type: integer, label: مقدار, required: true}
    rows:
      - {name: r1, cells: {measure: مسیر}}
      - {name: r2, cells: {measure: پارکینگ}}
      - {name: r3, cells: {measure: آسانسور}}
  - name: stock
    type: table
    label: گردش
    columns:
      - {name: line, type: text, label: شرح}
      - {name: one, type: integer, label: یک}
      - {name: two, type: integer, label: دو}
    rows:
      - {name: incoming, heading: الف) آنچه در دست بود}
      - {name: opening, cells: {line: مانده}}
      - {name: borrowed, cells: {line: رسیده}, closed: [one]}
      - {name: available, cells: {line: جمع}, total: above}
      - {name: outgoing, heading: ب) آنچه مصرف شد}
      - {name: used, cells: {line: مصرف}}
  - name: lent
    type: table
    label: خدمات برگزیده
    prefill: {from: [demo/visit.services], cells: {name: name}, key: name}
    columns:
      - {name: name, type: text, label: نام خدمت, required: true}
      - {name: note, type: text, label: یادداشت}
  - name: bands
    type: table
    label: گروه‌ها
    group_rows: {columns: [name], required: [name]}
    columns:
      - {name: name, type: text, label: نام}
      - {name: amount, type: integer, label: تعداد}
"""
BIG = """\
form: demo/big
title: ردیف‌های بسیار
source: {document: demo}
choices:
  yes_no: [{name: yes, label: بلی}, {name: no, label: خیر}]
items:
  - name: rows
    type: table
    label: ردیف‌ها
    columns:
      - {name: no, type: integer, label: ردیف, calculation: position}
      - {name: name, type: text, label: نام, required: true}
      - {name: one, type: integer, label: نخست}
      - {name: two, type: integer, label: دوم}
      - {name: kind, type: select_one yes_no, label: نوع}
      - {name: day, type: date, label: تاریخ}
      - {name: sum, type: integer, label: جمع, calculation: one + two}
    footer:
      - {label: مجموع, cells: {one: "total(rows, 'one')", sum: "total(rows, 'sum')"}}
"""
BIG_ANSWERS = "form: demo/big\nrows:\n" + "".join(
    f"  - {{name: خدمت {n}, one: {n}, two: {2 * n}, kind: yes, day: 1399/02/03}}\n" for n in range(1, 501)
)
# As the country has them: 31 provinces and 437 counties, of which each list shows those of the province beside it.
COUNTIES = [(n % 31 + 1, f"{'آبدفرکمنی'[n % 9]}هرستان {n + 1}") for n in range(437)]
LISTS = f"""\
form: demo/lists
title: استان و شهرستان
source: {{document: demo}}
choices:
  provinces:
{"".join(f"    - {{name: p{n}, label: استان {n}, code: '{n:02}'}}{chr(10)}" for n in range(1, 32))}\
  counties:
{"".join(f"    - {{name: c{n}, label: {label}, within: p{of}}}{chr(10)}" for n, (of, label) in enumerate(COUNTIES, 1))}\
items:
  - {{name: province, type: select_one provinces, label: استان}}
  - {{name: county, type: select_one counties, label: شهرستان, within: province}}
  - name: offices
    type: table
    label: دفترها
    columns:
      - {{name: place, type: select_one provinces, label: استان}}
      - {{name: seat, type: select_one counties, label: مرکز, within: place}}
"""
REPORT = """\
report: demo
title: گزارش {{ case.agency }}
source: {document: demo}
case:
  - {name: agency, type: text, label: نام دستگاه, required: true}
  - {name: last_day, type: date, label: مهلت}
  - {name: sent, type: date, label: تاریخ ارسال}
deadlines:
  - {label: ارسال گزارش, date: case.last_day, done: case.sent}
parts:
  - body: report
    title: گزارش
    template: body
    content:
      - section: بازدید
        content:
          - text: demo/visit.title
          - {table: demo/visit.services, caption: خدمات}
          - {table: demo/second.printed, caption: سنجه‌ها}
          - {table: demo/second.stock, caption: گردش}
          - {table: demo/second.lent, caption: خدمات برگزیده}
          - {table: demo/second.bands, caption: گروه‌ها}
          - {table: demo/big.rows, caption: ردیف‌ها}
          - {table: demo/lists.offices, caption: دفترها}
"""
CASE = "report: demo\nagency: اداره نمونه\nlast_day: 1399/02/01\nsent: 1399/02/03\n"
