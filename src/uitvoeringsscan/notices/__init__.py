"""What goes out to people and machines because something happened: who is told (`rules`), where they go (`places`), when a
mail may leave (`moments`), what stands in it (`letter`); and for machines the public events (`cloud_events`) and the
receivers that get them (`receivers`).

Nothing in this room knows a word of an amendment or an answer: a notice is a scan's number and what to do.
"""
