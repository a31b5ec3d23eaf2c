"""The ``tokens`` slot: adapters to :class:`assembly_required.interfaces.Tokens`."""
