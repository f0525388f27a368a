internal import Signing

/// What the learner is known by: an IdentityObject.
package struct BadgeIdentity: Codable, Sendable, Equatable {
    /// What kind of text it is.
    package enum Kind: String, Sendable {
        case emailAddress, name, userName, accountId, identifier
    }

    package let type: String
    package let hashed: Bool
    package let identityHash: String
    package let identityType: String
    package var salt: String?

    /// For everybody to read.
    package init(plain text: String, _ kind: Kind) {
        (type, hashed, identityHash, identityType) = ("IdentityObject", false, text, kind.rawValue)
    }

    /// For those who know the text already, and want to know whether it is this one's.
    /// - Parameter salt: unguessable and this credential's alone; without it somebody could try all known addresses.
    package init(hashing text: String, salt: String, _ kind: Kind) {
        (type, hashed, identityType) = ("IdentityObject", true, kind.rawValue)
        (identityHash, self.salt) = (Self.hash(of: text, salt: salt), salt)
    }

    /// Whether it is about this text.
    package func matches(_ text: String) -> Bool {
        identityHash == (hashed ? Self.hash(of: text, salt: salt ?? "") : text)
    }

    /// The salt behind the text, as Open Badges has it.
    private static func hash(of text: String, salt: String) -> String {
        "sha256$\(SHA256.text(Array((text + salt).utf8)))"
    }
}
