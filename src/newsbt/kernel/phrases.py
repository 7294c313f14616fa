"""Finds the phrases of a lexicon in texts and adds up what they are worth (compiled)."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsbt.kernel.compile import compiled, entrance
from newsbt.kernel.letters import PRIME, slot_of
from newsbt.kernel.phrase_words import LONGEST, STEMS, split_words

__all__ = ["GAP", "GAP_WORDS", "MOST_MATCHES", "Scratch", "edge_key", "read_texts", "scratch"]

#: Phrases found in one text that are kept.
MOST_MATCHES: Final = 96
#: Most words that ``...`` in a phrase stands for.
GAP_WORDS: Final = 6
#: Symbol of ``...``.
GAP: Final = np.uint64(7)
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
_SHIFT: Final = np.uint64(31)
_ONE: Final = np.uint64(1)


@compiled
def edge_key(state: int, symbol: np.uint64) -> np.uint64:
    """Key of the edge from `state` that `symbol` takes."""
    value = (symbol + np.uint64(state)) * _MIX
    return (value ^ (value >> _SHIFT)) * PRIME


@compiled
def _search(
    count: int,
    symbols: NDArray[np.uint64],
    clauses: NDArray[np.int64],
    edge_slots: NDArray[np.int64],
    edge_keys: NDArray[np.uint64],
    edge_states: NDArray[np.int64],
    ends: NDArray[np.int64],
    stack: NDArray[np.int64],
    masks: NDArray[np.uint64],
    matches: NDArray[np.int64],
    match_masks: NDArray[np.uint64],
) -> int:
    """All phrases in the words of a text: rows of entry, words, first and last place; how many."""
    found = 0
    for start in range(count):
        stack[0, 0], stack[0, 1], stack[0, 2] = 0, start, 0
        masks[0] = np.uint64(0)
        depth = 1
        while depth > 0:
            depth -= 1
            state, at, words, mask = stack[depth, 0], stack[depth, 1], stack[depth, 2], masks[depth]
            if words and ends[state] >= 0 and found < matches.shape[0]:
                matches[found, 0], matches[found, 1] = ends[state], words
                matches[found, 2], matches[found, 3] = start, at - 1
                match_masks[found] = mask
                found += 1
            beyond = slot_of(edge_slots, edge_keys, edge_key(state, GAP)) if words else -1
            for skipped in range(GAP_WORDS + 1 if beyond >= 0 else 1):
                place = at + skipped
                if place >= count or clauses[place] != clauses[start]:
                    break
                for way in range(2):
                    if (way == 0 and skipped) or (way == 1 and beyond < 0):
                        continue
                    source = state if way == 0 else edge_states[beyond]
                    for choice in range(STEMS + 1):
                        symbol = symbols[place, choice]
                        if symbol == 0:
                            break
                        edge = slot_of(edge_slots, edge_keys, edge_key(source, symbol))
                        if edge >= 0 and depth < stack.shape[0]:
                            stack[depth, 0], stack[depth, 1] = edge_states[edge], place + 1
                            stack[depth, 2] = words + 1
                            masks[depth] = mask | (_ONE << np.uint64(place))
                            depth += 1
    return found


@compiled
def _keep(
    found: int,
    matches: NDArray[np.int64],
    match_masks: NDArray[np.uint64],
    kept: NDArray[np.int64],
    negations: int,
) -> int:
    """Matches of phrases that do not overlap, those of more words first, of equals the tighter one."""
    taken, count = np.uint64(0), 0
    while True:
        best = -1
        for at in range(found):
            if matches[at, 0] < negations or match_masks[at] & taken:
                continue
            width = matches[at, 3] - matches[at, 2]
            if best >= 0:
                more = matches[at, 1] - matches[best, 1]
                if more < 0 or (more == 0 and width >= matches[best, 3] - matches[best, 2]):
                    continue
            best = at
        if best < 0:
            return count
        taken |= match_masks[best]
        kept[count] = best
        count += 1


@compiled
def _factor(
    match: int,
    found: int,
    count: int,
    matches: NDArray[np.int64],
    match_masks: NDArray[np.uint64],
    kept: NDArray[np.int64],
    clauses: NDArray[np.int64],
    negations: int,
    windows: NDArray[np.int64],
    factors: NDArray[np.float64],
) -> float:
    """Factor of the nearest negation before a match; 1 for none. Words of phrases negate nothing."""
    factor, nearest = 1.0, -1
    for at in range(found):
        entry, last = matches[at, 0], matches[at, 3]
        between = matches[match, 2] - last - 1
        if entry >= negations or last <= nearest or not 0 <= between <= windows[entry]:
            continue
        if clauses[last] != clauses[matches[match, 2]]:
            continue
        free = True
        for other in range(count):
            if match_masks[kept[other]] & match_masks[at]:
                free = False
        if free:
            factor, nearest = factors[entry], last
    return factor


@entrance
def read_texts(
    buffer: NDArray[np.uint8],
    bounds: NDArray[np.int64],
    names: NDArray[np.int64],
    name_bounds: NDArray[np.int64],
    queries: NDArray[np.int64],
    stem_slots: NDArray[np.int64],
    stem_keys: NDArray[np.uint64],
    edge_slots: NDArray[np.int64],
    edge_keys: NDArray[np.uint64],
    edge_states: NDArray[np.int64],
    ends: NDArray[np.int64],
    negations: int,
    windows: NDArray[np.int64],
    factors: NDArray[np.float64],
    weights: NDArray[np.float64],
    elsewhere: float,
    symbols: NDArray[np.uint64],
    clauses: NDArray[np.int64],
    owners: NDArray[np.int64],
    stack: NDArray[np.int64],
    masks: NDArray[np.uint64],
    matches: NDArray[np.int64],
    match_masks: NDArray[np.uint64],
    kept: NDArray[np.int64],
    totals: NDArray[np.float64],
    sided: NDArray[np.bool_],
    spoke: NDArray[np.int64],
) -> None:
    """Sum the weights of the phrases that speak in each query.

    Parameters
    ----------
    buffer, bounds, names, name_bounds, queries : arrays
        As in :func:`newsbt.kernel.headlines.read_headlines`.
    stem_slots, stem_keys : arrays
        Beginnings of words that the lexicon knows.
    edge_slots, edge_keys, edge_states : arrays
        Edges of the tree of phrases and where they lead; the root is state 0.
    ends : (states,) array
        Entry of the lexicon that ends in a state, -1 for none; those below `negations` are negations.
    windows, factors : (negations,) arrays
        Of each negation.
    weights : (entries, 2) array
        What an entry is worth to a name before and to a name after it.
    elsewhere : float
        Share of the phrases' weight for a name whose own clause has no phrase.
    symbols to kept : arrays
        Written over; see :func:`scratch`.
    totals : (q,) array
        Sums are written to it.
    sided : (q,) array
        Set to whether a phrase of the name's own clause is good for one side and bad for the other.
    spoke : (q, k) array
        Entries that spoke, those that a negation turned as ``-2 - entry``; -1 after the last.
    """
    count, text, found, many = 0, -1, 0, 0
    for query in range(queries.shape[0]):
        if queries[query, 0] != text:
            text = queries[query, 0]
            count = split_words(
                buffer,
                bounds[text],
                bounds[text + 1],
                names,
                name_bounds[text],
                name_bounds[text + 1],
                stem_slots,
                stem_keys,
                symbols,
                clauses,
                owners,
            )
            found = _search(
                count,
                symbols,
                clauses,
                edge_slots,
                edge_keys,
                edge_states,
                ends,
                stack,
                masks,
                matches,
                match_masks,
            )
            many = _keep(found, matches, match_masks, kept, negations)
        place = -1
        for at in range(count):
            if queries[query, 1] >= 0 and owners[at] == queries[query, 1]:
                place = at
        own = False
        for at in range(many):
            own = own or (place >= 0 and clauses[matches[kept[at], 2]] == clauses[place])
        total, said = 0.0, 0
        for at in range(many):
            match = kept[at]
            entry, first = matches[match, 0], matches[match, 2]
            if own and clauses[first] != clauses[place]:
                continue
            before, after = weights[entry, 0], weights[entry, 1]
            worth = before if before != 0.0 else after
            if own:
                worth = before if place < first else after
                sided[query] = sided[query] or before * after < 0.0
            elif place >= 0:
                worth *= elsewhere
            factor = _factor(
                match, found, many, matches, match_masks, kept, clauses, negations, windows, factors
            )
            total += worth * factor
            if worth != 0.0 and said < spoke.shape[1]:
                spoke[query, said] = entry if factor == 1.0 else -2 - entry
                said += 1
        totals[query] = total
        if said < spoke.shape[1]:
            spoke[query, said] = -1


class Scratch(NamedTuple):
    """Arrays that :func:`read_texts` writes over, in its order."""

    symbols: NDArray[np.uint64]
    clauses: NDArray[np.int64]
    owners: NDArray[np.int64]
    stack: NDArray[np.int64]
    masks: NDArray[np.uint64]
    matches: NDArray[np.int64]
    match_masks: NDArray[np.uint64]
    kept: NDArray[np.int64]


def scratch() -> Scratch:
    """New arrays to write over."""
    return Scratch(
        symbols=np.empty((LONGEST + 1, STEMS + 1), np.uint64),
        clauses=np.empty(LONGEST + 1, np.int64),
        owners=np.empty(LONGEST + 1, np.int64),
        stack=np.empty((256, 3), np.int64),
        masks=np.empty(256, np.uint64),
        matches=np.empty((MOST_MATCHES, 4), np.int64),
        match_masks=np.empty(MOST_MATCHES, np.uint64),
        kept=np.empty(MOST_MATCHES, np.int64),
    )
