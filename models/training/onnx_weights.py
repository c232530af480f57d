"""Stores the large weights of an ONNX graph as float16 with a Cast back to float32, which runtimes fold when they load it."""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SMALLEST = 256


def store_as_half(path):
    """Rewrites the file at path: every float32 initialiser of 256 values or more takes half the bytes."""
    model = onnx.load(str(path))
    graph, casts, kept = model.graph, [], []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < SMALLEST:
            kept.append(tensor)
            continue
        kept.append(numpy_helper.from_array(values.astype(np.float16), tensor.name + "_half"))
        casts.append(helper.make_node("Cast", [tensor.name + "_half"], [tensor.name], to=TensorProto.FLOAT))
    del graph.initializer[:]
    graph.initializer.extend(kept)
    nodes = casts + list(graph.node)
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
