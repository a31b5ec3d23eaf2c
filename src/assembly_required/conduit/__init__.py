"""The application's core: what a blog is, in pure Python.

*In Django* business logic lives in models, managers, views, serializers, and wherever a team agreed to put it.

*Here* it lives in this package, which imports no Flask and no extension. What it needs of the outside it gets as
arguments: a store, a hashing, a tokens, as :mod:`assembly_required.stack.interfaces` describes them.

*What it costs*: one more layer than a Flask application needs that will never swap a part. In such an application the
view may call the ORM; this layer exists so that the swap can be seen.

*Next*: :mod:`assembly_required.conduit.limits`.
"""
