"""Push buttons say what they are."""

from PySide6.QtWidgets import QWidget

from f2v_app.widgets.buttons import push_button


def test_a_button_has_its_text_as_accessible_name(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    button = push_button("Go", parent, "primary", "Starts it")
    assert (button.text(), button.accessibleName(), button.toolTip()) == ("Go", "Go", "Starts it")
    assert button.property("role") == "primary"
    assert push_button("Plain", parent).property("role") is None
