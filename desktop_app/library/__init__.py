"""The photo library: catalogue, decoder, indexer, index and search; no Qt, no ONNX Runtime."""
