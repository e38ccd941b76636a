"""Trained models: the embedded ones and the user's, as folders, and as files to hand on."""

from f2v_core.library.archive import ENDING, export_model, import_model
from f2v_core.library.card import (
    CARD,
    FILES,
    HISTORY,
    PREVIEW,
    WEIGHTS,
    Figure,
    ModelCard,
    read_card,
    write_card,
)
from f2v_core.library.places import embedded_folder, user_folder
from f2v_core.library.shelf import (
    RESERVED,
    add_model,
    check_name,
    copy_model,
    default_name,
    defaults_first,
    delete_model,
    find_model,
    free_name,
    is_default,
    list_models,
    model_bytes,
    rename_model,
    set_default,
)

__all__ = [
    "CARD", "ENDING", "FILES", "HISTORY", "PREVIEW", "RESERVED", "WEIGHTS", "Figure", "ModelCard", "add_model",
    "check_name", "copy_model", "default_name", "defaults_first", "delete_model", "embedded_folder", "export_model",
    "find_model", "free_name", "import_model", "is_default", "list_models", "model_bytes", "read_card", "rename_model",
    "set_default", "user_folder", "write_card",
]  # fmt: skip
