"""Who suggests: the model in use. Another one may be taken while the bot runs."""

import logging
from collections.abc import Sequence
from contextlib import suppress

from classify.anlage3 import Anlage3
from classify.coding import Suggestion, Text
from classify.model import ModelUnusable
from classify.suggest import suggest
from ingest.office import Office
from krm.models import Untrainable
from krm.stock import Standing, Stock, before
from store import uses
from store.database import Database
from store.uses import SHIPPED, Use

log = logging.getLogger(__name__)


class Judge:
    """Before the first look rules alone speak."""

    def __init__(self, database: Database, stock: Stock, taxonomy: Anlage3, office: Office) -> None:
        self._database, self._stock = database, stock
        self._taxonomy, self._office = taxonomy, office
        self._looked = False
        self._use: Use | None = None
        self.standing = Standing("", None)

    def __call__(self, texts: Sequence[Text]) -> tuple[Suggestion, ...]:
        return suggest(texts, self.standing.model, self._taxonomy, self._office)

    def look_again(self) -> None:
        """Load the model in use if that is another one than before, or could not be loaded. Raises DatabaseAway."""
        with self._database.transaction() as connection:
            use = uses.newest(connection)
            known = self._looked and use == self._use
            history = () if known else uses.history(connection)
        named = use.model if use else SHIPPED
        if not known:
            self.standing = self._stock.standing(named, before(history))
            self._looked, self._use = True, use
        elif self.standing.name != named:
            self._once_more(named)

    def _once_more(self, named: str) -> None:
        """A file may have been put back meanwhile; that it still cannot be used was said when it was first noticed."""
        with suppress(ModelUnusable, Untrainable):
            self.standing = Standing(named, self._stock.load(named))
            log.info("the model in use can be used again: %s", named)
