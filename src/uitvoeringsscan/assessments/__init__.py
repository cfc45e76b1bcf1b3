"""4 WHAT THEY ANSWER: answers (raw -> Answers or every problem at once), and one agency's file with four eyes."""
