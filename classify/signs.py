"""What rules and facts say of a text, once: the model counts it among its features, the suggestion shows it."""

from dataclasses import dataclass

from classify import coding_steps, remedy, urgency
from classify.coding import Text, Urgency
from classify.rules import spoken


@dataclass(frozen=True, slots=True)
class Signs:
    """`lodged` and `cries` are the mail's own words for a remedy and for the urgency; `step` is what a fact decides."""

    lodged: tuple[str, ...]
    urgency: Urgency
    cries: tuple[str, ...]
    step: coding_steps.Decision | None
    pointers: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Each sign by name, as a feature."""
        return (
            *self.pointers,
            *(("lodged",) if self.lodged else ()),
            *((f"urgent {self.urgency}",) if self.urgency else ()),
            *((f"step {self.step.type}",) if self.step else ()),
        )


def read(text: Text) -> Signs:
    heard = spoken(text)
    level, cries = urgency.found(heard)
    return Signs(
        lodged=remedy.found(heard),
        urgency=level,
        cries=cries,
        step=coding_steps.decide(text, heard),
        pointers=coding_steps.pointers(heard),
    )
