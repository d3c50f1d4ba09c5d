"""How many threads numpy's products of matrices take."""

from __future__ import annotations

from contextlib import AbstractContextManager


def one_thread() -> AbstractContextManager[object]:
    """Within it, a product of matrices stays on the thread that asks for it.

    OpenBLAS shares out even a small product, and each thread then waits for the others without sleep: beside a program
    that computes, a loop of such products takes many times its own work. Where rows are shared out over threads of our
    own, that costs two threads a core besides.
    """
    from threadpoolctl import threadpool_limits  # it looks through all that is loaded

    limits: AbstractContextManager[object] = threadpool_limits(1, user_api="blas")
    return limits
