"""`krm form`: the contact form (GA Anlage 3) as a file."""

from pathlib import Path

import click

from classify.anlage3 import SHIPPED, TaxonomyError, load
from krm.commands.common import FILE, Fault, example, progress

NAME = Path("Kontaktformular.pdf")


@click.group(epilog=example("krm form blank --out Kontaktformular.pdf"))
def form() -> None:
    """The contact form (GA Anlage 3) as an empty PDF to fill in."""


@form.command(short_help="Write the empty form as a PDF.", epilog=example("krm form blank --out Kontaktformular.pdf"))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=NAME, show_default=True)
@click.option("--taxonomy", type=FILE, help="A contact form, not the shipped one.")
def blank(out: Path, taxonomy: Path | None) -> None:
    """Write the empty form as a tagged PDF to be filled in on the screen and mailed to the bot."""
    from notify import contact_form  # noqa: PLC0415 - what makes a PDF is loaded where one is made

    try:
        known = load(taxonomy or SHIPPED)
        content = contact_form.blank(known)
        with out.open("xb") as file:
            file.write(content)
    except FileExistsError as fault:
        raise Fault(f"{out} is there already; somebody may have filled it in") from fault
    except (TaxonomyError, contact_form.BrokenPaper) as fault:
        raise Fault(str(fault)) from fault
    except OSError as fault:
        raise Fault(f"{out}: {fault.strerror}") from fault
    progress(f"{out}: the empty form, {len(known.categories)} categories")
