"""Accounts, sessions, invitations."""
