"""A strategy where a signal is wanted, or the other way round."""


class WrongBase:
    pass
