"""f2v models: the trained models that ship with f2v and your own."""

import argparse
import shlex
from pathlib import Path

from f2v_core.cli.options import add_debug
from f2v_core.cli.output import complain
from f2v_core.library import (
    ENDING,
    RESERVED,
    ModelCard,
    add_model,
    delete_model,
    export_model,
    find_model,
    import_model,
    is_default,
    list_models,
    rename_model,
    set_default,
)

NAME = "models"
HELP = "list, show, add, rename, export, import and delete trained models"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own commands."""
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="what --model can name")
    listing.set_defaults(run=_list)
    showing = actions.add_parser(
        "show", help="what is known about a model: its figures, its data, how it was made"
    )
    showing.add_argument("name", metavar="NAME_OR_FOLDER")
    showing.set_defaults(run=_show)
    adding = actions.add_parser("add", help="copy a trained model into your library")
    adding.add_argument("source", type=Path, metavar="RUN_OR_FOLDER", help="a training run or a model folder")
    adding.add_argument("--name", required=True, metavar="NAME", help="how --model will name it")
    adding.set_defaults(run=_add)
    renaming = actions.add_parser("rename", help="give one of your own models another name")
    renaming.add_argument("name", metavar="NAME")
    renaming.add_argument("new", metavar="NEW_NAME")
    renaming.set_defaults(run=_rename)
    choosing = actions.add_parser(
        "default", help="let a model be taken for its kind unless another is asked for"
    )
    choosing.add_argument("name", metavar="NAME")
    choosing.set_defaults(run=_choose_default)
    exporting = actions.add_parser("export", help="write a model into one file, to hand on")
    exporting.add_argument("name", metavar="NAME_OR_FOLDER")
    exporting.add_argument("-o", "--out", type=Path, required=True, metavar="FILE", help=f"usually *{ENDING}")
    exporting.add_argument("--force", action="store_true", help="overwrite FILE")
    exporting.set_defaults(run=_export)
    importing = actions.add_parser("import", help="add the model in a file to your library")
    importing.add_argument("file", type=Path, metavar="FILE")
    importing.add_argument(
        "--name", default="", metavar="NAME", help="how --model will name it (default: its own name)"
    )
    importing.set_defaults(run=_import)
    deleting = actions.add_parser("delete", help="remove one of your own models from the disk")
    deleting.add_argument("name", metavar="NAME")
    deleting.set_defaults(run=_delete)
    for action in actions.choices.values():
        add_debug(action)


def _list(_args: argparse.Namespace) -> int:
    cards, problems = list_models()
    rows = [(name, "built in", "", "", "") for name in RESERVED]
    rows += [_row(card) for card in cards]
    head = ("name", "kind", "steps", "variation", "where")
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    for row in (head, *rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    for problem in problems:
        complain(str(problem))
    return 0


def _row(card: ModelCard) -> tuple[str, str, str, str, str]:
    where = "ships with f2v" if card.embedded else str(card.folder)
    if is_default(card):
        where += f" (default {card.kind.upper()})"
    return card.name, f"{card.architecture} {card.kind}", f"{card.steps:,}", f"{card.variation:g}", where


def _show(args: argparse.Namespace) -> int:
    card = find_model(args.name)
    made = f"{card.architecture} {card.kind.upper()}, {card.steps:,} steps of training, {card.created}"
    parts = {
        "Measured": card.measured,
        "Bad at": (card.bad_at,) if card.bad_at else (),
        "Trained on": card.data,
        "Made by": card.commands,
        "Licence": (card.licence,) if card.licence else (),
    }
    print("\n".join(filter(None, (card.name, made, card.description))))
    for title, lines in parts.items():
        if lines:
            print("\n".join([f"\n{title}:", *(f"  {line}" for line in lines)]))
    return 0


def _add(args: argparse.Namespace) -> int:
    from f2v_core.generators.registry import resolve_model

    return _tell_added(add_model(resolve_model(str(args.source)), args.name))


def _import(args: argparse.Namespace) -> int:
    return _tell_added(import_model(args.file, args.name))


def _tell_added(card: ModelCard) -> int:
    print(f"Added {card.name}: f2v generate FIRST LAST -o OUT --model {shlex.quote(card.name)}")
    return 0


def _rename(args: argparse.Namespace) -> int:
    card = rename_model(find_model(args.name), args.new)
    print(f"{args.name} is now {card.name}")
    return 0


def _choose_default(args: argparse.Namespace) -> int:
    card = find_model(args.name)
    set_default(card)
    print(f"{card.name} is now the default {card.kind.upper()}")
    return 0


def _export(args: argparse.Namespace) -> int:
    export_model(find_model(args.name), args.out, force=args.force)
    print(f"Wrote {args.out}")
    return 0


def _delete(args: argparse.Namespace) -> int:
    delete_model(args.name)
    print(f"Deleted {args.name}")
    return 0
