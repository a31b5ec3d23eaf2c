"""The ``orm`` slot: adapters to :class:`assembly_required.interfaces.Store`."""
