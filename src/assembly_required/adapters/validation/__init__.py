"""The ``validation`` slot: adapters to :class:`assembly_required.interfaces.Validation`."""
