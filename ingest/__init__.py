"""What arrived: the mailbox, reading a mail, what a reply instructs. Imports no other package of the project."""
