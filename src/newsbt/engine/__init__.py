"""The rule book on Backtrader: broker, feeds, the base class of strategies, the reference run."""
