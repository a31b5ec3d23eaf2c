"""The ``migrations`` slot: adapters to :class:`assembly_required.interfaces.Migrations`."""
