"""Build, train and measure MKL-VisITA (arXiv 2406.15306) in PyTorch."""
