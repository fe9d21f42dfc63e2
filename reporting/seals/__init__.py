"""Sealed PDFs: made, sealed with the portal's certificate, and checked. Bytes in, bytes out.

The order of operations, and why it is this one (07-stack § 0 and 3):

1. `render.render_pdf` turns our HTML into a tagged PDF/A-3A. WeasyPrint writes one variant at a
   time, so PDF/UA comes at step 2. Its fetcher opens `data:` and `static:` addresses alone: text
   typed by a user can neither read a file of the server nor call a machine behind it.
2. `conformance.conform` finishes the file: one XMP packet that declares PDF/A-3A and PDF/UA-1,
   the signature fields in the structure tree, decorations as artifacts. It must come before the
   first signature, because nothing may touch these objects afterwards. It re-saves with object
   streams of a hundred objects each: pyHanko rescans an object stream's header for each object,
   and WeasyPrint puts them all in one, which would make each verification quadratic. It also
   gives each page its own resources, for the same reason (`resources`).
3. Whoever keeps the file hashes it here when the unsealed bytes must be recognised later.
4. `seal.seal_pdf` appends a PAdES seal to a field made at step 2. It can be repeated, a field at
   a time; each pass only appends, so earlier seals stay valid.
5. `verification.verify_pdf` reads a file back and answers in French. It trusts pyHanko's analysis
   of what changed after each signature, never the cryptographic check alone: a page painted over
   by an incremental update leaves the signature itself intact.

Never save a sealed file again: a signed PDF is only ever appended to (invariant 11).

A seal shows where a file comes from and that it did not change. It belongs to the portal, a legal
person; it is never the signature of a party (domain-rules D1, D4). Without a configured
certificate a test one is made, and stamp and verification both say so.

Rendering untrusted data and verifying untrusted files cost time and memory: run them in a worker
with limits (60 s and 512 MB a document, domain-rules § E.2 row 35).
"""
