from app.workers.warmup import compile_kernels, start_compiling
from geodata.jit import _kernels, all_compiled


def test_compiling_leaves_no_kernel_for_a_request_to_wait_for():
    compile_kernels()
    assert [k.__name__ for k in _kernels if not k.is_compiled] == []
    assert len(_kernels) > 8
    assert all_compiled()
    assert start_compiling() is None
