"""The contract: what every stack, and every peer, does over HTTP, as an executable suite.

*In Django* the nearest thing is the suite that a database backend from outside has to pass: Django's own tests, run
against it.

*Here* it is pytest, and knows nothing of Flask: it drives any WSGI app in this process, or any base URL::

    pytest src/assembly_required/contract
    python -m assembly_required.contract http://127.0.0.1:5000

Each file is one part of the contract and reads as its specification. Beside the expectations of each case, every
answer is held to what the operation declares: a status that is not in its list fails the case, as does a cookie.

*What it costs*: it leaves its users and articles behind, each with a name of its own, so it can run twice against one
server; run it against a database that may be thrown away.

*Next*: :mod:`assembly_required.contract.client`.
"""
