"""Speed and quality, measured in one run beside peers. `make bench` writes docs/benchmarks.md."""
