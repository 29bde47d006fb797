# SPDX-License-Identifier: EUPL-1.2
"""The examples in FORMAT.md and the worked example in ``vectors/README.md``, with the values of the vectors.

Each stands between ``<!-- example: name -->`` and ``<!-- /example -->`` in its document.
"""

import re
import struct
from pathlib import Path

from format.generate_vectors import blobs, entries, mailboxes, raw, requests, world
from format.generate_vectors.vector import Vector

CRYPTO = Path(__file__).parents[3] / "crypto"
DOCUMENTS = (CRYPTO / "FORMAT.md", CRYPTO / "vectors" / "README.md")
STORY = """
The poster shows the desk `{desk}`. The page fetches the desk's bundle (`bundle-ok.json`): the document's root key gives
this id, it signed the document `{document}`, and on {day} the members anna, bram and carla are live.

The page draws the words *{words}* and derives (`mailbox-ok.json`) the root `{root}`, the login key `{keys[login]}`, the
signing key `{keys[sign]}` and a reply-to key; the mailbox id that follows is `{log}`.

The reporter excludes bram and writes: *{what}* The report is a payload with `sealed_to` anna and carla, and
`recipients_hash` `{recipients}` over their two epochs. Signed with the signing key it is a statement of {statement:,}
bytes, padded to {plaintext:,}.

It is sealed to three stanzas, one of them to a throw-away key: {envelope:,} bytes. Beside it goes the state, {state:,}
bytes. The frame has {frame:,} bytes, whoever is excluded; the log's head becomes `{head_1}`.

anna and carla open it (`report-ok.json`), bram does not (`report-excluded.json`), and none of the many ways to show it
elsewhere works (`report-forwarded-to-mailbox.json`, `report-shown-to-excluded.json`, …).

anna opens the case (`grant-ok.json`): a random case key, from which the case log `{case}` follows, goes to carla in a
grant, a frame of {grant:,} bytes, again with three stanzas.

In the vectors anna's question takes the same second place instead (`reply-ok.json`): *{question}* It names `prev`
`{head_1}` and is sealed to the reply-to key alone, a frame of {reply:,} bytes; the head becomes `{head_2}`.

The reporter comes back with the eight words, derives the same keys, opens the state (`state-ok.json`) and the question,
and sees that anna is one of those whom the report was sealed to. Had bram written it, it would be refused
(`reply-excluded-author.json`).
"""
BLOCK = re.compile(r"(<!-- example: ([a-z-]+) -->\n)(.*?)(<!-- /example -->\n)", re.DOTALL)


def documents() -> dict[Path, str]:
    """Return the documents as they should be."""
    shown = {
        "labelled-hash": labelled_hash(),
        "identifiers": identifiers(),
        "desk-words": desk_words(),
        "statement": statement(),
        "frame": frame(),
        "head": head(),
        "plaintext": plaintext(),
        "blob": blob(),
        "derivation": derivation(),
        "request": request(),
        "story": story(),
    }
    return {path: BLOCK.sub(lambda found: fill(found, shown), path.read_text("utf-8")) for path in DOCUMENTS}


def fill(found: re.Match[str], shown: dict[str, str]) -> str:
    return f"{found[1]}{shown[found[2]].strip(chr(10))}\n{found[4]}"


def code(*lines: str) -> str:
    return "\n".join(["```text", *lines, "```"])


def labelled_hash() -> str:
    return code(
        'H("example", "a", "b") = SHA-256( 00000014 "meldkluis/v1/example" 00000001 "a" 00000001 "b" )',
        f"                       = {raw.h('example', b'a', b'b').hex()}",
        f'H("example", "ab")     = {raw.h("example", b"ab").hex()}',
    )


def identifiers() -> str:
    return code(
        f"root public key  {raw.b64(raw.public(world.ROOT))}",
        f"desk id          {world.DESK_ID.hex()}",
        f"                 {world.DESK}",
        f"login key        {world.keys()['login']}",
        f"commitment       {raw.b64(world.commitment())}",
        f"mailbox id       {world.LOG_ID.hex()}",
        f"                 {world.LOG}",
    )


def desk_words() -> str:
    number = int.from_bytes(world.DESK_ID, "big")
    places = [number // 7776 ** (9 - place) % 7776 for place in range(10)]
    lists = {language: world.word_list(language) for language in ("nl", "en")}
    spoken = [f"{language}      {' '.join(words[place] for place in places)}" for language, words in lists.items()]
    return code(f"id      {world.DESK}", f"digits  {' '.join(map(str, places))}", *spoken)


def statement() -> str:
    kind, payload = "meldkluis/example/v1", b'{"v":1}'
    private = raw.seed("statement signer")
    return code(
        f"seed       {raw.b64(private)}",
        f"signed     {raw.dsse(kind, payload).decode()}",
        f"statement  {raw.compact(raw.statement(kind, payload, private)).decode()}",
    )


def frame() -> str:
    pieces = pieces_of(entries.REPORT_FRAME)
    return code(
        f"{len(pieces[0]):08x} {pieces[0].decode()}",
        f"{len(pieces[1]):08x} age-encryption.org/v1 … ({len(pieces[1]):,} bytes, three stanzas)",
        f"{len(pieces[2]):08x} age-encryption.org/v1 … ({len(pieces[2]):,} bytes, one stanza)",
    )


def pieces_of(data: bytes) -> list[bytes]:
    pieces = []
    while data:
        end = 4 + struct.unpack(">I", data[:4])[0]
        pieces.append(data[4:end])
        data = data[end:]
    return pieces


def head() -> str:
    return code(
        f"SHA-256(frame 1)  {raw.b64(raw.sha256(entries.REPORT_FRAME))}",
        f"head(1)           {raw.b64(entries.HEAD_1)}",
    )


def report_statement() -> bytes:
    payload = raw.compact(entries.report())
    return raw.compact(raw.statement("meldkluis/report/v1", payload, entries.SIGN))


def plaintext() -> str:
    said = report_statement()
    length = len(raw.padded(said))
    sizes = (16_384, 16_385, 20_000, 100_000)
    return code(
        f"a report's statement of {len(said):,} bytes:",
        f"  {len(said):08x} {said[:38].decode()}… and zeros, {length:,} bytes in all",
        *(f"padme({size:,}) = {raw.padme(size):,}" for size in sizes),
    )


def blob() -> str:
    return code(
        f"record  {raw.compact(blobs.attachment(blobs.ROOT)).decode()}",
        f"blob    {len(blobs.BLOB):,} bytes with three stanzas, one part",
        f"part 1  SHA-256 {raw.b64(raw.sha256(blobs.BLOB))}",
        *(
            f"a file of {size:,} bytes: {blobs.length(3, size):,} bytes with three stanzas"
            for size in (0, 10**6, 2**30)
        ),
    )


def derivation() -> str:
    purposes = ("login", "sign", "reply-to")
    return code(
        f"desk      {world.DESK}",
        f"words     {' '.join(world.WORDS)}",
        f"salt      {raw.h('salt', world.DESK_ID)[:16].hex()}",
        f"root      {world.REPORTER.hex()}",
        *(f"{purpose:<9} {world.derived(world.REPORTER, purpose).hex()}" for purpose in purposes),
        f"mailbox   {world.LOG}",
    )


def signed_vector(name: str) -> Vector:
    return next(vector for vector in requests.signed() if vector.name == f"signed-request-{name}")


def request() -> str:
    vector = signed_vector("first")
    headers = (vector.result or {})["headers"]
    params = headers["signature-input"].removeprefix("sig=")
    values = {"@method": vector.inputs["method"], "@target-uri": vector.inputs["target"], **headers}
    covered = ("@method", "@target-uri", "meldkluis-day", "content-digest", "if-none-match")
    base = [f'"{name}": {values[name]}' for name in covered]
    return code(
        f"seed  {vector.inputs['seed']}",
        "body  a frame",
        "",
        *base,
        f'"@signature-params": {params}',
        "",
        f"Signature-Input: {headers['signature-input']}",
        f"Signature: {headers['signature']}",
    )


def story() -> str:
    """Return the worked example: one report from eight words to the committee's reply."""
    answer = mailboxes.reply_frame("ok", entries.reply())
    second = raw.head(world.LOG_ID, 2, entries.HEAD_1, answer)
    grant = mailboxes.grant_frame("usual", entries.grant())
    report = entries.report()
    pieces = pieces_of(entries.REPORT_FRAME)
    told = STORY.format(
        desk=world.DESK,
        document=raw.b64(world.DOCUMENT_HASH),
        day=world.TODAY,
        words=" ".join(world.WORDS),
        root=world.REPORTER.hex(),
        keys=world.keys(),
        log=world.LOG,
        what=report["answers"]["what"],
        recipients=entries.RECIPIENTS,
        statement=len(report_statement()),
        plaintext=len(raw.padded(report_statement())),
        envelope=len(pieces[1]),
        state=len(pieces[2]),
        frame=len(entries.REPORT_FRAME),
        head_1=raw.b64(entries.HEAD_1),
        case=entries.CASE_LOG,
        grant=len(grant),
        question=entries.reply()["content"]["text"],
        reply=len(answer),
        head_2=raw.b64(second),
    )
    steps = [" ".join(step.split()) for step in told.strip().split("\n\n")]
    return "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))
