"""What each example for limits does, by the same requests."""

# What a client reads that attempts too often.
REFUSED = {
    "plain": ("error", "Too many attempts. Try again in "),
    "flask_limiter": ("error", "Too many attempts: 3 per 1 minute."),
    "django": ("detail", "Request was throttled. Expected available in "),
}


# One test, because all requests of a module come from one address in one minute.
def test_the_fourth_attempt_is_refused(example):
    for _ in range(3):
        answer = example.post("/attempt")
        assert (answer.status, answer.json) == (200, {"attempt": "made"})
    answer = example.post("/attempt")
    assert answer.status == 429
    assert 50 <= int(answer.headers["retry-after"]) <= 60
    key, start = REFUSED[example.name]
    assert answer.json[key].startswith(start)
    assert list(answer.json) == [key]
    assert example.get("/").status == 200
    assert example.new().post("/attempt").status == 429
