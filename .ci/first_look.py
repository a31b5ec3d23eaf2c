"""What a newcomer does first: open some pages, sign in as the demo user, swap the ORM in a browser."""

import json
import re
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

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
browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
with browser.open(f"{URL}/workbench") as response:
    token = re.search(r'name="csrf_token" value="([^"]+)"', response.read().decode())
assert token, "the workbench has no form"
with browser.open(f"{URL}/workbench/use", urlencode({"csrf_token": token[1], "orm": "plain"}).encode()) as response:
    assert "orm = plain" in response.read().decode()
with browser.open(f"{URL}/") as response:
    bar = response.read().decode().partition("workbench-bar")[2]
    assert "orm = plain" in bar, "the bar does not name what was swapped"
with browser.open(f"{URL}/workbench/compare?left=orm%3Dflask_sqlalchemy&right=orm%3Dplain&path=/") as response:
    assert response.read().decode().count("SELECT") > 6
print("the blog runs, its documentation too, the demo user can sign in, and the ORM can be swapped")
