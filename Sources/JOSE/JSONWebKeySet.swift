/// The public keys of somebody who signs (RFC 7517, 5).
package struct JSONWebKeySet: Codable, Sendable, Equatable {
    package var keys: [JSONWebKey]

    package init(_ keys: [JSONWebKey]) { self.keys = keys }

    /// The document that is served: `application/jwk-set+json`.
    package var json: [UInt8] { SortedJSON.bytes(self) }
}
