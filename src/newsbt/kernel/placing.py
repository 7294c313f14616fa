"""Put stories on free bars, compiled: no two signals of one listing on the same session."""

from __future__ import annotations

import numpy as np

from newsbt.kernel.compile import allocating
from newsbt.records import BoolArray, IntArray

__all__ = ["place_stories", "swap_stories"]


@allocating
def place_stories(
    members: IntArray,
    first_member: IntArray,
    first_place: IntArray,
    first_bar: IntArray,
    bars: IntArray,
    own: IntArray,
    order: IntArray,
    steps: IntArray,
    room: int,
    out: IntArray,
    done: BoolArray,
) -> None:
    """Move every story so many places on, round and round, or to the nearest free place from there.

    Parameters
    ----------
    members, first_member, first_place, first_bar, bars, own, order
        See :class:`newsbt.evidence.placebo.targets.Targets`.
    steps : array of int64, shape (worlds, stories)
    room : int
        Number of flat bars.
    out : array of int64, shape (worlds, signals)
        Bar of each signal.
    done : array of bool, shape (worlds,)
        Whether every story found a place.
    """
    taken = np.zeros(room, dtype=np.bool_)
    for world in range(len(steps)):
        taken[:] = False
        done[world] = True
        for story in order:
            count = first_place[story + 1] - first_place[story]
            begin, end = first_member[story], first_member[story + 1]
            width = end - begin
            found = False
            for tried in range(count):
                # 0, +1, -1, +2, -2, ... places from where it should go.
                aside = (tried + 1) // 2 if tried % 2 else -(tried // 2)
                place = (own[story] + steps[world, story] + aside) % count
                at = first_bar[story] + place * width
                free = True
                for number in range(width):
                    if taken[bars[at + number]]:
                        free = False
                        break
                if free:
                    for number in range(width):
                        taken[bars[at + number]] = True
                        out[world, members[begin + number]] = bars[at + number]
                    found = True
                    break
            if not found:
                done[world] = False
                break


@allocating
def swap_stories(
    members: IntArray,
    first_member: IntArray,
    own_bars: IntArray,
    listings: IntArray,
    dates: IntArray,
    calendar: IntArray,
    era: IntArray,
    maps: IntArray,
    room: int,
    out: IntArray,
    done: BoolArray,
) -> None:
    """Give every story to the listings that its era's map names, on the same local dates.

    A story stays where one of those listings has no bar.

    Parameters
    ----------
    members, first_member : array of int64
        Signals by story.
    own_bars, listings, dates : array of int64, shape (signals,)
        Flat bar, listing, and row of `calendar` of each signal.
    calendar : array of int64, shape (dates, listings)
        Flat bar, or -1.
    era : array of int64, shape (stories,)
    maps : array of int64, shape (worlds, eras, listings)
    room, out, done
        As for :func:`place_stories`; a world in which two signals met is not done.
    """
    taken = np.zeros(room, dtype=np.bool_)
    for world in range(len(maps)):
        taken[:] = False
        done[world] = True
        for story in range(len(era)):
            stays = era[story] < 0
            for number in range(first_member[story], first_member[story + 1]):
                signal = members[number]
                if stays or calendar[dates[signal], maps[world, era[story], listings[signal]]] < 0:
                    stays = True
                    break
            for number in range(first_member[story], first_member[story + 1]):
                signal = members[number]
                bar = own_bars[signal]
                if not stays:
                    bar = calendar[dates[signal], maps[world, era[story], listings[signal]]]
                if taken[bar]:
                    done[world] = False
                taken[bar] = True
                out[world, signal] = bar
