"""Count attempts in a window of time.

``Window.allow`` allows everything. Let it allow three attempts of each key within a minute, which begins with the
first of them. What is refused is not counted. This is what ``SimpleRateThrottle`` of Django REST framework does, with
a sliding minute.
"""


class Window:
    """A limit of attempts.

    :param times: the number of attempts that are allowed.
    :param seconds: the length of the window.
    """

    def __init__(self, times, seconds):
        self.times = times
        self.seconds = seconds
        self.attempts = {}

    def allow(self, key, now):
        """Count an attempt at the time ``now``, in seconds, and return whether it is allowed."""
        # start
        # return True
        # solution
        start, count = self.attempts.get(key, (now, 0))
        if now >= start + self.seconds:
            start, count = now, 0
        if count == self.times:
            return False
        self.attempts[key] = start, count + 1
        return True
        # end


def test_the_fourth_attempt_is_refused():
    window = Window(3, 60)
    assert [window.allow("ada", now) for now in (0, 10, 20, 30)] == [True, True, True, False]


def test_keys_are_counted_apart():
    window = Window(1, 60)
    assert window.allow("ada", 0)
    assert window.allow("grace", 0)


def test_a_new_window():
    window = Window(1, 60)
    assert [window.allow("ada", now) for now in (0, 59, 60, 100, 120)] == [True, False, True, False, True]
