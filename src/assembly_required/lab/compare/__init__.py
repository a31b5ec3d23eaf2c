"""``flask compare``: measure CPU time, SQL statements, start time, memory and packages of stacks and peers.

Every candidate gives the same responses to the same requests, and runs in a process of its own, which times itself.
Baselines, written by hand for the same six requests without slots, show what the slots cost. The ratios carry over to
other machines, the absolute numbers do not.
"""
