"""The browser: a department fills in the forms of a case, several people at once.

The folder of a case stays the truth. The database holds who may sign in, what was changed by whom, comments, approvals
and jobs; losing it loses no answer. Pages call actions and show what these give: no rule of forms is written here.
"""
