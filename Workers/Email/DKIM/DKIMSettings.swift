/// One key of a domain in the section `dkim`. Its public half is in the DNS as `SELECTOR._domainkey.DOMAIN`.
package struct DKIMSettings: Decodable, Sendable {
    package var selector: String
    /// A private key in PEM, RSA or Ed25519; relative to the configuration's folder.
    package var keyFile: String

    package init(selector: String, keyFile: String) {
        self.selector = selector
        self.keyFile = keyFile
    }
}
