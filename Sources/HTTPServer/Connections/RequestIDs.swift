internal import Synchronization

/// Names requests, for the log and the client.
final class RequestIDs: Sendable {
    private let prefix = String(UInt32.random(in: .min ... .max), radix: 36)
    private let last = Atomic<UInt64>(0)

    /// The client's own name when it is 1 to 64 letters, digits and `-_.`, else one of ours.
    func id(_ wanted: String?) -> String {
        if let wanted, (1...64).contains(wanted.utf8.count), wanted.utf8.allSatisfy(Self.isPlain) { return wanted }
        return "\(prefix)-\(last.wrappingAdd(1, ordering: .relaxed).newValue)"
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: "-_.".utf8.contains(byte)
        }
    }
}
