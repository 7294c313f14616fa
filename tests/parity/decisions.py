"""What `drift`, `decay` and `hold` decide, in plain Python, for the oracle."""

from __future__ import annotations

from newsbt.records import Signal
from parity.oracle import Line, Oracle, Want


def due_signal(oracle: Oracle, line: Line, strict: bool = True) -> Signal | None:
    """The signal whose delay ends now; of several (sessions without a bar) the last that may trade counts."""
    signal = oracle.signals.get((line.tape.listing.symbol, line.tape.day(line.bar)))
    if signal is not None:
        line.delayed.append((line.number + oracle.p["delay"], signal))
    due = [waiting for when, waiting in line.delayed if when <= line.number]
    line.delayed = [item for item in line.delayed if item[0] > line.number]
    if not strict:
        return due[-1] if due else None
    barred = {"both": 0, "long": -1, "short": 1}[oracle.p["side"]]
    enough = [item for item in due if abs(item.score) >= oracle.p["min_score"]]
    allowed = [item for item in enough if item.score * barred <= 0]
    return allowed[-1] if allowed else (enough[-1] if enough and due[-1] is enough[-1] else None)


def drift(oracle: Oracle, line: Line) -> Want | None:
    """Renew what is held on the side of the score; else enter, reverse, or leave where `side` bars that."""
    signal = due_signal(oracle, line)
    if line.bar == 0:
        return None  # no earlier price to size an order by
    if signal is not None and signal.score:
        barred = signal.score * {"both": 0, "long": -1, "short": 1}[oracle.p["side"]] > 0
        if line.position * signal.score > 0 and not barred:
            line.leave_at = line.number + oracle.p["hold"]
            line.order = None
            return None
        if not barred:
            return Want(oracle.p["weight"] * signal.score, "reversal" if line.position else "signal")
        if line.position * signal.score < 0:
            return Want(0.0, "opposite")
    overdue = line.position and line.number >= line.leave_at
    return Want(0.0, "time") if overdue and line.order is None else None


def decay(oracle: Oracle, line: Line) -> Want | None:
    """Follow the sum of the scores, each fading with the half-life, on the sides allowed."""
    signal = due_signal(oracle, line, strict=False)
    if line.bar == 0:
        return None
    scores = line.memory.setdefault("scores", [])
    if signal is not None:
        scores.append((line.number, signal.score))
    if not scores:
        return None
    total = sum(score * 0.5 ** ((line.number - since) / oracle.p["half_life"]) for since, score in scores)
    total = max(-1.0, min(1.0, total))
    fresh = scores[-1][0] == line.number
    if abs(total) < oracle.p["min_score"]:
        total, fresh = 0.0, False
        scores.clear()
    if total * {"both": 0, "long": -1, "short": 1}[oracle.p["side"]] > 0:
        total = 0.0
    wanted, now = oracle.p["weight"] * total, line.memory.get("weight", 0.0)
    if wanted == now or (wanted and abs(wanted - now) < oracle.p["band"]):
        return None
    line.memory["weight"] = wanted
    return Want(wanted, "signal" if fresh else "rebalance")


def hold(oracle: Oracle, line: Line) -> Want | None:
    """Ask once for an equal share."""
    if line.bar == 0 or "asked" in line.memory:
        return None
    line.memory["asked"] = True
    return Want(oracle.p["weight"] / len(oracle.lines), "hold")
