"""What a newcomer does first: open the home page, an article, the documentation; sign in by the demo user's words."""

import json
import re
import sys
import urllib.request
from pathlib import Path

URL = sys.argv[1]


def get(path: str) -> str:
    with urllib.request.urlopen(URL + path) as response:
        return response.read().decode()


home = get("/")
article = re.search(r'href="(/article/[^"]+)"', home)
assert article, "the home page links to no article"
assert "<h1>" in get(article[1])
assert "openapi.json" in get("/docs/")
assert json.loads(get("/docs/openapi.json"))["openapi"].startswith("3.1")

email, password = re.search(r"Sign in as `(.+)` with the password `(.+)`", Path("README.md").read_text()).groups()
body = json.dumps({"user": {"email": email, "password": password}}).encode()
login = urllib.request.Request(f"{URL}/api/users/login", body, {"Content-Type": "application/json"})
with urllib.request.urlopen(login) as response:
    assert json.load(response)["user"]["username"] == "demo"
print("the blog runs, its documentation too, and the demo user can sign in")
