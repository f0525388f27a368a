package import Signing

/// A public key (RFC 7517). It has no field for the private half.
package struct JSONWebKey: Codable, Sendable, Equatable {
    /// `RSA`, `EC` or `OKP`.
    package let kty: String
    package private(set) var crv: String?
    package private(set) var x: String?
    package private(set) var y: String?
    package private(set) var n: String?
    package private(set) var e: String?
    package private(set) var alg: String?
    package private(set) var use: String?
    /// How signatures name the key.
    package var kid: String?

    package init(_ key: PublicKey, id: String? = nil) {
        self.init(key.numbers)
        (alg, use, kid) = (key.algorithm.joseName, "sig", id)
    }

    private init(_ numbers: PublicKeyNumbers) {
        switch numbers {
        case .rsa(let modulus, let exponent):
            (kty, n, e) = ("RSA", Base64URL.text(modulus), Base64URL.text(exponent))
        case .p256(let x, let y): (kty, crv, self.x, self.y) = ("EC", "P-256", Base64URL.text(x), Base64URL.text(y))
        case .p384(let x, let y): (kty, crv, self.x, self.y) = ("EC", "P-384", Base64URL.text(x), Base64URL.text(y))
        case .ed25519(let x): (kty, crv, self.x) = ("OKP", "Ed25519", Base64URL.text(x))
        }
    }

    /// The hash of the key itself, which names it everywhere (RFC 7638).
    package static func thumbprint(of key: PublicKey) -> String {
        Base64URL.text(SHA256.hash(SortedJSON.bytes(JSONWebKey(key.numbers))))
    }

    /// - Returns: nil for keys of other kinds, and for what is none.
    package var key: PublicKey? {
        numbers.flatMap { try? PublicKey($0) }
    }

    private var numbers: PublicKeyNumbers? {
        switch (kty, crv) {
        case ("RSA", nil):
            guard let n = Self.bytes(n), let e = Self.bytes(e) else { return nil }
            return .rsa(modulus: n, exponent: e)
        case ("EC", "P-256"):
            guard let x = Self.bytes(x, 32), let y = Self.bytes(y, 32) else { return nil }
            return .p256(x: x, y: y)
        case ("EC", "P-384"):
            guard let x = Self.bytes(x, 48), let y = Self.bytes(y, 48) else { return nil }
            return .p384(x: x, y: y)
        case ("OKP", "Ed25519"): return Self.bytes(x, 32).map { .ed25519(x: $0) }
        default: return nil
        }
    }

    private static func bytes(_ text: String?, _ count: Int? = nil) -> [UInt8]? {
        guard let bytes = text.flatMap({ Base64URL.bytes($0) }), (1...1024).contains(bytes.count) else { return nil }
        return count == nil || bytes.count == count ? bytes : nil
    }
}
