"""The set-up guide as the dashboard shows it."""

from dataclasses import dataclass

from orders.setting_up.steps import Step, all_steps, found_in, subqueries
from shopadmin.models import StoreSettings


@dataclass(frozen=True)
class Guide:
    """The steps, and how far the shop is."""

    steps: list[Step]

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def required_left(self) -> int:
        return sum(step.is_required and not step.is_done for step in self.steps)

    @property
    def next(self) -> Step | None:
        """The first step that is not done."""
        return next((step for step in self.steps if not step.is_done), None)


def next_step(store: StoreSettings) -> Step | None:
    """Return what the guide would have done next; None once it is off the dashboard."""
    row = {} if store.guide_hidden else StoreSettings.objects.values(**subqueries()).first()
    guide = guide_of(store, row or {})
    return guide.next if guide else None


def guide_of(store: StoreSettings, row: dict) -> Guide | None:
    """Return the guide while there is something left to do, from a row that has the `steps.subqueries()`.

    Once nothing keeps the shop from selling, it can be hidden.
    """
    if store.guide_hidden:
        return None
    guide = Guide(all_steps(store, found_in(row)))
    return guide if guide.next else None
