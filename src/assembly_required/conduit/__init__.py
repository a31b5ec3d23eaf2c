"""The application's core: a blog in pure Python, without Flask or any extension.

Handlers get what they need as arguments: a store, password hashing, permissions and tokens, as
:mod:`assembly_required.conduit.interfaces` describes them. An application that will never swap a part does not need
this layer; its views can call the ORM directly.
"""
