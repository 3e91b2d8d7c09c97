"""What the engine remembers: fingerprints of what went in, the receipt of what came out."""

from assembler.records.cache import Cache
from assembler.records.fingerprint import begin, fingerprint, folder_fingerprint, own_fingerprint
from assembler.records.receipt import PartRecord, Receipt, file_hash, read_receipt, write_receipt

__all__ = [
    "Cache",
    "PartRecord",
    "Receipt",
    "begin",
    "file_hash",
    "fingerprint",
    "folder_fingerprint",
    "own_fingerprint",
    "read_receipt",
    "write_receipt",
]
