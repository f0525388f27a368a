/// Who did something.
public struct Actor: Codable, Sendable, Equatable {
    public enum Kind: String, Codable, Sendable {
        /// A person or a script at a shell of this machine.
        case shell
        /// Who had an API key.
        case key
        /// Who had a signed token.
        case token
    }

    public let kind: Kind
    /// What names the actor for good: the user's number, the id of the key, the subject of the token.
    public let id: String
    /// What people call the actor.
    public let name: String
    /// Where from: the machine of a shell, the address of a client.
    public let address: String

    public init(_ kind: Kind, id: String, name: String, address: String) {
        self.kind = kind
        (self.id, self.name, self.address) = (
            id.shortened(to: 200), name.shortened(to: 200), address.shortened(to: 200)
        )
    }
}
