"""The record of one listing in the course of a run of the compiled engine (pure)."""

from __future__ import annotations

from typing import Final

import numpy as np

__all__ = ["DESK", "LINE"]

#: Bytes of a line of the processor's cache.
LINE: Final = 64


def _in_lines(fields: list[tuple[str, str]]) -> np.dtype[np.void]:
    """A record that takes up whole lines of the processor's cache."""
    plain = np.dtype(fields, align=True)
    places = dict(plain.fields or {})
    return np.dtype(
        {
            "names": [name for name, _ in fields],
            "formats": [kind for _, kind in fields],
            "offsets": [int(places[name][1]) for name, _ in fields],
            "itemsize": -(-plain.itemsize // LINE) * LINE,
            "aligned": True,
        }
    )


#: One listing in the course of a run: position, levels, waiting orders, and what its strategy remembers.
#: What every strategy needs comes first, in four lines of the processor's cache.
DESK: Final = _in_lines(
    [
        ("position", "i8"),
        ("bar", "i4"),  # flat, of this step's session
        ("number", "i4"),  # of that session
        ("due", "i4"),  # flat bar on which to look again; other entries of the agenda are out of date
        ("place", "i4"),  # in Run.active; -1 is none
        ("alarm", "i4"),  # session at whose number the time is over
        ("next_news", "i4"),
        ("entered", "i4"),
        ("renewed", "i4"),
        ("guarded", "?"),
        ("waiting", "?"),  # the strategy's order waits for a session
        ("forced", "?"),  # the order of a margin call does
        ("watched", "?"),  # its strategy looks at every session
        ("wanted", "?"),  # a decision of this step
        ("order_guarded", "?"),
        ("want_guarded", "?"),
        ("floor", "f8"),  # a low at or below it, or a high at or above the ceiling, reaches a level
        ("ceiling", "f8"),
        # The position and its trade, as newsbt.trades keeps it.
        ("mark", "f8"),
        ("average", "f8"),
        ("brought", "f8"),  # what a share had brought until the position was last settled
        ("trade_fx", "f8"),
        ("trade_invested", "f8"),
        ("trade_fees", "f8"),
        ("trade_paid", "f8"),  # dividends less borrow
        ("trade_profit", "f8"),
        ("owed", "f8"),  # dividends of a share sold short, and its borrow fees, until then
        ("borrowed", "f8"),
        ("since", "i4"),  # step up to which the position is in Run.path
        # Levels around the position.
        ("stop_reason", "i4"),
        ("grid", "i4"),
        ("guard_ids", "i4"),
        ("stop_price", "f8"),
        ("gain_price", "f8"),
        ("entry", "f8"),
        ("best", "f8"),
        # The decision of this step, and the strategy's order that waits for a session.
        ("want_weight", "f8"),
        ("order_weight", "f8"),
        ("order_size", "i8"),
        ("order_target", "i8"),
        ("want_group", "i4"),
        ("want_reason", "i4"),
        ("want_ids", "i4"),
        ("order_group", "i4"),
        ("order_reason", "i4"),
        ("order_ids", "i4"),
        ("ids", "i4"),
        # What strategies remember.
        ("level_at", "i4"),
        ("flag", "?"),
        ("leg", "?"),
        ("opening", "?"),
        ("ended", "?"),
        ("hedged", "?"),
        ("pending", "i4"),  # news whose first reaction is awaited; -1 is none
        ("event", "i4"),
        ("next_event", "i4"),
        ("leg_since", "i4"),
        ("news", "i4"),
        ("leader", "i4"),  # listing that opened the pair; -1 is none
        ("forced_bar", "i4"),  # bar that the last margin call asked to look at, flat
        ("level", "f8"),
        ("weight", "f8"),
        ("pending_price", "f8"),
        ("pending_sigma", "f8"),
        ("last_score", "f8"),
        ("leg_weight", "f8"),
        ("leg_beta", "f8"),
        ("hedge", "f8"),
        ("hedge_before", "f8"),
        ("premium", "f8"),
        ("sign", "f8"),
        # The order of a margin call that waits for an open.
        ("forced_turn", "i8"),
        ("forced_size", "i8"),
        ("forced_target", "i8"),
        # Where steps are written.
        ("mark_price", "f8"),
        ("mark_fx", "f8"),
    ]
)
