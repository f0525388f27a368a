import Foundation
import Schedules

/// The zones of this machine.
enum Zones {
    static let folder = "/usr/share/zoneinfo"

    static let database = TimeZoneDatabase { name in
        FileManager.default.contents(atPath: "\(folder)/\(name)").map { [UInt8]($0) }
    }

    static func named(_ name: String) throws -> NamedTimeZone { try database.zone(named: name) }
}

extension UnixTime {
    /// Reads `2026-03-29T03:00:00+02:00`.
    init(_ text: String) throws {
        self.init(seconds: Int(try Date(text, strategy: .iso8601).timeIntervalSince1970))
    }
}
