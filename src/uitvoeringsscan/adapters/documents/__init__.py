"""A file that somebody hands in -> its text. Word, OpenDocument, PDF, official XML and plain text.

    read_document(data, filename) -> str          raises DocumentProblem, with a sentence that says what to do

What a file is follows from its first bytes; the name only has to agree. Nothing here trusts a file: sizes are counted
while unpacking, XML may hold no DTD, PDF is read in a process of its own that may use little memory and time.
Footnotes are put below the text, with `[1]` where they belong, so that a note's number never sticks to another number.
"""

from uitvoeringsscan.adapters.documents.problems import DocumentProblem
from uitvoeringsscan.adapters.documents.reading import Limits, read_document

__all__ = ["DocumentProblem", "Limits", "read_document"]
