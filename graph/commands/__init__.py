"""The commands of ``phancong``, by what they work on; each family says which options its commands take."""
