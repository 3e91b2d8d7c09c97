"""The application as Django knows it."""

from django.apps import AppConfig


class WebApp(AppConfig):
    name = "assembler.web"
    label = "web"
