"""``flask compare``: measure CPU time, SQL statements, start time and memory of stacks.

Every stack gives the same responses to the same requests. Baselines, written by hand for the same six requests without
slots, show what the slots cost. The ratios carry over to other machines, the absolute numbers do not.
"""
