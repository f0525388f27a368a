/// Something that goes wherever the configuration of a server goes, for those who read and write there: the client itself
/// makes no use of it.
public struct Companion: Sendable, Equatable {
    public let object: any AnyObject & Sendable

    public init(_ object: any AnyObject & Sendable) { self.object = object }

    public static func == (companion: Companion, other: Companion) -> Bool { companion.object === other.object }
}
