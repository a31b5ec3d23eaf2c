"""The ``validation`` slot: validate what clients send, and serialize responses.

Interface: :class:`~assembly_required.stack.interfaces.Validation`.

*In Django* forms validate HTML forms, and the serializers of Django REST framework do the same for JSON.

*Here* each library describes the same request and response bodies in its own way. Each adapter translates the errors
of its library to the messages of the contract.

*What it costs*: with their default settings, the libraries disagree about most kinds of bad input.

*Next*: :mod:`assembly_required.adapters.validation.plain`.
"""
