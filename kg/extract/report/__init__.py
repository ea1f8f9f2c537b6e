"""What a report says of itself, and what the rules for its facts share."""
