"""Licences: SPDX expressions, and which of them the Open Source Initiative approved."""

from __future__ import annotations

import re

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from pydantic_core import PydanticCustomError

# The identifiers marked isOsiApproved in the SPDX licence list (github.com/spdx/license-list-data).
OSI_APPROVED = frozenset(
    [
        "0BSD",
        "AAL",
        "AFL-1.1",
        "AFL-1.2",
        "AFL-2.0",
        "AFL-2.1",
        "AFL-3.0",
        "AGPL-3.0",
        "AGPL-3.0-only",
        "AGPL-3.0-or-later",
        "ALGLIB-Documentation",
        "APL-1.0",
        "APSL-1.0",
        "APSL-1.1",
        "APSL-1.2",
        "APSL-2.0",
        "Apache-1.1",
        "Apache-2.0",
        "Artistic-1.0",
        "Artistic-1.0-Perl",
        "Artistic-1.0-cl8",
        "Artistic-2.0",
        "BSD-1-Clause",
        "BSD-2-Clause",
        "BSD-2-Clause-Patent",
        "BSD-3-Clause",
        "BSD-3-Clause-LBNL",
        "BSD-3-Clause-Open-MPI",
        "BSL-1.0",
        "BlueOak-1.0.0",
        "CAL-1.0",
        "CAL-1.0-Combined-Work-Exception",
        "CATOSL-1.1",
        "CDDL-1.0",
        "CECILL-2.1",
        "CERN-OHL-P-2.0",
        "CERN-OHL-S-2.0",
        "CERN-OHL-W-2.0",
        "CNRI-Python",
        "CPAL-1.0",
        "CPL-1.0",
        "CUA-OPL-1.0",
        "ECL-1.0",
        "ECL-2.0",
        "EFL-1.0",
        "EFL-2.0",
        "EPL-1.0",
        "EPL-2.0",
        "EUDatagrid",
        "EUPL-1.1",
        "EUPL-1.2",
        "Entessa",
        "Fair",
        "Frameworx-1.0",
        "GPL-2.0",
        "GPL-2.0+",
        "GPL-2.0-only",
        "GPL-2.0-or-later",
        "GPL-3.0",
        "GPL-3.0+",
        "GPL-3.0-only",
        "GPL-3.0-or-later",
        "GPL-3.0-with-GCC-exception",
        "HPND",
        "ICU",
        "IPA",
        "IPL-1.0",
        "ISC",
        "Intel",
        "Jam",
        "LGPL-2.0",
        "LGPL-2.0+",
        "LGPL-2.0-only",
        "LGPL-2.0-or-later",
        "LGPL-2.1",
        "LGPL-2.1+",
        "LGPL-2.1-only",
        "LGPL-2.1-or-later",
        "LGPL-3.0",
        "LGPL-3.0+",
        "LGPL-3.0-only",
        "LGPL-3.0-or-later",
        "LPL-1.0",
        "LPL-1.02",
        "LPPL-1.3c",
        "LiLiQ-P-1.1",
        "LiLiQ-R-1.1",
        "LiLiQ-Rplus-1.1",
        "MIT",
        "MIT-0",
        "MIT-Modern-Variant",
        "MPL-1.0",
        "MPL-1.1",
        "MPL-2.0",
        "MPL-2.0-no-copyleft-exception",
        "MS-PL",
        "MS-RL",
        "MirOS",
        "Motosoto",
        "MulanPSL-2.0",
        "Multics",
        "NASA-1.3",
        "NCSA",
        "NGPL",
        "NPOSL-3.0",
        "NTP",
        "Naumen",
        "Nokia",
        "OCLC-2.0",
        "OFL-1.1",
        "OFL-1.1-RFN",
        "OFL-1.1-no-RFN",
        "OGTSL",
        "OLDAP-2.8",
        "OLFL-1.3",
        "OSC-1.0",
        "OSET-PL-2.1",
        "OSL-1.0",
        "OSL-2.0",
        "OSL-2.1",
        "OSL-3.0",
        "PHP-3.0",
        "PHP-3.01",
        "PostgreSQL",
        "Python-2.0",
        "QPL-1.0",
        "RPL-1.1",
        "RPL-1.5",
        "RPSL-1.0",
        "RSCPL",
        "SISSL",
        "SPL-1.0",
        "SimPL-2.0",
        "Sleepycat",
        "UCL-1.0",
        "UPL-1.0",
        "Unicode-3.0",
        "Unicode-DFS-2016",
        "Unlicense",
        "VSL-1.0",
        "W3C",
        "W3C-20150513",
        "Watcom-1.0",
        "WordNet",
        "Xnet",
        "ZPL-2.0",
        "ZPL-2.1",
        "Zlib",
        "wxWindows",
    ]
)

# The OSI approved the "Python License, Version 2", whose first part is the PSF licence by itself;
# SPDX gives that part, and the wording of recent releases, identifiers it does not mark.
OSI_APPROVED |= {"PSF-2.0", "Python-2.0.1"}


def check_licence(expression: str) -> str:
    """Return a valid SPDX expression unchanged; a wrong identifier or spelling is an error."""
    try:
        canonical = canonicalize_license_expression(expression)
    except InvalidLicenseExpression as invalid:
        message = f"'{expression}' is not an SPDX expression ({str(invalid)[:1].lower()}{str(invalid)[1:]})."
        fix = "use an identifier of spdx.org/licenses, or LicenseRef-… for terms outside that list."
        raise PydanticCustomError("licence-not-spdx", "{text}", {"text": message, "fix": fix}) from None
    if canonical != expression:
        message = f"SPDX writes '{canonical}', not '{expression}'."
        raise PydanticCustomError("licence-not-spdx", "{text}", {"text": message, "fix": f"write {canonical}."})
    return expression


def is_osi_approved(expression: str) -> bool:
    """Whether a reader can take the work under an OSI-approved licence (every AND part, one OR part)."""
    choices = re.split(r"\s+OR\s+", expression.replace("(", " ").replace(")", " "))
    return any(
        all(part.split(" WITH ")[0].strip() in OSI_APPROVED for part in re.split(r"\s+AND\s+", choice))
        for choice in choices
    )
