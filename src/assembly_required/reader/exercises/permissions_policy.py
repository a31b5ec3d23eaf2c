"""Write a rule as text, with Casbin.

The policy of this Casbin model allows moderators to edit. Change the matcher, so that the author of an article may edit
it too. Nothing else has to change: not the view, and not the policy. Django has no such language; there a rule is
Python, in ``has_perm`` of an authentication backend of your own.
"""

from dataclasses import dataclass

import casbin

MATCHER = (
    # start
    # "g(r.sub, p.sub) && r.act == p.act"
    # solution
    'r.act == "edit" && r.sub == r.obj.author || g(r.sub, p.sub) && r.act == p.act'
    # end
)

MODEL = f"""
[request_definition]
r = sub, obj, act

[policy_definition]
p = sub, act

[role_definition]
g = _, _

[policy_effect]
e = some(where (p.eft == allow))

[matchers]
m = {MATCHER}
"""


@dataclass
class Article:
    author: str


model = casbin.Model()
model.load_model_from_text(MODEL)
enforcer = casbin.Enforcer(model)
enforcer.add_policy("role:moderators", "edit")
enforcer.add_policy("role:moderators", "delete")
enforcer.add_role_for_user("mia", "role:moderators")


def test_a_moderator_may_do_both():
    assert enforcer.enforce("mia", Article("ada"), "edit")
    assert enforcer.enforce("mia", Article("ada"), "delete")


def test_the_author_may_edit():
    assert enforcer.enforce("ada", Article("ada"), "edit")


def test_the_author_may_not_delete():
    assert not enforcer.enforce("ada", Article("ada"), "delete")


def test_others_may_do_nothing():
    assert not enforcer.enforce("bob", Article("ada"), "edit")
