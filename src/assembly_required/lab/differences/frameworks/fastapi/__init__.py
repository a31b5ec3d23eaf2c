"""FastAPI. It brings validation, dependencies and documentation; its tutorial shows a package for the rest."""
