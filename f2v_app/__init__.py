"""The desktop window: Qt signals and widgets around f2v_core."""
