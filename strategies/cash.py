"""Do nothing: the account without a trade."""

from newsbt.engine import NewsStrategy


class Cash(NewsStrategy):
    """Never trades: the baseline that every strategy has to beat after costs."""

    params: dict[str, float] = {}
