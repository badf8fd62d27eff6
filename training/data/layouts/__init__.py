"""The layouts that public photo sets come in; each module reads one of them."""
