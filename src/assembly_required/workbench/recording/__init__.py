"""Record what happens during a request, and keep the last requests of each browser."""
