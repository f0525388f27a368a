internal import FoundationEssentials
internal import Schedules

extension TimeZoneDatabase {
    /// The zones of this machine.
    static let system = TimeZoneDatabase { name in
        (try? Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\(name)"))).map { [UInt8]($0) }
    }
}
