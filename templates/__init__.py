"""One folder per letter: subject.txt, body.txt, body.html. Data only."""
