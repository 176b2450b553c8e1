"""Reading from left to right, where a small parser loses its way: in the long sentences of columns, bulletins and live blogs.

Here a sentence is a row of words, names, places and times. `verbs` knows the forms of the verbs that count and how a
verb is put, `subjects` who does it, `slots` where and when; the rules of this kind (`going`, `talks` …) come last and
add only what no rule over the parse has read.
"""
