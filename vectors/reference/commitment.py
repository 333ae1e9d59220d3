"""Prints the commitment of SPEC VT-2 that makeCommitment.test.ts expects."""
import hashlib

parts = [b"starling/commitment/1", b"starling-1", b"7", b"120", b"inferer", b"allo1xyz",
         hashlib.sha256(b"payload").digest(), bytes([9]) * 32]
print(hashlib.sha256(b"".join(len(part).to_bytes(4, "big") + part for part in parts)).hexdigest())
