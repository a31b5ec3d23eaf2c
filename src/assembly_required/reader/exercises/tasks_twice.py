"""Write a task that may run twice.

A queue that loses nothing runs a task again if its worker was killed in the middle. Then this task counts a payment
twice. Give each payment a key, write it down in the transaction of the payment, and do nothing for a key that is known.
The queues behind Django's tasks deliver in the same way, at least once, so this holds there too.
"""

import sqlite3

import pytest
from huey import MemoryHuey

huey = MemoryHuey(immediate=True)
database = sqlite3.connect(":memory:")
database.execute("CREATE TABLE account (balance INTEGER)")
database.execute("CREATE TABLE payments (key TEXT PRIMARY KEY)")


def crash(crashes, moment):
    """End the attempt as if the worker was killed, once for each moment that is named."""
    if moment in crashes:
        crashes.remove(moment)
        raise RuntimeError("killed")


@huey.task(retries=2)
def pay(key, amount, crashes):
    """Add a payment to the account.

    :param key: the same for each attempt of one payment.
    """
    with database:  # one transaction, which is rolled back after an error
        # start
        # solution
        try:
            database.execute("INSERT INTO payments VALUES (?)", [key])
        except sqlite3.IntegrityError:
            return
        crash(crashes, "after the key")
        # end
        database.execute("UPDATE account SET balance = balance + ?", [amount])
        crash(crashes, "before the end")
    crash(crashes, "after the end")


def read_balance():
    return database.execute("SELECT balance FROM account").fetchone()[0]


@pytest.fixture(autouse=True)
def empty():
    with database:
        database.execute("DELETE FROM account")
        database.execute("DELETE FROM payments")
        database.execute("INSERT INTO account VALUES (0)")


@pytest.mark.parametrize("moments", [[], ["after the key"], ["before the end"], ["after the end"]])
def test_a_payment_arrives_once_whenever_the_worker_is_killed(moments):
    pay("a", 10, [*moments])
    assert read_balance() == 10


def test_two_payments_of_the_same_amount_both_arrive():
    pay("a", 10, [])
    pay("b", 10, [])
    assert read_balance() == 20
