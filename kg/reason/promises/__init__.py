"""What reports promised, and what came of it by a day."""

from kg.reason.promises.kept import Kept, Promise, State, last_day, promises

__all__ = ["Kept", "Promise", "State", "last_day", "promises"]
