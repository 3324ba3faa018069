"""A file of ONNX weights -> a session that runs it on one core: what runs many passages at once runs many processes."""
from __future__ import annotations

from pathlib import Path
from typing import Any

from whence.errors import WhenceError

LEFT_OUT = ("SkipLayerNormFusion",)
"""What onnxruntime is kept from doing to a graph: this makes the reader a sixth slower (measured, onnxruntime 1.31)."""


def session(path: Path) -> Any:
    """An onnxruntime session.  Raises WhenceError where the file is missing from the installation or broken."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"],
                                            disabled_optimizers=list(LEFT_OUT))
    except Exception as error:
        raise WhenceError("the weights can't be loaded", where=str(path), mend="Install whence again") from error
