"""Where the packed app begins: what ``visita`` is in an installed package."""

import sys

from desktop_app.__main__ import main

sys.exit(main())
