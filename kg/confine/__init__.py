"""What a process of ours may do: the least that its work needs."""
