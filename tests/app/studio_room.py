"""The whole window with a scripted worker, and what its tests ask of it."""

from PySide6.QtWidgets import QLabel, QPushButton

from f2v_app.app import Studio


def page_button(studio: Studio, name: str) -> QPushButton:
    buttons = studio.window.findChildren(QPushButton)
    return next(each for each in buttons if each.text() == name and each.isCheckable())


def worker_text(studio: Studio) -> str:
    return next(
        each.text()
        for each in studio.window.findChildren(QLabel)
        if each.accessibleName() == "State of the worker"
    )
