"""The command line: one module for each verb, imported when it is called.

This is the only place that prints or exits. Every verb is a method of KnowledgeGraph with the same name.
"""
