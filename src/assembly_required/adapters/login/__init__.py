"""The ``login`` slot: adapters to :class:`assembly_required.interfaces.Login`."""
