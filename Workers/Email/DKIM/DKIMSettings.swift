/// One key of a domain in the section `dkim`. Its public half is in the DNS as `SELECTOR._domainkey.DOMAIN`.
package struct DKIMSettings: Sendable {
    package var selector: String
    /// A private key in PEM, RSA or Ed25519; relative to the configuration's folder.
    package var keyFile: String

    package init(selector: String, keyFile: String) {
        self.selector = selector
        self.keyFile = keyFile
    }
}

extension DKIMSettings: Decodable {
    private enum Key: String, CaseIterable, CodingKey {
        case selector, keyFile
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(besides: Key.self, of: "a key of 'dkim'")
        let values = try decoder.container(keyedBy: Key.self)
        selector = try values.decode(String.self, forKey: .selector)
        keyFile = try values.decode(String.self, forKey: .keyFile)
    }
}
