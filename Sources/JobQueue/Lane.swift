/// One of the two streams of a queue. Entries of both have names that tell which they are in.
public enum Lane: Sendable, CaseIterable {
    /// Jobs that waited for a limit and have their passes: they come before all others.
    case admitted
    case ordinary

    func key(of keys: QueueKeys) -> String {
        switch self {
        case .admitted: keys.admitted
        case .ordinary: keys.stream
        }
    }

    /// What the functions in Redis call an entry of this lane: see `lane_of` in library.lua.
    func name(of entry: ArraySlice<UInt8>) -> [UInt8] {
        switch self {
        case .admitted: [Self.mark] + entry
        case .ordinary: Array(entry)
        }
    }

    /// The lane of an entry with this name.
    public init(ofEntry name: ArraySlice<UInt8>) { self = name.first == Self.mark ? .admitted : .ordinary }

    private static let mark = UInt8(ascii: "a")
}
