/// Where a certificate stands in the lists of what is revoked (W3C Bitstring Status List): which list, and which bit of it.
package struct CredentialStatus: Sendable, Hashable {
    /// Bits of a list: the least that the specification allows.
    package static let listLength = 131_072

    package let list: Int
    package let index: Int

    /// Certificates that follow one another do not lie side by side, so that an index does not tell when one was issued: an
    /// odd factor maps the numbers below a power of two onto themselves.
    package init(certificate id: Int) {
        list = id / Self.listLength
        index = (id % Self.listLength) * 48_271 % Self.listLength
    }
}
