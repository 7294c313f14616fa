"""Ctrl-C pressed twice is pressed once; pressed again much later it counts."""

import signal

import pytest

from newsbt.adapters import interrupts
from newsbt.adapters.interrupts import first_interrupt_only


def test_the_second_of_two_is_ignored():
    with first_interrupt_only():
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)


def test_after_a_while_it_counts_again(monkeypatch):
    monkeypatch.setattr(interrupts, "PATIENCE_S", -1.0)
    with first_interrupt_only():
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)
