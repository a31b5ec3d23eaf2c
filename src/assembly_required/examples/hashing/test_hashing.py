"""What each example for hashing does, by the same requests."""

import pytest

PASSWORD = "analytical-engine"

OLD = {"plain": "pbkdf2", "argon2": "argon2i", "django": "pbkdf2_sha256", "django_in_flask": "pbkdf2_sha256"}
NEW = {"plain": "scrypt", "argon2": "argon2id", "django": "scrypt", "django_in_flask": "scrypt"}

# Flask refuses a body that does not say it is JSON. Django has no rule about it.
NOT_JSON = {"django": 201}


def register(example, name, password=PASSWORD):
    return example.post("/register", value={"name": name, "password": password})


def sign_in(example, name, password=PASSWORD):
    return example.post("/login", value={"name": name, "password": password})


def find_hash(example, name):
    answer = example.get(f"/hash/{name}")
    assert answer.status == 200
    return answer.json


def test_register_and_sign_in(example):
    answer = register(example, "ada")
    assert (answer.status, answer.json) == (201, {"name": "ada"})
    answer = sign_in(example, "ada")
    assert (answer.status, answer.json) == (200, {"name": "ada"})
    assert find_hash(example, "ada")["algorithm"] == NEW[example.name]


def test_a_name_is_taken_once(example):
    assert register(example, "twice").status == 201
    assert register(example, "twice", "another-password").status == 409
    assert sign_in(example, "twice").status == 200
    assert sign_in(example, "twice", "another-password").status == 401


@pytest.mark.parametrize("user", ["old", "low"])
def test_an_outdated_hash_is_renewed_by_signing_in(example, user):
    register(example, f"beside-{user}")
    present = find_hash(example, f"beside-{user}")
    outdated = find_hash(example, user)
    assert outdated["algorithm"] == (OLD if user == "old" else NEW)[example.name]
    assert outdated != present
    assert sign_in(example, user, "wrong").status == 401
    assert find_hash(example, user) == outdated
    assert sign_in(example, user, "correct-horse").status == 200
    assert find_hash(example, user) == present
    assert sign_in(example, user, "correct-horse").status == 200
    assert sign_in(example, user, "wrong").status == 401


@pytest.mark.parametrize("password", ["correct-horse", "Analytical-engine", "analytical-engine ", "x" * 5000])
def test_a_wrong_password(example, password):
    register(example, "careful")
    assert sign_in(example, "careful", password).status == 401


def test_an_unknown_user(example):
    assert sign_in(example, "nobody").status == 401
    assert example.get("/hash/nobody").status == 404


def test_passwords_of_many_scripts(example):
    assert register(example, "many", "пароль 密码 🔑\0\n").status == 201
    assert sign_in(example, "many", "пароль 密码 🔑\0\n").status == 200
    assert sign_in(example, "many", "пароль 密码 🔑").status == 401


@pytest.mark.parametrize("path", ["/register", "/login"])
@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"{",
        b"\xff",
        {},
        [],
        "text",
        {"name": "a"},
        {"name": "a", "password": ""},
        {"name": "", "password": "analytical-engine"},
        {"name": 1, "password": 2},
        {"name": ["a"], "password": ["b"]},
        {"name": "surrogate", "password": "\ud800"},
    ],
)
def test_bad_input_is_refused(example, path, value):
    answer = example.post(path, value=value)
    assert answer.status == 400
    assert "Traceback" not in answer.text


def test_a_body_of_another_type(example):
    body = b'{"name": "typed", "password": "analytical-engine"}'
    answer = example.post("/register", value=body, **{"Content-Type": "text/plain"})
    assert answer.status == NOT_JSON.get(example.name, 415)
