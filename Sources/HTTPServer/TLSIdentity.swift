/// A certificate and its key, by which a server speaks TLS.
package struct TLSIdentity: Sendable, CustomStringConvertible, CustomReflectable {
    /// The server's own first, then those that vouch for it, in PEM.
    let certificates: String
    /// In PEM.
    let key: String

    package init(certificates: String, key: String) { (self.certificates, self.key) = (certificates, key) }

    package var description: String { "***" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
