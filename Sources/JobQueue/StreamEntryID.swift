/// The id of an entry of a stream, as Redis makes them: `1795280127590-0`.
public enum StreamEntryID {
    /// When the entry was added, in ms since 1970 by the clock of Redis; nil for what is no such id.
    public static func milliseconds(_ id: some StringProtocol) -> Int? {
        let parts = id.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }), Int(parts[1]) != nil
        else { return nil }
        return Int(parts[0])
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
