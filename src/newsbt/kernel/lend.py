"""A named tuple by reference, for compiled functions: one pointer is handed on, not some forty arrays."""

from __future__ import annotations

import hashlib
from typing import Any, TypeVar

import numba
from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import cgutils, types
from numba.core.imputils import impl_ret_borrowed, lower_getattr_generic
from numba.core.typing.templates import AttributeTemplate, infer_getattr
from numba.extending import intrinsic, models, register_model

from newsbt.kernel.rows import as_rows

__all__ = ["lend", "stay_apart"]

T = TypeVar("T")
#: Numba's own helpers have no types.
llvm: Any = cgutils
borrowed: Any = impl_ret_borrowed
lowers_attributes: Any = lower_getattr_generic


class Lent(types.Type):
    """Type of a reference to a named tuple; it has the same attributes."""

    def __init__(self, whole: Any) -> None:
        self.whole = whole
        # It is part of the name of every function that takes one, and a name with every field is 10 kB long.
        digest = hashlib.sha256(whole.name.encode()).hexdigest()[:16]
        super().__init__(name=f"Lent({whole.instance_class.__name__}, {digest})")


@register_model(Lent)
class LentModel(models.OpaqueModel):
    """A pointer without a type."""


@infer_getattr
class LentAttributes(AttributeTemplate):
    """Types of the attributes: named tuples are lent in their turn, arrays indexed from their beginning."""

    key = Lent

    def generic_resolve(self, value: Any, attr: str) -> Any:  # type: ignore[override]
        """Type of an attribute; None where there is none."""
        if attr not in value.whole.fields:
            return None
        found = value.whole.types[value.whole.fields.index(attr)]
        if isinstance(found, types.NamedTuple):
            return Lent(found)
        return as_rows(found) if isinstance(found, types.Array) else found


def _read(context: Any, builder: Any, typ: Lent, value: Any, attr: str) -> Any:
    """Load what an attribute has, part by part: what nobody uses is then not loaded at all."""
    place = typ.whole.fields.index(attr)
    kind = typ.whole.types[place]
    whole = builder.bitcast(value, context.get_value_type(typ.whole).as_pointer())
    field = llvm.gep_inbounds(builder, whole, 0, place)
    if isinstance(kind, types.NamedTuple):
        return builder.bitcast(field, context.get_value_type(Lent(kind)))
    return borrowed(context, builder, kind, _load(builder, field))


lowers_attributes(Lent)(_read)


def _load(builder: Any, pointer: Any) -> Any:
    kind = pointer.type.pointee
    if not isinstance(kind, ir.LiteralStructType | ir.ArrayType):
        single = builder.load(pointer)
        # Nobody changes a tuple while a function has it: loads may be done once, however much is stored.
        single.set_metadata("invariant.load", builder.module.add_metadata([]))
        return single
    value = ir.Constant(kind, ir.Undefined)
    count = kind.count if isinstance(kind, ir.ArrayType) else len(kind.elements)
    for part in range(count):
        loaded = _load(builder, llvm.gep_inbounds(builder, pointer, 0, part))
        value = builder.insert_value(value, loaded, part)
    return value


@intrinsic
def _lent(typingctx: Any, whole: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        place = llvm.alloca_once_value(builder, arguments[0])
        return builder.bitcast(place, context.get_value_type(signature.return_type))

    return Lent(whole)(whole), build


@intrinsic
def _apart(typingctx: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        builder.function.attributes.add("noinline")
        return context.get_dummy_value()

    return types.none(), build


def lend(whole: T) -> T:
    """Give a reference to a named tuple, for functions that :func:`stay_apart` or are called by such.

    It lives as long as the function that lends. In plain Python it is the tuple itself.
    """
    return whole


def stay_apart() -> None:
    """Keep the function that calls this out of its callers: they may lend it another tuple the next time."""


if not numba.config.DISABLE_JIT:  # type: ignore[attr-defined]
    lend = _lent  # type: ignore[assignment]
    stay_apart = _apart  # type: ignore[assignment]
