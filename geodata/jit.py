"""How this project compiles loops. It is here because the lowest package needs it too.

Compiling all kernels takes one to two minutes of CPU, once per machine: the result is cached on disk.
Until then whoever runs them may choose, call by call, to run the same functions interpreted (`run_by`).
"""

from __future__ import annotations

import hashlib
import re
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property, update_wrapper
from pathlib import Path
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numba
import numpy as np
from numba.extending import register_jitable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy.typing as npt

T = TypeVar("T")
F = TypeVar("F", bound="Callable[..., object]")

_way: ContextVar[Callable[..., object] | None] = ContextVar("way", default=None)
_kernels: list[Kernel] = []
_bundles: dict[str, str] = {}
"""Of each named tuple that kernels take: its fields, by the name of the class."""


class Kernel:
    """A loop over arrays: compiled and cached on disk, or interpreted where that was asked for.

    Compiled, it holds no Python object and releases the GIL. Floating point stays strict (no ``fastmath``):
    the same input gives the same output everywhere. Arrays are handed over read-only and in one piece: numba
    would compile the loop again, for seconds, for each mixture of arrays that may and may not be written. The
    last argument of one that `fills` is the exception: numpy allocates a large column in large pages,
    which cost a third of what an allocation by the loop costs to touch.
    """

    def __init__(self, function: Callable[..., Any], *, fills: bool = False) -> None:
        self.function = function
        self.fills = fills
        self.compiled = _compiled(function)
        update_wrapper(self, function)
        _kernels.append(self)

    def __call__(self, *args: object) -> object:
        """Run the loop on the given columns: compiled, or as `run_by` has it."""
        way = _way.get()
        return self.run_compiled(*args) if way is None else way(self, *args)

    def run_interpreted(self, *args: object) -> object:
        """Run the loop as the Python function that it is; one that is stopped leaves its output untouched."""
        if not self.fills:
            return self.function(*args)
        *given, output = args
        assert isinstance(output, np.ndarray)
        filled = output.copy()
        answer = self.function(*given, filled)
        output[...] = filled
        return answer

    def run_compiled(self, *args: object) -> object:
        """Run the loop compiled; the first call on a machine compiles it."""
        loop, _ = self._stamped
        given, output = (args[:-1], args[-1:]) if self.fills else (args, ())
        return loop(*map(_frozen, given), *output)

    @cached_property
    def _stamped(self) -> tuple[Callable[..., object], Any]:
        """The compiled loop, and its cache on disk (None where there is none) stamped with a `fingerprint`.

        By default numba compares the time of the loop's file: a helper that changes in another file
        (after an update of a checkout, say) would still be called as before.
        """
        file = getattr(getattr(self.compiled, "_cache", None), "_cache_file", None)
        if file is not None:
            file._source_stamp = fingerprint(self.function)  # noqa: SLF001 - numba has no public interface
            _drop_unreadable(file)
        return self.compiled, file

    @cached_property
    def code_bytes(self) -> int:
        """Length of the byte code of the loop and of all functions that it calls."""
        return sum(len(code.co_code) for code in _codes(cast("FunctionType", self.function)))

    @property
    def is_compiled(self) -> bool:
        """Whether a call would not have to compile: it did so in this process, or an earlier one."""
        if self.compiled.signatures:
            return True
        _, file = self._stamped
        return file is not None and bool(file._load_index())  # noqa: SLF001 - as above


def _drop_unreadable(file: Any) -> None:  # noqa: ANN401 - numba's cache files have no public type
    """Remove a cache that cannot be read: damaged, or of an earlier version whose types have other names.

    Numba itself would raise at each call.
    """
    try:
        file._load_index()  # noqa: SLF001 - as above
    except Exception:  # noqa: BLE001 - unpickling raises whatever the damage suggests
        Path(file._index_path).unlink(missing_ok=True)  # noqa: SLF001 - as above


def _frozen(given: Any) -> Any:  # noqa: ANN401 - arguments of any kind
    """Return an array in one piece that cannot be written, a named tuple of such, or what is neither."""
    if isinstance(given, tuple) and hasattr(given, "_fields"):
        return type(given)(*map(_frozen, given))
    if not isinstance(given, np.ndarray):
        return given
    view = np.ascontiguousarray(given).view()
    view.setflags(write=False)
    return view


def _compiled(function: Callable[..., Any]) -> Any:  # noqa: ANN401 - numba's dispatchers have no public type
    """Compile with a cache on disk; without one where no folder can be written (a read-only system)."""
    try:
        return numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:
        return numba.njit(nogil=True)(function)


def fingerprint(function: Callable[..., object]) -> str:
    """Return a digest of what a function does: its code, the functions it calls and the constants it uses."""
    parts: dict[str, str] = {}
    _collect(cast("FunctionType", function), parts)
    return hashlib.sha256(repr(sorted(parts.items())).encode()).hexdigest()


def _codes(function: FunctionType, seen: tuple[FunctionType, ...] = ()) -> set[CodeType]:
    """Return the code of a function and of all that it calls."""
    called = [function.__globals__.get(used) for used in function.__code__.co_names]
    codes = {function.__code__}
    for each in called:
        if isinstance(each, FunctionType) and each not in seen:
            codes |= _codes(each, (*seen, function))
    return codes


def _collect(function: FunctionType, parts: dict[str, str]) -> None:
    name = f"{function.__module__}.{function.__qualname__}"
    if name in parts:
        return
    parts[name] = _code_text(function.__code__) + repr(function.__defaults__)
    for used in function.__code__.co_names:
        value = function.__globals__.get(used)
        if isinstance(value, FunctionType):
            _collect(value, parts)
        elif isinstance(value, (bool, int, float, str, tuple)):
            parts[f"{name}: {used}"] = repr(value)
        elif isinstance(value, np.ndarray):
            parts[f"{name}: {used}"] = hashlib.sha256(value.tobytes()).hexdigest()
    names = re.findall(r"\w+", repr((function.__annotations__, function.__code__.co_names)))
    parts |= {f"{name}: {each}": _bundles[each] for each in names if each in _bundles}


def _code_text(code: CodeType) -> str:
    consts = [_const_text(const) for const in code.co_consts]
    return repr((code.co_code, code.co_names, code.co_varnames, consts))


def _const_text(const: object) -> str:
    if isinstance(const, CodeType):
        return _code_text(const)
    return repr(sorted(map(repr, const))) if isinstance(const, frozenset) else repr(const)


def bundle(fields: type[T]) -> type[T]:
    """Mark a named tuple that kernels take or make: a change of its fields compiles them again.

    Numba asks for its name alone, and code that reads a field by name stays the same where another comes
    before it.
    """
    _bundles[fields.__name__] = repr(fields.__annotations__)
    return fields


def kernel(function: F) -> F:
    """Compile a loop that Python calls."""
    return cast("F", Kernel(function))


def filler(function: F) -> F:
    """Compile a loop that fills its last argument, an array in one piece."""
    return cast("F", Kernel(function, fills=True))


def helper(function: F) -> F:
    """Mark a function that kernels call: compiled into them, plain Python elsewhere."""
    return register_jitable(function)


@helper
def at(column: npt.NDArray[Any], row: int) -> Any:  # noqa: ANN401 - whatever the column holds
    """Return one value of a column. An index without a sign cannot count from its end.

    That spares a question at each value: a third of the time of a loop that does little else.
    """
    return column[np.uint64(row)]


def reordering_helper(function: F) -> F:
    """Mark a helper whose sums the compiler may reorder for speed: searches and bounds, never results."""
    return register_jitable(fastmath=True)(function)


def compiled_count() -> tuple[int, int]:
    """Return how many kernels are compiled or cached on this machine, and how many there are."""
    return sum(each.is_compiled for each in _kernels), len(_kernels)


def all_compiled() -> bool:
    """Return whether every kernel is compiled or cached on this machine."""
    compiled, kernels = compiled_count()
    return compiled == kernels


@contextmanager
def run_by(way: Callable[..., object]) -> Iterator[None]:
    """Run kernels by calling `way` with the kernel and its arguments; it answers as the kernel would."""
    token = _way.set(way)
    try:
        yield
    finally:
        _way.reset(token)


@contextmanager
def interpreted() -> Iterator[None]:
    """Run kernels without compiling them."""
    with run_by(Kernel.run_interpreted):
        yield
