/// The time zones of the machine: the files of the IANA database, as the Debian package tzdata installs them.
///
/// FoundationEssentials knows no zone by its name, and Foundation would make the program several times as large.
public struct TimeZoneDatabase: Sendable {
    private let read: @Sendable (_ name: String) -> [UInt8]?

    /// - Parameter read: the bytes of a zone's file, by the zone's name, which is safe to append to a path; nil when
    ///   there is none.
    public init(read: @escaping @Sendable (_ name: String) -> [UInt8]?) { self.read = read }

    /// Finds a zone by its name, such as `Europe/Berlin`. `UTC` needs no file.
    public func zone(named name: String) throws(InvalidTimeZone) -> NamedTimeZone {
        if name == NamedTimeZone.utc.name { return .utc }
        guard Self.isName(name) else {
            throw InvalidTimeZone("is no name of a time zone; write one such as \"Europe/Berlin\" or \"UTC\".")
        }
        guard let bytes = read(name) else {
            throw InvalidTimeZone(
                """
                is '\(name)', and this machine knows no such time zone; write one such as "Europe/Berlin", or install \
                the Debian package tzdata.
                """)
        }
        guard let rules = TimeZoneFile.read(bytes) else {
            throw InvalidTimeZone(
                "is '\(name)', whose file is no time zone that can be read; choose another, or reinstall tzdata.")
        }
        return NamedTimeZone(name: name, rules: rules)
    }

    /// Parts of letters, digits, `_`, `+` and `-`, joined by slashes: nothing that leads out of a folder.
    private static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy {
                !$0.isEmpty && $0.allSatisfy(isNameByte)
            }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
