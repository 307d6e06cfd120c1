"""A whole synthetic office on this machine: mail server, web mail page, the real bot. For trying out, never shipped."""
