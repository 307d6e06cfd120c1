"""What a mail must make the officer look at: one file of rules for each kind of notice, read by `classify.notices`."""
