"""Small trained encoders, run by onnxruntime: text in, arrays out."""
