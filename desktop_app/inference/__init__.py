"""Run the model: numpy, Pillow, tokenizers and ONNX Runtime; no SQL, no Qt, no torch."""
