"""Arrays whose indices are never negative, for compiled functions: no element is counted from the end.

Numba turns a negative index into one from the end, as Python does, with three instructions for every access.
The kernels never count from the end, and the loops of theirs that run over such arrays can be vectorised.
An index of -1 that is written out, alone or beside others that are, does not compile;
``NUMBA_BOUNDSCHECK=1`` finds any other.
"""

from __future__ import annotations

import operator
from typing import Any

import numba
from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import cgutils, errors, types
from numba.core.imputils import lower_builtin
from numba.core.typing.templates import Signature
from numba.extending import intrinsic, models, register_model
from numba.np import arrayobj

__all__ = ["Rows", "as_rows", "fetch_ahead"]

#: Numba's own helpers have no types.
numpy_arrays: Any = arrayobj
llvm: Any = cgutils
lowers: Any = lower_builtin
unsigned: Any = types.uintp
tuples: Any = types.Tuple


class Rows(types.Array):
    """Type of an array that is indexed from its beginning; so are its views."""

    def __init__(self, dtype: Any, ndim: int, layout: Any, readonly: bool, aligned: bool) -> None:
        words = "" if aligned else "unaligned "
        words += "readonly " if readonly else ""
        name = f"{words}rows({dtype}, {ndim}d, {layout})"
        super().__init__(dtype, ndim, layout, readonly=readonly, name=name, aligned=aligned)

    def copy(self, dtype: Any = None, ndim: Any = None, layout: Any = None, readonly: Any = None) -> Any:
        """Type of a view."""
        return Rows(
            self.dtype if dtype is None else dtype,
            self.ndim if ndim is None else ndim,
            layout or self.layout,
            not self.mutable if readonly is None else readonly,
            self.aligned,
        )


register_model(Rows)(models.ArrayModel)


def as_rows(array: Any) -> Rows:
    """Type of the same array, indexed from its beginning."""
    return Rows(array.dtype, array.ndim, array.layout, not array.mutable, array.aligned)


def _from_zero(context: Any, builder: Any, kind: Any, index: Any) -> tuple[Any, Any]:
    """An index, or a tuple of them, whose whole numbers have no sign."""
    if isinstance(kind, types.IntegerLiteral):
        _refuse_before(kind.literal_value)
    if isinstance(kind, types.Integer):
        return unsigned, context.cast(builder, index, kind, types.intp)
    if isinstance(kind, types.Tuple | types.UniTuple):
        parts = [
            _from_zero(context, builder, part, builder.extract_value(index, place))
            for place, part in enumerate(kind.types)
        ]
        made = tuples([part for part, _ in parts])
        return made, context.make_tuple(builder, made, [value for _, value in parts])
    return kind, index


def _refuse_before(index: Any) -> None:
    for number in index if isinstance(index, tuple) else (index,):
        if isinstance(number, int) and number < 0:
            raise errors.LoweringError(f"rows are indexed from their beginning, and {number} is before it")


def _as_numba(does: Any) -> Any:
    """What Numba does with an index, for one that counts from the beginning."""

    def from_zero(context: Any, builder: Any, signature: Signature, arguments: Any) -> Any:
        kind, index = _from_zero(context, builder, signature.args[1], arguments[1])
        own = signature.return_type(signature.args[0], kind, *signature.args[2:])
        return does(context, builder, own, (arguments[0], index, *arguments[2:]))

    return from_zero


_put = _as_numba(numpy_arrays.setitem_array)
lowers(operator.getitem, Rows, types.Integer)(_as_numba(numpy_arrays.getitem_arraynd_intp))
lowers(operator.getitem, Rows, types.BaseTuple)(_as_numba(numpy_arrays.getitem_array_tuple))
lowers(operator.setitem, Rows, types.Any, types.Any)(_put)


def _written_out(context: Any, builder: Any, signature: Signature, arguments: Any) -> Any:
    _refuse_before(arguments[1])
    # Numba then looks for the way of an index that is not written out.
    raise NotImplementedError("as for any other index")


lowers("static_getitem", Rows, types.Any)(_written_out)


def _put_written_out(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    rows, index, value = arguments
    _refuse_before(index)
    numbers = [
        context.get_constant(types.intp, number)
        for number in (index if isinstance(index, tuple) else (index,))
    ]
    kind: Any = types.intp
    place = numbers[0]
    if isinstance(index, tuple):
        kind = tuples([types.intp] * len(numbers))
        place = context.make_tuple(builder, kind, numbers)
    own = signature.return_type(signature.args[0], kind, signature.args[2])
    return _put(context, builder, own, (rows, place, value))


lowers("static_setitem", Rows, types.Integer, types.Any)(_put_written_out)
lowers("static_setitem", Rows, types.UniTuple, types.Any)(_put_written_out)


@intrinsic
def _fetched(typingctx: Any, rows: Any, index: Any) -> Any:
    def build(context: Any, builder: Any, signature: Signature, arguments: Any) -> Any:
        array = numpy_arrays.make_array(signature.args[0])(context, builder, arguments[0])
        index = context.cast(builder, arguments[1], signature.args[1], types.intp)
        place = llvm.pointer_add(
            builder, array.data, builder.mul(llvm.unpack_tuple(builder, array.strides, 1)[0], index)
        )
        number = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [llvm.voidptr_t, number, number, number])
        fetch = llvm.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        builder.call(fetch, [builder.bitcast(place, llvm.voidptr_t), number(0), number(3), number(1)])
        return context.get_dummy_value()

    return types.none(rows, index), build


def fetch_ahead(rows: Any, index: int) -> None:
    """Have the processor fetch a record of an array that will be read soon."""


if not numba.config.DISABLE_JIT:  # type: ignore[attr-defined]
    fetch_ahead = _fetched  # type: ignore[assignment]
