"""The contract: what every stack does over HTTP, as a pytest suite.

It tests any WSGI app in this process, or a server at any URL::

    pytest src/assembly_required/contract
    python -m assembly_required.contract http://127.0.0.1:5000

Each file specifies one part of the API. The client also checks every response: a status that the operation does not
declare, or a cookie, fails the test. The suite leaves users and articles with unique names behind, so it can run twice
against one server. Use a database that may be thrown away.
"""
