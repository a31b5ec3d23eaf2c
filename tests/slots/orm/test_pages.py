"""A page number or an offset of any size is never an error of the server."""

from flask import Flask

from assembly_required.conduit.interfaces import Store

HUGE = ("99999999999999999999", str(2**63), str(2**63 - 1), "999999999", "0", "-1", "x", "", "\u0663", "1e9")


def test_a_page_of_the_site(app: Flask, store: Store) -> None:
    with app.app_context():
        store.add_user("ana", "ana@x.de", "x")
    client = app.test_client()
    for number in HUGE:
        for path in ("/", "/tag/a", "/profile/ana", "/profile/ana/favorites"):
            assert client.get(path, query_string={"page": number}).status_code == 200, (path, number)


def test_an_offset_of_the_api(app: Flask) -> None:
    client = app.test_client()
    for number in HUGE:
        for name in ("limit", "offset"):
            status = client.get("/api/articles", query_string={name: number}).status_code
            assert status in (200, 422), (name, number)
    assert client.get("/api/articles?offset=99999999999999999999").status_code == 422
