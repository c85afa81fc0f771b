"""``python -m corpus_lib.cli``."""

import sys

from corpus_lib.cli import main

sys.exit(main())
