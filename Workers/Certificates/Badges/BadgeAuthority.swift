package import JOSE
package import Signing

/// Who awards badges, and what signs them: for the workers that make badges, and for those who tell the world about them.
package struct BadgeAuthority: Sendable {
    /// The page of certificates, less a code: `https://learn.example.org/certificates`.
    package let url: String
    /// Its page, if it has one.
    package let issuerURL: String?
    package let signer: CredentialSigner
    /// Of badges that are out: its own, and those that signed before.
    package let keys: JSONWebKeySet

    /// - Parameters:
    ///   - pem: the private key that signs: see ``CredentialSigner``.
    ///   - formerKeys: those of badges that are out and were signed before.
    /// - Throws: ``InvalidBadgeKey``
    package init(
        url: String, issuerURL: String?, pem: [UInt8], formerKeys: [PublicKey] = []
    ) throws(InvalidBadgeKey) {
        (self.url, self.issuerURL) = (url, issuerURL)
        let place = DIDWeb.identifier(of: url) ?? "\(url)/keys"
        signer = try CredentialSigner(pem: pem, keys: place)
        keys = JSONWebKeySet(
            [signer.publicKey]
                + formerKeys.map { JSONWebKey($0, id: "\(place)#\(JSONWebKey.thumbprint(of: $0))") })
    }

    /// `did:web`, whose document is `did.json` below the page; a page that is not by https is known by its address.
    package var issuerID: String { DIDWeb.identifier(of: url) ?? "\(url)/issuer" }

    package func issuer(named name: String) -> BadgeIssuer { BadgeIssuer(id: issuerID, name: name, url: issuerURL) }

    package func badgeURL(_ code: String) -> String { "\(url)/\(code)/badge" }

    package func statusListURL(_ list: Int) -> String { "\(url)/status/\(list)" }

    /// What a version of a course awards.
    package func achievementURL(course: String, version: Int) -> String {
        "\(url)/achievements/\(Self.encoded(course))/\(version)"
    }

    /// A part of a path (RFC 3986, 2.3).
    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
