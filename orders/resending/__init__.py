"""Emails about orders that go to another address than they were written for."""
