"""Give a task an id, not an object.

This task gets the user as it was when the letter was queued. If they change their address before a worker sends it, the
letter goes to the old one. Give the task the id, and load the user when it runs. Django's documentation of ``@task``
asks for the same, and its arguments have to be JSON anyway.
"""

from huey import MemoryHuey

huey = MemoryHuey()
users, sent = {1: {"id": 1, "email": "old@example.com"}}, []


# start
# @huey.task()
# def welcome(user):
#     sent.append(user["email"])
#
#
# def register(user):
#     welcome(dict(user))
# solution
@huey.task()
def welcome(user_id):
    if user := users.get(user_id):
        sent.append(user["email"])


def register(user):
    welcome(user["id"])


# end


def work():
    """Do what a worker does: run everything that is queued."""
    while task := huey.dequeue():
        huey.execute(task)


def test_the_letter_goes_to_the_address_of_the_moment():
    sent.clear()
    users[1] = {"id": 1, "email": "old@example.com"}
    register(users[1])
    users[1] = {"id": 1, "email": "new@example.com"}
    work()
    assert sent == ["new@example.com"]


def test_a_user_who_is_gone_gets_none():
    sent.clear()
    users[2] = {"id": 2, "email": "bob@example.com"}
    register(users[2])
    del users[2]
    work()
    assert sent == []
