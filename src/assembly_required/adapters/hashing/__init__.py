"""The ``hashing`` slot: adapters to :class:`assembly_required.interfaces.Hashing`."""
