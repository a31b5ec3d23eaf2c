"""Write a task that may run twice.

A queue that loses nothing runs a task again if its worker was killed in the middle. Then this task counts a payment
twice. Give each call a key, and do nothing for a key that is known. The queues that Django's tasks run on deliver in
the same way, at least once, so this holds there too.
"""

import pytest
from huey import MemoryHuey

huey = MemoryHuey(immediate=True)
account, known = {"balance": 0}, set()


@huey.task(retries=1)
def pay(key, amount, crashes=()):
    """Add a payment to the account.

    :param key: the same for each attempt of one payment.
    :param crashes: empties itself with an error after the payment, as if the worker was killed.
    """
    # start
    # account["balance"] += amount
    # solution
    if key not in known:
        known.add(key)
        account["balance"] += amount
    # end
    if crashes:
        crashes.clear()
        raise RuntimeError("killed")


@pytest.fixture(autouse=True)
def empty():
    account["balance"] = 0
    known.clear()


def test_a_payment_arrives():
    pay("a", 10)
    assert account["balance"] == 10


def test_a_payment_whose_worker_was_killed_arrives_once():
    pay("a", 10, ["now"])
    assert account["balance"] == 10


def test_two_payments_of_the_same_amount_both_arrive():
    pay("a", 10)
    pay("b", 10)
    assert account["balance"] == 20
