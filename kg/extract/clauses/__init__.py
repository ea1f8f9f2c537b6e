"""What clauses say of whom: relations and events."""
