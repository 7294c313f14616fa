"""Verbs of news in all their forms, for patterns of events (pure)."""

from __future__ import annotations

__all__ = ["BUY", "CUT", "DROP", "LAUNCH", "RAISE", "SELL", "forms"]

_IRREGULAR = {
    "build": "build|builds|built|building",
    "buy": "buy|buys|bought|buying",
    "cut": "cut|cuts|cutting",
    "sell": "sell|sells|sold|selling",
    "take": "take|takes|took|taken|taking",
    "withdraw": "withdraw|withdraws|withdrew|withdrawn|withdrawing",
}
#: Verbs of one short vowel, whose last letter is written twice.
_DOUBLED = ("scrap", "drop", "trim", "ban", "bar", "snap", "nix", "step", "stop", "can")


def forms(*verbs: str) -> str:
    """A group of a pattern for every form of `verbs`; a word behind the verb stays as it is (``"call off"``).

    >>> forms("halt")
    '(?:halt|halts|halted|halting)'
    """
    return "(?:" + "|".join(part for verb in verbs for part in _forms(verb)) + ")"


def _forms(verb: str) -> list[str]:
    word, _, particle = verb.partition(" ")
    behind = f" {particle}" if particle else ""
    if word in _IRREGULAR:
        return [form + behind for form in _IRREGULAR[word].split("|")]
    if word in _DOUBLED and not word.endswith("x"):
        long = word + word[-1]
        found = [word, f"{word}s", f"{long}ed", f"{long}ing"]
    elif word.endswith("e"):
        found = [word, f"{word}s", f"{word}d", f"{word[:-1]}ing"]
    elif word.endswith("y") and word[-2] not in "aeou":
        found = [word, f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"]
    elif word.endswith(("s", "x", "sh", "ch")):
        found = [word, f"{word}es", f"{word}ed", f"{word}ing"]
    else:
        found = [word, f"{word}s", f"{word}ed", f"{word}ing"]
    return [form + behind for form in found]


RAISE = forms(
    "raise",
    "lift",
    "increase",
    "boost",
    "bolster",
    "double",
    "triple",
    "quadruple",
    "add to",
    "add",
    "build",
    "expand",
    "bulk up",
    "beef up",
    "top up",
    "hike",
)
CUT = forms("cut", "reduce", "trim", "slash", "lower", "pare", "shrink", "halve", "scale back")
BUY = forms(
    "buy",
    "acquire",
    "purchase",
    "snap up",
    "scoop up",
    "pick up",
    "load up on",
    "take",
    "accumulate",
    "amass",
)
SELL = forms("sell", "dump", "offload", "unload", "exit", "divest", "close out", "dispose of", "liquidate")
DROP = (
    forms(
        "cancel",
        "scrap",
        "shelve",
        "abandon",
        "drop",
        "call off",
        "halt",
        "ditch",
        "axe",
        "scupper",
        "pull",
        "suspend",
        "postpone",
        "delay",
        "withdraw",
        "walk away from",
        "back away from",
        "back out of",
        "pull the plug on",
        "scuttle",
        "derail",
        "torpedo",
        "block",
        "stop",
    )[:-1]
    + r"|cancell(?:ed|ing)|(?:no longer|not) (?:proceed|go ahead|pursue|go forward)(?: with)?"
    + r"|decid(?:ed|es) (?:against|not to))"
)
LAUNCH = forms(
    "launch", "release", "unveil", "introduce", "debut", "roll out", "publish", "issue", "announce", "present"
)
