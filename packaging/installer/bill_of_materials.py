"""What is packed, for machines: a CycloneDX bill of materials (specification 1.6, JSON)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from contents import Component
from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component as Entry
from cyclonedx.model.component import ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from product import Product


def write_bill(path: Path, product: Product, parts: Sequence[Component]) -> None:
    """Write the bill.

    Raises:
        ValueError: it would not keep to the specification.
    """
    licences = LicenseFactory()
    whole = Entry(
        name=product.package,
        version=product.version,
        type=ComponentType.APPLICATION,
        licenses=[licences.make_from_string(product.licence)],
        bom_ref=product.package,
    )
    bom = Bom()
    bom.metadata.component = whole
    entries = [_entry(part, licences) for part in parts]
    for entry in entries:
        bom.components.add(entry)
    bom.register_dependency(whole, entries)
    text = JsonV1Dot6(bom).output_as_string(indent=2)
    trouble = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if trouble is not None:
        raise ValueError(f"the bill of materials is not sound: {trouble}")
    path.write_text(text, "utf-8")


def _entry(part: Component, licences: LicenseFactory) -> Entry:
    pages = [ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(part.homepage))]
    return Entry(
        name=part.name,
        version=part.version,
        type=ComponentType.LIBRARY,
        purl=PackageURL.from_string(part.purl),
        bom_ref=part.purl,
        licenses=[licences.make_from_string(part.licence)] if part.licence else [],
        external_references=pages if part.homepage else [],
    )
