/// Why a name leads to no time zone, and what to write. The sentence goes on from the setting: `'timeZone' is …`.
public struct InvalidTimeZone: Error, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
