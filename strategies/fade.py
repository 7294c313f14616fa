"""Fade the news: a first reaction of many daily deviations is assumed to have gone too far."""

from newsbt.engine import Desk, NewsStrategy
from newsbt.kernel.rules import NO_VOLATILITY, OTHER_WAY, TOO_SMALL, judge_reaction, volatility
from newsbt.records import Signal


class Fade(NewsStrategy):
    """Against a first reaction of more than k daily sigmas, from the next session on, for N sessions."""

    params = {
        "hold": 5,
        "stop": 0.08,
        "take": 0.0,
        "trail": 0.0,
        "weight": 0.1,
        "min_score": 0.2,
        "side": "both",
        "delay": 0,
        "sigmas": 2.0,
        "window": 20,
    }
    bounds = {
        "sigmas": (0.0, 20.0, "first reaction that counts as too far, in daily standard deviations"),
        "window": (5, 250, "sessions behind the standard deviation"),
    }

    def leaning(self, signal: Signal) -> float:
        """Against the news: `side` is of the position, not of the story."""
        return -signal.score

    def on_signal(self, desk: Desk, signal: Signal) -> None:
        """Note the price and the volatility from before the news, and wait for the session's close."""
        if "watched" in desk.memory:
            self.ignore(desk.memory["watched"][0], "overtaken by a later signal")
        self.ignore(signal, "the run ended before the session after the news")
        closes = desk.closes(self.p.window + 1)
        sigma = volatility(closes, len(closes) - 1, self.p.window)
        desk.memory["watched"] = (signal, desk.number, desk.close, sigma)

    def on_session(self, desk: Desk) -> None:
        """Judge the reaction of the session before and go against it."""
        if "watched" not in desk.memory or desk.memory["watched"][1] >= desk.number:
            return
        signal, _, before, sigma = desk.memory.pop("watched")
        reaction = desk.close / before - 1.0
        verdict = judge_reaction(reaction, signal.score, sigma, self.p.sigmas)
        if verdict == NO_VOLATILITY:
            self.ignore(signal, f"fewer than {self.p.window} earlier sessions to measure the volatility")
        elif verdict == OTHER_WAY:
            self.ignore(signal, f"the price went the other way ({reaction:+.2%})")
        elif verdict == TOO_SMALL:
            self.ignore(signal, f"reaction of {abs(reaction) / sigma:.2f} sigmas, under {self.p.sigmas:g}")
        else:
            self.follow(desk, -signal.score, signal)
