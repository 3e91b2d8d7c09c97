"""The addresses of the site."""

from __future__ import annotations

from django.urls import path

from assembler.web import events, static
from assembler.web.pages import account, audit, case, cases, comments, form, intake, making, people, persons

_FORM = "cases/<str:case>/forms/<path:form>"

urlpatterns = [
    path("", cases.show, name="cases"),
    path("static/<path:name>", static.serve, name="static"),
    path("alive", account.alive, name="alive"),
    path("sign-in", account.sign_in, name="sign-in"),
    path("sign-out", account.sign_out, name="sign-out"),
    path("start", account.start, name="start"),
    path("local/<str:token>", account.local, name="local"),
    path("password", account.password, name="password"),
    path("language", account.choose_language, name="language"),
    path("people", people.show, name="people"),
    path("people/add", people.add, name="add-person"),
    path("people/<str:name>", people.change, name="person"),
    path("audit", audit.show, name="audit"),
    path("audit.csv", audit.export, name="audit-file"),
    path("new-case", cases.new, name="new-case"),
    path("cases/<str:case>", case.show, name="case"),
    path("cases/<str:case>/persons", persons.show, name="persons"),
    path("cases/<str:case>/card", cases.card, name="card"),
    path("cases/<str:case>/events", events.listen, name="events"),
    path("cases/<str:case>/jobs/begin/<str:kind>", making.begin, name="begin-job"),
    path("cases/<str:case>/jobs/<uuid:job>", making.told, name="job"),
    path("cases/<str:case>/made/<str:which>/<str:name>", making.take, name="made"),
    path("cases/<str:case>/intake", intake.begin, name="intake"),
    path("cases/<str:case>/intake/<str:key>", intake.show, name="intake-held"),
    path("cases/<str:case>/intake/<str:key>/say", intake.say, name="intake-say"),
    path("cases/<str:case>/intake/<str:key>/write", intake.write, name="intake-write"),
    path(f"{_FORM}/since", form.since, name="since"),
    path(f"{_FORM}/past", form.past, name="past"),
    path(f"{_FORM}/file", form.file, name="file"),
    path(f"{_FORM}/attach", form.take_file, name="attach"),
    path(f"{_FORM}/undo", form.take_back, name="undo"),
    path(f"{_FORM}/review", case.review, name="review"),
    path(f"{_FORM}/comments", comments.show, name="comments"),
    path(f"{_FORM}/comments/add", comments.add, name="add-comment"),
    path(f"{_FORM}/comments/<int:number>/settle", comments.settle, name="settle-comment"),
    path(f"{_FORM}/acts/<str:name>", form.act, name="act"),
    path(_FORM, form.show, name="form"),
]

handler400 = "assembler.web.pages.errors.not_understood"
handler404 = "assembler.web.pages.errors.not_found"
handler500 = "assembler.web.pages.errors.broken"
