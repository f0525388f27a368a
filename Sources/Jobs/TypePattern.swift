/// Job types: one, `email.send`; those of a domain, `email.*`; or all, `*`.
public struct TypePattern: Sendable, Hashable, CustomStringConvertible {
    private let beginning: String
    private let isWhole: Bool

    public init?(_ text: String) {
        isWhole = !text.hasSuffix("*")
        beginning = isWhole ? text : String(text.dropLast())
        let name = isWhole ? text : beginning + "x.x"
        guard JobType(name) != nil, isWhole || beginning.isEmpty || beginning.hasSuffix(".") else { return nil }
    }

    public func matches(_ type: some StringProtocol) -> Bool {
        isWhole ? type == beginning : type.utf8.starts(with: beginning.utf8)
    }

    public var description: String { isWhole ? beginning : beginning + "*" }
}
