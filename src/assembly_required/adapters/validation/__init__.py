"""The ``validation`` slot: what comes in and goes out. Interface: :class:`.interfaces.Validation`.

*In Django* forms clean, and REST framework's serializers do the same for JSON.

*Here* every library writes the same shapes in its own idiom, and its errors are translated to the same words.

*What it costs*: left alone, the libraries disagree about most bad input.

*Next*: :mod:`assembly_required.adapters.validation.plain`.
"""
