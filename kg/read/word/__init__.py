"""Word documents (ISO/IEC 29500, transitional and strict), read once, as Word shows them when all changes are accepted."""
