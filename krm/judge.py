"""Who suggests: the model in use. Another one may be taken while the bot runs."""

from collections.abc import Sequence

from classify.anlage3 import Anlage3
from classify.coding import Suggestion, Text
from classify.suggest import suggest
from ingest.office import Office
from krm.stock import Standing, Stock
from store import uses
from store.database import Database
from store.uses import SHIPPED, Use


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
        """Load the model in use if that is another one than before. Raises DatabaseAway."""
        with self._database.transaction() as connection:
            use = uses.newest(connection)
        if not self._looked or use != self._use:
            self.standing = self._stock.standing(use.model if use else SHIPPED)
            self._looked, self._use = True, use
