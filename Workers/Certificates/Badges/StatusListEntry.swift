/// Where it is said whether a credential is revoked (W3C Bitstring Status List 1.0, 2.1).
package struct StatusListEntry: Codable, Sendable, Equatable {
    package let id: String
    package let type: String
    package let statusPurpose: String
    package let statusListIndex: String
    package let statusListCredential: String

    /// - Parameters:
    ///   - index: the credential's place in the list.
    ///   - list: the URL of the list.
    package init(index: Int, list: String) {
        (id, type) = ("\(list)#\(index)", "BitstringStatusListEntry")
        (statusPurpose, statusListIndex, statusListCredential) = ("revocation", "\(index)", list)
    }

    /// The place as a number; nil for one that is none.
    package var index: Int? { Int(statusListIndex).flatMap { $0 >= 0 ? $0 : nil } }
}
