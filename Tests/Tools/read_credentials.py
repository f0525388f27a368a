"""Verifies JSON Web Tokens with Debian's python3-jwcrypto, an implementation that is not ours.

    read_credentials.py '{"keys": […]}'

The argument is the key set of those who sign. Each line of standard input is a token; each line of standard output is a
JSON object: its header and payload and, of a status list, how many places it has and which are set; or null for one that
nobody of the set has signed.
"""

import base64
import gzip
import json
import sys

from jwcrypto import jwk, jws

KEYS = jwk.JWKSet.from_json(sys.argv[1])


def places(encoded):
    assert encoded[0] == "u"
    digits = encoded[1:]
    bits = gzip.decompress(base64.urlsafe_b64decode(digits + "=" * (-len(digits) % 4)))
    numbered = ((8 * index + bit, byte >> (7 - bit) & 1) for index, byte in enumerate(bits) if byte for bit in range(8))
    return {"count": 8 * len(bits), "set": [place for place, value in numbered if value]}


def read(token):
    signed = jws.JWS()
    signed.deserialize(token)
    header = signed.jose_header
    try:
        signed.verify(KEYS.get_key(header["kid"]))
    except jws.InvalidJWSSignature:
        return None
    payload = json.loads(signed.payload)
    answer = {"header": header, "payload": payload}
    if "encodedList" in payload["credentialSubject"]:
        answer["places"] = places(payload["credentialSubject"]["encodedList"])
    return answer


for line in sys.stdin:
    print(json.dumps(read(line.strip())))
